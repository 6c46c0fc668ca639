import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import type { Workspace } from '../../shared/contracts/hub/access.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';
import type { InviteService } from './invite-service.js';
import type { TeamKeyService } from './team-key-service.js';

const WorkspaceRow = z
  .object({ id: z.string(), name: z.string(), created_at: timestamp })
  .transform(({ created_at, ...rest }): Workspace => ({ ...rest, createdAt: created_at }));

/** How long the first operator has to join. */
const FIRST_INVITE_HOURS = 24 * 7;

/** The workspaces of a hub: one for each team, unseen by the others. */
export class WorkspaceService {
  readonly #services: HubServices;
  readonly #invites: InviteService;
  readonly #teamKeys: TeamKeyService;

  constructor(services: HubServices, invites: InviteService, teamKeys: TeamKeyService) {
    this.#services = services;
    this.#invites = invites;
    this.#teamKeys = teamKeys;
  }

  async list(): Promise<Workspace[]> {
    return this.#services.database.rows(
      WorkspaceRow,
      'SELECT id, name, created_at FROM workspace ORDER BY created_at, id',
    );
  }

  /** @throws AppErrorException HUB_NOT_FOUND. */
  async read(queries: Queries, workspaceId: string): Promise<Workspace> {
    const [workspace] = await queries.rows(
      WorkspaceRow,
      'SELECT id, name, created_at FROM workspace WHERE id = $1',
      [workspaceId],
    );
    if (!workspace) throw new AppErrorException('HUB_NOT_FOUND', 'workspace');
    return workspace;
  }

  /** Makes a workspace at the hub's first start, by one of the copies that start. @returns null when there is one. */
  async createFirst(name: string): Promise<{ workspace: Workspace; code: string } | null> {
    return this.#services.database.transaction(async (queries) => {
      await queries.run('SELECT 1 FROM hub_setting FOR UPDATE');
      const one = await queries.rows(z.object({}), 'SELECT 1 FROM workspace LIMIT 1');
      return one.length > 0 ? null : this.createIn(queries, name);
    });
  }

  /** Makes a workspace, its first key and an invite for its first operator. */
  async create(name: string): Promise<{ workspace: Workspace; code: string }> {
    return this.#services.database.transaction((queries) => this.createIn(queries, name));
  }

  /** As {@link create}, in the caller's transaction. */
  async createIn(queries: Queries, name: string): Promise<{ workspace: Workspace; code: string }> {
    const workspace = { id: randomUUID(), name, createdAt: this.#services.now().toISOString() };
    await queries.run('INSERT INTO workspace (id, name, created_at) VALUES ($1, $2, $3)', [
      workspace.id,
      name,
      workspace.createdAt,
    ]);
    const principal = { workspaceId: workspace.id, actor: 'hub key' };
    await this.#teamKeys.makeFirst(queries, workspace.id);
    await this.#services.audit(queries, principal, 'workspace.created', {});
    const { code } = await this.#invites.make(queries, principal, {
      role: 'operator',
      name: 'Operator',
      email: null,
      expiresInHours: FIRST_INVITE_HOURS,
    });
    return { workspace, code };
  }
}
