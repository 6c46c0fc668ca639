import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

import { MemberState, Role } from '../../shared/domain/member.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Principal } from '../http/principal.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { hashSecret } from './secrets.js';

/** `last_seen_at` is for people: it is not written at every request. */
const SEEN_EVERY_MS = 60_000;

const TokenRow = z.object({
  workspace_id: z.string(),
  pair_id: z.string(),
  used_at: z.date().nullable(),
  access_expires_at: z.date(),
  pair_ended_at: z.date().nullable(),
  session_id: z.string(),
  session_ended_at: z.date().nullable(),
  member_id: z.string(),
  name: z.string(),
  role: Role,
  state: MemberState,
  last_seen_at: z.date().nullable(),
});

export interface Authenticator {
  /** Who holds this bearer token. @throws AppErrorException HUB_NOT_SIGNED_IN, HUB_TOKEN_EXPIRED, HUB_MEMBER_REVOKED, HUB_MEMBER_WIPED. */
  member(token: string): Promise<Principal>;
  isHubKey(token: string): boolean;
  /** The workspace a request with the hub key is about. @throws AppErrorException HUB_WORKSPACE_UNNAMED, HUB_NOT_FOUND. */
  hub(workspaceId: string | undefined): Promise<Principal>;
}

/** Looks tokens up at every request, so that a revoked member is out at its next one, on every copy. */
export function createAuthenticator(
  database: HubDatabase,
  now: () => Date,
  hubKeyHash: Buffer,
): Authenticator {
  const noteUse = async (row: z.infer<typeof TokenRow>): Promise<void> => {
    const { workspace_id, pair_id, member_id, last_seen_at, used_at } = row;
    const at = now().toISOString();
    if (!used_at)
      await database.run(
        'UPDATE token_pair SET used_at = $3 WHERE workspace_id = $1 AND id = $2 AND used_at IS NULL',
        [workspace_id, pair_id, at],
      );
    if (!last_seen_at || now().getTime() - last_seen_at.getTime() > SEEN_EVERY_MS)
      await database.run('UPDATE member SET last_seen_at = $3 WHERE workspace_id = $1 AND id = $2', [
        workspace_id,
        member_id,
        at,
      ]);
  };
  return {
    async member(token) {
      const [row] = await database.rows(
        TokenRow,
        `SELECT p.workspace_id, p.id AS pair_id, p.used_at, p.access_expires_at, p.ended_at AS pair_ended_at,
           s.id AS session_id, s.ended_at AS session_ended_at, m.id AS member_id, m.name, m.role, m.state, m.last_seen_at
         FROM token_pair p
         JOIN session s ON s.workspace_id = p.workspace_id AND s.id = p.session_id
         JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
         WHERE p.access_hash = $1`,
        [hashSecret(token)],
      );
      if (!row) throw new AppErrorException('HUB_NOT_SIGNED_IN');
      refuseInactive(row.state);
      if (row.session_ended_at ?? row.pair_ended_at) throw new AppErrorException('HUB_NOT_SIGNED_IN');
      if (row.access_expires_at <= now()) throw new AppErrorException('HUB_TOKEN_EXPIRED');
      await noteUse(row);
      const { workspace_id, session_id, member_id, name, role } = row;
      return {
        workspaceId: workspace_id,
        role,
        memberId: member_id,
        sessionId: session_id,
        actor: `${name} <${member_id}>`,
      };
    },
    isHubKey: (token) => timingSafeEqual(hashSecret(token), hubKeyHash),
    async hub(workspaceId) {
      const named = z.uuid().safeParse(workspaceId);
      if (workspaceId !== undefined && !named.success)
        throw new AppErrorException('HUB_NOT_FOUND', 'workspace');
      const found = await database.rows(
        z.object({ id: z.string() }),
        'SELECT id FROM workspace WHERE $1::uuid IS NULL OR id = $1 LIMIT 2',
        [workspaceId ?? null],
      );
      const [only, another] = found;
      if (only && !another)
        return { workspaceId: only.id, role: 'operator', memberId: null, sessionId: null, actor: 'hub key' };
      throw workspaceId === undefined
        ? new AppErrorException('HUB_WORKSPACE_UNNAMED')
        : new AppErrorException('HUB_NOT_FOUND', 'workspace');
    },
  };
}

/** @throws AppErrorException HUB_MEMBER_REVOKED, HUB_MEMBER_WIPED. */
export function refuseInactive(state: MemberState): void {
  if (state === 'revoked') throw new AppErrorException('HUB_MEMBER_REVOKED');
  if (state === 'wiped') throw new AppErrorException('HUB_MEMBER_WIPED');
}
