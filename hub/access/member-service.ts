import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { type Member, MemberState, Role } from '../../shared/domain/member.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import type { Principal } from '../http/principal.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';

const MemberRow = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: Role,
    state: MemberState,
    created_at: timestamp,
    last_seen_at: timestamp.nullable(),
  })
  .transform(({ created_at, last_seen_at, ...rest }): Member => ({
    ...rest,
    createdAt: created_at,
    lastSeenAt: last_seen_at,
  }));
const COLUMNS = 'id, name, email, role, state, created_at, last_seen_at';

/** The members of a workspace. A member is never removed, so that its feedback and audit entries keep a name. */
export class MemberService {
  readonly #services: HubServices;

  constructor(services: HubServices) {
    this.#services = services;
  }

  /** @returns oldest first. */
  async list(workspaceId: string): Promise<Member[]> {
    return this.#services.database.rows(
      MemberRow,
      `SELECT ${COLUMNS} FROM member WHERE workspace_id = $1 ORDER BY created_at, id`,
      [workspaceId],
    );
  }

  async find(queries: Queries, workspaceId: string, id: string): Promise<Member | null> {
    const [member] = await queries.rows(
      MemberRow,
      `SELECT ${COLUMNS} FROM member WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, id],
    );
    return member ?? null;
  }

  async add(
    queries: Queries,
    workspaceId: string,
    person: { name: string; email: string | null; role: Role; oidcSubject: string | null },
  ): Promise<Member> {
    const { name, email, role, oidcSubject } = person;
    const id = randomUUID();
    const createdAt = this.#services.now().toISOString();
    await queries.run(
      `INSERT INTO member (workspace_id, id, name, email, role, state, created_at, oidc_subject)
       VALUES ($1, $2, $3, $4, $5, 'active', $6, $7)`,
      [workspaceId, id, name, email, role, createdAt, oidcSubject],
    );
    return { id, name, email, role, state: 'active', createdAt, lastSeenAt: null };
  }

  /** @throws AppErrorException HUB_NOT_FOUND, HUB_CONFLICT when nobody would be left to keep members. */
  async changeRole(principal: Principal, id: string, role: Role): Promise<Member> {
    return this.#change(principal, id, async (queries, before) => {
      await queries.run('UPDATE member SET role = $3 WHERE workspace_id = $1 AND id = $2', [
        principal.workspaceId,
        id,
        role,
      ]);
      return ['member.role_changed', { memberId: id, from: before.role, to: role }];
    });
  }

  /**
   * Ends all sessions of a member. With `wipe` its devices are told to delete what they hold when they next ask for anything.
   * A wiped member stays wiped. @throws as {@link changeRole}.
   */
  async revoke(principal: Principal, id: string, wipe: boolean): Promise<Member> {
    return this.#change(principal, id, async (queries, before) => {
      const { workspaceId } = principal;
      const state = wipe || before.state === 'wiped' ? 'wiped' : 'revoked';
      await queries.run('UPDATE member SET state = $3 WHERE workspace_id = $1 AND id = $2', [
        workspaceId,
        id,
        state,
      ]);
      await queries.run(
        `UPDATE session SET ended_at = $3, end_reason = 'revoked'
         WHERE workspace_id = $1 AND member_id = $2 AND ended_at IS NULL`,
        [workspaceId, id, this.#services.now().toISOString()],
      );
      return [wipe ? 'member.wiped' : 'member.revoked', { memberId: id }];
    });
  }

  async #change(
    principal: Principal,
    id: string,
    work: (queries: Queries, before: Member) => Promise<[action: string, detail: Record<string, unknown>]>,
  ): Promise<Member> {
    const { workspaceId } = principal;
    return this.#services.database.transaction(async (queries) => {
      // Changes of members follow each other, or two operators could demote one another at once.
      await lockWorkspace(queries, workspaceId);
      const before = await this.find(queries, workspaceId, id);
      if (!before) throw new AppErrorException('HUB_NOT_FOUND', 'member');
      const [action, detail] = await work(queries, before);
      const after = await this.find(queries, workspaceId, id);
      if (!after) throw new AppErrorException('HUB_NOT_FOUND', 'member');
      if (isActingOperator(before) && !isActingOperator(after) && principal.memberId !== null)
        await this.#refuseLastOperator(queries, workspaceId);
      await this.#services.announce(queries, workspaceId, { name: 'member_changed', memberId: id });
      await this.#services.audit(queries, principal, action, detail);
      return after;
    });
  }

  async #refuseLastOperator(queries: Queries, workspaceId: string): Promise<void> {
    const left = await queries.rows(
      z.object({ id: z.string() }),
      `SELECT id FROM member WHERE workspace_id = $1 AND role = 'operator' AND state = 'active' LIMIT 1`,
      [workspaceId],
    );
    if (left.length === 0) throw new AppErrorException('HUB_CONFLICT', 'the last operator');
  }
}

const isActingOperator = ({ role, state }: Member): boolean => role === 'operator' && state === 'active';
