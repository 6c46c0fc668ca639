import Fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';

import { AppErrorException } from '../shared/errors/app-error.js';
import type { CreateLogger, Logger } from '../shared/lib/logger.js';
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
import { answerTo } from './http/error-answers.js';
import { registerEndpoints } from './http/register-endpoints.js';
import type { HubServices } from './hub-services.js';
import type { HubDatabase } from './storage/hub-database.js';
import { migrate } from './storage/migrate.js';

export interface HubOptions {
  /** Opened; its tables are made here. It stays open when the hub is closed. */
  readonly database: HubDatabase;
  /** Seals the teams' private keys; all copies on a database have the same. */
  readonly secret: string;
  /** Null for the one that is made at the first start and kept as a hash. */
  readonly hubKey: string | null;
  /** Name of the workspace that is made at the first start; null for none. */
  readonly firstTeam: string | null;
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly scope: string } | null;
  readonly now: () => Date;
  readonly createLogger: CreateLogger;
}

/** The hub without a port: `app.inject` answers requests, `app.listen` opens one. */
export interface Hub {
  readonly app: FastifyInstance;
  readonly services: HubServices;
  readonly access: Access;
  readonly streams: EventStreams;
  /** What is shown once, by the copy that made it at the hub's first start. */
  readonly made: { readonly hubKey: string | null; readonly inviteCode: string | null };
  /** Ends streams, lets requests finish. */
  close(): Promise<void>;
}

/** Every answer says that it comes from a hub, so that a client knows a proxy's page when it sees one. */
const HUB_HEADER = 'cuecard-hub';
const HUB_VERSION = '1';

/** Builds the hub on a database. @throws AppErrorException HUB_STORE_UNAVAILABLE, HUB_CONFIG_INVALID. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { database, now, createLogger } = options;
  await migrate(database, hubTables);
  const seal = await openSeal(database, options.secret);
  const hubKey = await openHubKey(database, options.hubKey);
  const audit = new AuditService(database, now);
  const append: HubServices['audit'] = (...entry) => audit.append(...entry);
  const teamKeys = new TeamKeyService({ database, now, audit: append }, seal);
  const services: HubServices = {
    database,
    now,
    log: createLogger('hub'),
    audit: append,
    signRelease: (...manifest) => teamKeys.signRelease(...manifest),
    announce,
  };
  const identityProvider = options.oidc ? createIdentityProvider({ ...options.oidc, now }) : null;
  const access = createAccess(services, teamKeys, identityProvider);
  const first = options.firstTeam === null ? null : await access.workspaces.createFirst(options.firstTeam);
  const streams = new EventStreams(createLogger('events'));
  await streams.start(database);

  const app = Fastify({ logger: false, forceCloseConnections: false });
  app.setValidatorCompiler(validatorCompiler);
  app.addHook('onRequest', async (_request, reply) => void reply.header(HUB_HEADER, HUB_VERSION));
  const closeConnections = drainConnections(app.server);
  app.addHook('preClose', async () => {
    await streams.close();
    closeConnections();
  });
  answerErrors(app, createLogger('http'));
  const handlers = createHandlers({ services, audit, access, streams });
  registerEndpoints(app, handlers, createAuthenticator(database, now, hubKey.hash));
  await app.ready();
  return {
    app,
    services,
    access,
    streams,
    made: { hubKey: hubKey.made, inviteCode: first?.code ?? null },
    close: () => app.close(),
  };
}

function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler(async (cause, request, reply) => {
    const { status, error, isBug } = answerTo(cause, request.id);
    const { endpoint } = request.routeOptions.config;
    if (isBug)
      log.error('request.failed', {
        requestId: request.id,
        endpoint,
        reason: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
    return reply.code(status).send({ error });
  });
  app.setNotFoundHandler(() => {
    throw new AppErrorException('HUB_NOT_FOUND', 'no such address');
  });
}
