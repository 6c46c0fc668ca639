import type { Invite } from '../../shared/contracts/hub/access.js';
import type { Member, Role } from '../../shared/domain/member.js';
import { wordsOf } from '../../release/team-key.js';
import { joinedHub, type HubNow } from './lead-hub.js';

export interface NewInvite {
  readonly role: Role;
  readonly name: string;
  readonly email: string | null;
  readonly expiresInHours: number;
}

/** The members of the team and those invited. What a lead may not do, the hub refuses. */
export interface People {
  read(): Promise<{ members: Member[]; invites: Invite[]; ownId: string | null; words: string[] }>;
  /** `text` is address and code in one; the code is told once. */
  invite(invite: NewInvite): Promise<{ invite: Invite; text: string }>;
  cancelInvite(id: string): Promise<void>;
  changeRole(id: string, role: Role): Promise<Member>;
  revoke(id: string, wipe: boolean): Promise<Member>;
}

export function createPeople(hub: HubNow, hubUrl: () => string): People {
  const request: ReturnType<typeof joinedHub>['request'] = (name, call) => joinedHub(hub).request(name, call);
  return {
    async read() {
      const [{ members }, { invites }, { member }, { teamKeys }] = await Promise.all([
        request('members.list'),
        request('members.invites'),
        request('access.me'),
        request('access.team_keys'),
      ]);
      return {
        members,
        invites,
        ownId: member?.id ?? null,
        words: wordsOf(teamKeys.at(-1)?.publicKey ?? ''),
      };
    },
    async invite(body) {
      const { invite, code } = await request('members.invite', { body });
      return { invite, text: `${hubUrl()}#${code}` };
    },
    cancelInvite: (id) => request('members.cancel_invite', { params: { id } }),
    changeRole: (id, role) => request('members.change_role', { params: { id }, body: { role } }),
    revoke: (id, wipe) => request('members.revoke', { params: { id }, body: { wipe } }),
  };
}
