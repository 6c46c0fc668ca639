import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import type { Invite } from '../../shared/contracts/hub/access.js';
import { Role } from '../../shared/domain/member.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import type { Principal } from '../http/principal.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';
import { hashInviteCode, makeInviteCode } from './secrets.js';

const InviteRow = z
  .object({
    id: z.string(),
    role: Role,
    name: z.string(),
    email: z.string().nullable(),
    created_at: timestamp,
    expires_at: timestamp,
    used_at: timestamp.nullable(),
  })
  .transform(({ created_at, expires_at, used_at, ...rest }): Invite => ({
    ...rest,
    createdAt: created_at,
    expiresAt: expires_at,
    usedAt: used_at,
  }));
const COLUMNS = 'id, role, name, email, created_at, expires_at, used_at';
const OPEN = 'used_at IS NULL AND cancelled_at IS NULL';

export interface NewInvite {
  readonly role: Role;
  readonly name: string;
  readonly email: string | null;
  readonly expiresInHours: number;
}

/** An invite while somebody joins with it. */
export interface UsableInvite {
  readonly workspaceId: string;
  readonly invite: Invite;
}

/** One-time invites. Only the hash of a code is stored. */
export class InviteService {
  readonly #services: HubServices;

  constructor(services: HubServices) {
    this.#services = services;
  }

  /** Those that can still be used, newest first. */
  async list(workspaceId: string): Promise<Invite[]> {
    return this.#services.database.rows(
      InviteRow,
      `SELECT ${COLUMNS} FROM invite WHERE workspace_id = $1 AND ${OPEN} AND expires_at > $2
       ORDER BY created_at DESC, id`,
      [workspaceId, this.#services.now().toISOString()],
    );
  }

  /** @throws AppErrorException HUB_NOT_ALLOWED when a lead invites somebody else than a rep. */
  async invite(principal: Principal, wanted: NewInvite): Promise<{ invite: Invite; code: string }> {
    refuseBeyondLead(principal, wanted.role);
    return this.#services.database.transaction((queries) => this.make(queries, principal, wanted));
  }

  /** As {@link invite}, in the caller's transaction and without asking who may. */
  async make(
    queries: Queries,
    principal: Pick<Principal, 'workspaceId' | 'actor'>,
    wanted: NewInvite,
  ): Promise<{ invite: Invite; code: string }> {
    const { role, name, email, expiresInHours } = wanted;
    const now = this.#services.now();
    const expiresAt = new Date(now.getTime() + expiresInHours * 3600_000).toISOString();
    const code = makeInviteCode();
    const id = randomUUID();
    await queries.run(
      `INSERT INTO invite (workspace_id, id, code_hash, role, name, email, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [principal.workspaceId, id, hashInviteCode(code), role, name, email, now.toISOString(), expiresAt],
    );
    await this.#services.audit(queries, principal, 'invite.made', { inviteId: id, role });
    const createdAt = now.toISOString();
    return { invite: { id, role, name, email, createdAt, expiresAt, usedAt: null }, code };
  }

  /** @throws AppErrorException HUB_NOT_FOUND, HUB_NOT_ALLOWED. */
  async cancel(principal: Principal, id: string): Promise<void> {
    const { workspaceId } = principal;
    await this.#services.database.transaction(async (queries) => {
      const [invite] = await queries.rows(
        InviteRow,
        `SELECT ${COLUMNS} FROM invite WHERE workspace_id = $1 AND id = $2 AND ${OPEN} FOR UPDATE`,
        [workspaceId, id],
      );
      if (!invite) throw new AppErrorException('HUB_NOT_FOUND', 'invite');
      refuseBeyondLead(principal, invite.role);
      await queries.run('UPDATE invite SET cancelled_at = $3 WHERE workspace_id = $1 AND id = $2', [
        workspaceId,
        id,
        this.#services.now().toISOString(),
      ]);
      await this.#services.audit(queries, principal, 'invite.cancelled', { inviteId: id });
    });
  }

  /** Takes the invite of a code for this transaction. @throws AppErrorException HUB_INVITE_INVALID. */
  async takeByCode(queries: Queries, code: string): Promise<UsableInvite> {
    const taken = await this.#take(queries, 'code_hash = $1', hashInviteCode(code));
    if (!taken) throw new AppErrorException('HUB_INVITE_INVALID');
    return taken;
  }

  /** Takes the newest invite for an e-mail address, of whatever workspace. */
  async takeByEmail(queries: Queries, email: string): Promise<UsableInvite | null> {
    return this.#take(queries, 'lower(email) = lower($1)', email);
  }

  async #take(queries: Queries, where: string, value: unknown): Promise<UsableInvite | null> {
    const now = this.#services.now().toISOString();
    // Who waits for the lock finds the condition false afterwards, so that a code lets one in.
    const [found] = await queries.rows(
      z.object({ workspace_id: z.string(), id: z.string() }),
      `SELECT workspace_id, id FROM invite WHERE ${where} AND ${OPEN} AND expires_at > $2
       ORDER BY created_at DESC LIMIT 1 FOR UPDATE`,
      [value, now],
    );
    if (!found) return null;
    const [invite] = await queries.rows(
      InviteRow,
      `UPDATE invite SET used_at = $3 WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [found.workspace_id, found.id, now],
    );
    return invite ? { workspaceId: found.workspace_id, invite } : null;
  }
}

function refuseBeyondLead(principal: Principal, role: Role): void {
  if (principal.role === 'lead' && role !== 'rep')
    throw new AppErrorException('HUB_NOT_ALLOWED', 'a lead invites reps only');
}
