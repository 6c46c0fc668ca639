import { z } from 'zod';

import type { Joined } from '../../shared/contracts/hub/access.js';
import type { Member } from '../../shared/domain/member.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import type { Queries } from '../storage/hub-database.js';
import type { InviteService, UsableInvite } from './invite-service.js';
import type { MemberService } from './member-service.js';
import type { IdentityProvider, VerifiedIdentity } from './oidc-provider.js';
import { hashSecret } from './secrets.js';
import type { TeamKeyService } from './team-key-service.js';
import { startSession } from './token-pairs.js';
import type { WorkspaceService } from './workspace-service.js';

interface JoinDeps {
  readonly services: HubServices;
  readonly invites: InviteService;
  readonly members: MemberService;
  readonly workspaces: WorkspaceService;
  readonly teamKeys: TeamKeyService;
  /** Null where this hub has no company sign-in. */
  readonly identityProvider: IdentityProvider | null;
}

/** How a device becomes one of a member: by an invite code, or by the company's sign-in. */
export class JoinService {
  readonly #deps: JoinDeps;

  constructor(deps: JoinDeps) {
    this.#deps = deps;
  }

  /** @throws AppErrorException HUB_INVITE_INVALID. */
  async byCode(code: string, deviceName: string): Promise<Joined> {
    const { services, invites } = this.#deps;
    return services.database.transaction(async (queries) => {
      const taken = await invites.takeByCode(queries, code);
      return this.#begin(queries, taken.workspaceId, await this.#admit(queries, taken, null), deviceName);
    });
  }

  /**
   * Lets in who the company's provider says it is: with an invite for its verified e-mail address as a new member, later by the
   * provider's name for the person, since an address can pass to somebody else.
   * @throws AppErrorException HUB_OIDC_REFUSED.
   */
  async byIdToken(idToken: string, nonce: string, deviceName: string): Promise<Joined> {
    const { services, invites, identityProvider } = this.#deps;
    if (!identityProvider) throw new AppErrorException('HUB_OIDC_REFUSED', 'this hub has no company sign-in');
    const identity = await identityProvider.verify(idToken, nonce);
    return services.database.transaction(async (queries) => {
      await this.#useOnce(queries, idToken, identity);
      const taken = await invites.takeByEmail(queries, identity.email);
      if (taken)
        return this.#begin(
          queries,
          taken.workspaceId,
          await this.#admit(queries, taken, identity),
          deviceName,
        );
      const [known] = await queries.rows(
        z.object({ workspace_id: z.string(), id: z.string() }),
        `SELECT workspace_id, id FROM member WHERE oidc_subject = $1 AND state = 'active'
         ORDER BY created_at DESC LIMIT 1`,
        [identity.subject],
      );
      const member = known && (await this.#deps.members.find(queries, known.workspace_id, known.id));
      if (!known || !member)
        throw new AppErrorException('HUB_OIDC_REFUSED', 'no invite for this e-mail address');
      return this.#begin(queries, known.workspace_id, member, deviceName);
    });
  }

  async #useOnce(queries: Queries, idToken: string, identity: VerifiedIdentity): Promise<void> {
    await queries.run('DELETE FROM used_id_token WHERE expires_at < $1', [
      this.#deps.services.now().toISOString(),
    ]);
    const isNew = await queries.run(
      'INSERT INTO used_id_token (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [hashSecret(idToken), identity.expiresAt.toISOString()],
    );
    if (isNew === 0) throw new AppErrorException('HUB_OIDC_REFUSED', 'this sign-in was used before');
  }

  async #admit(
    queries: Queries,
    { workspaceId, invite }: UsableInvite,
    identity: VerifiedIdentity | null,
  ): Promise<Member> {
    const member = await this.#deps.members.add(queries, workspaceId, {
      name: identity?.name ?? invite.name,
      email: identity?.email ?? invite.email,
      role: invite.role,
      oidcSubject: identity?.subject ?? null,
    });
    await this.#deps.services.audit(
      queries,
      { workspaceId, actor: `${member.name} <${member.id}>` },
      'member.joined',
      { memberId: member.id, role: member.role, inviteId: invite.id, by: identity ? 'oidc' : 'code' },
    );
    return member;
  }

  async #begin(queries: Queries, workspaceId: string, member: Member, deviceName: string): Promise<Joined> {
    const { services, workspaces, teamKeys } = this.#deps;
    const now = services.now();
    return {
      tokens: await startSession(queries, now, { workspaceId, memberId: member.id }, deviceName),
      member,
      workspace: await workspaces.read(queries, workspaceId),
      teamKeys: await teamKeys.list(queries, workspaceId),
    };
  }
}
