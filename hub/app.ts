import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';

import { HUB_HEADER } from '../shared/contracts/hub/define-endpoint.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createAccess, type Access } from './access/access.js';
import { createAuthenticator } from './access/authenticate.js';
import { openHubKey, openSeal } from './access/hub-settings.js';
import { createIdentityProvider } from './access/oidc-provider.js';
import { TeamKeyService } from './access/team-key-service.js';
import { createHandlers, hubTables } from './areas.js';
import { AuditService } from './audit/audit-service.js';
import { announce } from './events/announce.js';
import { EventStreams } from './events/event-streams.js';
import { drainConnections } from './http/drain-connections.js';
import { createRequestCounter, defaultLimits, type RequestLimits } from './http/limits.js';
import { observeRequests } from './http/observe-requests.js';
import { registerOperations } from './http/operations.js';
import { registerPlugins } from './http/plugins.js';
import { registerEndpoints } from './http/register-endpoints.js';
import type { HubServices } from './hub-services.js';
import { createMetrics } from './metrics/hub-metrics.js';
import type { HubDatabase } from './storage/hub-database.js';
import { ApprovalService } from './approvals/approval-service.js';
import { createPostgresSegments } from './segments/postgres-segments.js';
import { SegmentService } from './segments/segment-service.js';
import type { SegmentStore } from './segments/segment-store.js';
import { migrate } from './storage/migrate.js';

export interface HubOptions {
  /** Opened; its tables are made here. It stays open when the hub is closed. */
  readonly database: HubDatabase;
  /** Where the content of segments lies; the database when left out. */
  readonly segmentStore?: SegmentStore;
  /** Seals the teams' private keys; all copies on a database have the same. */
  readonly secret: string;
  /** Where the secret was changed: what was sealed with this one is sealed anew. */
  readonly previousSecret?: string | null;
  /** Null for the one that is made at the first start and kept as a hash. */
  readonly hubKey: string | null;
  /** Makes a new one where none is given. */
  readonly replaceHubKey?: boolean;
  /** Name of the workspace that is made at the first start; null for none. */
  readonly firstTeam: string | null;
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly scope: string } | null;
  readonly now: () => Date;
  readonly createLogger: CreateLogger;
  readonly limits?: Partial<RequestLimits>;
  /** What reads `/metrics` shows as bearer token; null or left out for a hub whose figures anybody may see. */
  readonly metricsToken?: string | null;
  /** Addresses of proxies whose word on the client's address counts: `10.0.0.0/8,loopback`. */
  readonly trustedProxies?: string | null;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | null;
}

/** The hub without a port: `app.inject` answers requests, `app.listen` opens one. */
export interface Hub {
  readonly app: FastifyInstance;
  readonly services: HubServices;
  readonly access: Access;
  readonly streams: EventStreams;
  readonly segments: SegmentService;
  readonly approvals: ApprovalService;
  /** What is shown once, by the copy that made it at the hub's first start. */
  readonly made: { readonly hubKey: string | null; readonly inviteCode: string | null };
  /** Lets a balancer know at its next look that it should send requests elsewhere. */
  startDraining(): void;
  /** Ends streams, lets requests finish. */
  close(): Promise<void>;
}

/** What the header says. */
const HUB_VERSION = '1';
/** A request that is not in after so long is cut; a publish over a slow line takes minutes. */
const REQUEST_MS = 10 * 60_000;

/** Builds the hub on a database. @throws AppErrorException HUB_STORE_UNAVAILABLE, HUB_CONFIG_INVALID. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { database, now, createLogger } = options;
  await migrate(database, hubTables);
  const seal = await openSeal(database, options.secret, options.previousSecret ?? null);
  const hubKey = await openHubKey(database, options.hubKey, options.replaceHubKey ?? false);
  const streams = new EventStreams(createLogger('events'));
  const metrics = createMetrics(database, streams);
  const audit = new AuditService(database, now);
  const append: HubServices['audit'] = (...entry) => audit.append(...entry);
  const teamKeys = new TeamKeyService({ database, now, audit: append }, seal);
  const services: HubServices = {
    database,
    now,
    log: createLogger('hub'),
    metrics,
    audit: append,
    signRelease: (...manifest) => teamKeys.signRelease(...manifest),
    announce,
  };
  const segments = new SegmentService(services, options.segmentStore ?? createPostgresSegments(database));
  const approvals = new ApprovalService(services);
  const identityProvider = options.oidc ? createIdentityProvider({ ...options.oidc, now }) : null;
  const access = createAccess(services, teamKeys, identityProvider);
  const first = options.firstTeam === null ? null : await access.workspaces.createFirst(options.firstTeam);
  await streams.start(database);

  const app = Fastify({
    logger: false,
    // A HEAD of the event stream would open one.
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    forceCloseConnections: false,
    trustProxy: options.trustedProxies ?? false,
    requestTimeout: REQUEST_MS,
    https: options.tls ?? null,
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  // Answers are checked against their contract before (register-endpoints.ts).
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.addHook('onRequest', async (_request, reply) => void reply.header(HUB_HEADER, HUB_VERSION));
  observeRequests(app, createLogger('http'), metrics);
  await registerPlugins(app, HUB_VERSION);
  const closeConnections = drainConnections(app.server);
  let isTakingRequests = true;
  app.addHook('preClose', async () => {
    isTakingRequests = false;
    await streams.close();
    closeConnections();
  });
  registerEndpoints(
    app,
    createHandlers({ services, audit, access, streams, segments, approvals }),
    createAuthenticator(database, now, hubKey.hash),
    createRequestCounter(app, { ...defaultLimits, ...options.limits }),
  );
  registerOperations(app, {
    database,
    segments,
    metrics,
    metricsToken: options.metricsToken ?? null,
    isTakingRequests: () => isTakingRequests,
  });
  await app.ready();
  return {
    app,
    services,
    access,
    streams,
    segments,
    approvals,
    made: { hubKey: hubKey.made, inviteCode: first?.code ?? null },
    startDraining: () => void (isTakingRequests = false),
    close: () => app.close(),
  };
}
