import Fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';

import { AppErrorException } from '../shared/errors/app-error.js';
import type { CreateLogger, Logger } from '../shared/lib/logger.js';
import { createAuthenticator } from './access/authenticate.js';
import { createHandlers, hubTables } from './areas.js';
import { AuditService } from './audit/audit-service.js';
import { announce } from './events/announce.js';
import { answerTo } from './http/error-answers.js';
import { registerEndpoints } from './http/register-endpoints.js';
import type { HubServices } from './hub-services.js';
import type { HubDatabase } from './storage/hub-database.js';
import { migrate } from './storage/migrate.js';

export interface HubOptions {
  /** Opened; its tables are made here. It stays open when the hub is closed. */
  readonly database: HubDatabase;
  /** SHA-256 of the hub key. */
  readonly hubKeyHash: Buffer;
  readonly now: () => Date;
  readonly createLogger: CreateLogger;
}

/** The hub without a port: `app.inject` answers requests, `app.listen` opens one. */
export interface Hub {
  readonly app: FastifyInstance;
  readonly services: HubServices;
  /** Ends streams, lets requests finish. */
  close(): Promise<void>;
}

/** Every answer says that it comes from a hub, so that a client knows a proxy's page when it sees one. */
const HUB_HEADER = 'cuecard-hub';
const HUB_VERSION = '1';

/** Builds the hub on a database. @throws AppErrorException HUB_STORE_UNAVAILABLE. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { database, hubKeyHash, now, createLogger } = options;
  await migrate(database, hubTables);
  const audit = new AuditService(database, now);
  const services: HubServices = {
    database,
    now,
    log: createLogger('hub'),
    audit: (queries, principal, action, detail) => audit.append(queries, principal, action, detail),
    announce,
  };
  const app = Fastify({ logger: false, forceCloseConnections: 'idle' });
  app.setValidatorCompiler(validatorCompiler);
  app.addHook('onRequest', async (_request, reply) => void reply.header(HUB_HEADER, HUB_VERSION));
  answerErrors(app, createLogger('http'));
  registerEndpoints(app, createHandlers({ services, audit }), createAuthenticator(database, now, hubKeyHash));
  await app.ready();
  return { app, services, close: () => app.close() };
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
