import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';

import type { Tokens } from '../shared/contracts/hub/access.js';
import { WORKSPACE_HEADER } from '../shared/contracts/hub/access.js';
import type { Role } from '../shared/domain/member.js';
import { silentLogger } from '../shared/lib/logger.js';
import { makeSecret } from './access/secrets.js';
import { startSession } from './access/token-pairs.js';
import { createHub, type Hub, type HubOptions } from './app.js';
import type { HubDatabase } from './storage/hub-database.js';
import { openPglite } from './storage/pglite-database.js';
import { openPostgres } from './storage/postgres-database.js';
import { createTestDatabase } from './storage/postgres-for-tests.js';

export interface TestMember {
  readonly id: string;
  readonly role: Role;
  readonly actor: string;
  readonly tokens: Tokens;
}

export interface TestWorkspace {
  readonly id: string;
  readonly rep: TestMember;
  readonly lead: TestMember;
  readonly operator: TestMember;
}

/** Who a test request comes from: a member, an access token, or nobody. */
export type TestCaller = TestMember | string | null;

export interface TestHub extends TestWorkspace {
  readonly hub: Hub;
  readonly database: HubDatabase;
  readonly hubKey: string;
  /** The hub's clock: what it gives is the present until it is set. */
  readonly clock: { now: Date | null };
  /** Sends one request without a network; an object as `body` goes as JSON. */
  request(
    caller: TestCaller,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  addWorkspace(): Promise<TestWorkspace>;
  addMember(workspaceId: string, role: Role, name?: string): Promise<TestMember>;
  /** Another copy of the hub on the same database (with PGlite: in the same process, on the same connection). */
  anotherCopy(): Promise<Hub>;
  close(): Promise<void>;
}

/**
 * A hub on a database of its own, with one workspace (its id and members are those of the result) of one rep, one lead and one operator.
 * Takes about a second on `postgres` (the test run's one server) and five on `pglite`: start it once in a file.
 */
export async function startTestHub(
  options: { store?: 'pglite' | 'postgres' } & Partial<Omit<HubOptions, 'database' | 'now'>> = {},
): Promise<TestHub> {
  const { store = 'postgres', ...hubOptions } = options;
  const made = store === 'postgres' ? await createTestDatabase() : null;
  const databases: HubDatabase[] = [];
  const open = async (): Promise<HubDatabase> => {
    const database = made
      ? openPostgres({ url: made.url, connections: 5, statementMs: 10_000, log: silentLogger })
      : (databases[0] ?? (await openPglite(null)));
    if (!databases.includes(database)) databases.push(database);
    return database;
  };
  const database = await open();
  const hubKey = makeSecret('hubKey');
  const clock: { now: Date | null } = { now: null };
  const now = (): Date => clock.now ?? new Date();
  const hubs: Hub[] = [];
  const startCopy = async (on: HubDatabase): Promise<Hub> => {
    const hub = await createHub({
      database: on,
      secret: 'a secret for tests, long enough for the seal',
      hubKey,
      firstTeam: null,
      oidc: null,
      now,
      createLogger: () => silentLogger,
      ...hubOptions,
    });
    hubs.push(hub);
    return hub;
  };
  const hub = await startCopy(database);

  const addMember = async (workspaceId: string, role: Role, name = `Test ${role}`): Promise<TestMember> => {
    const id = randomUUID();
    const tokens = await database.transaction(async (queries) => {
      await queries.run(
        `INSERT INTO member (workspace_id, id, name, email, role, state, created_at)
         VALUES ($1, $2, $3, $4, $5, 'active', $6)`,
        [workspaceId, id, name, `${role}@example.test`, role, now().toISOString()],
      );
      return startSession(queries, now(), { workspaceId, memberId: id }, 'test device');
    });
    return { id, role, actor: `${name} <${id}>`, tokens };
  };
  const addWorkspace = async (): Promise<TestWorkspace> => {
    const id = randomUUID();
    await database.run('INSERT INTO workspace (id, name, created_at) VALUES ($1, $2, $3)', [
      id,
      'Test team',
      now().toISOString(),
    ]);
    await hub.access.teamKeys.makeFirst(database, id);
    return {
      id,
      rep: await addMember(id, 'rep'),
      lead: await addMember(id, 'lead'),
      operator: await addMember(id, 'operator'),
    };
  };
  return {
    ...(await addWorkspace()),
    hub,
    database,
    hubKey,
    clock,
    request: (caller, method, url, body, headers) =>
      hub.app.inject({
        method,
        url,
        headers: { ...bearer(caller), ...headers },
        ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> }),
      }),
    addWorkspace,
    addMember,
    anotherCopy: async () => startCopy(await open()),
    close: async () => {
      for (const started of hubs) await started.close();
      for (const opened of databases) await opened.close();
      await made?.drop();
    },
  };
}

function bearer(caller: TestCaller): Record<string, string> {
  if (caller === null) return {};
  const token = typeof caller === 'string' ? caller : caller.tokens.accessToken;
  return { authorization: `Bearer ${token}` };
}

/** Headers that name the workspace, for requests with the hub key. */
export const inWorkspace = (id: string): Record<string, string> => ({ [WORKSPACE_HEADER]: id });
