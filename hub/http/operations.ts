import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { hashSecret } from '../access/secrets.js';
import type { HubMetrics } from '../metrics/hub-metrics.js';
import type { HubDatabase } from '../storage/hub-database.js';

export interface OperationsDeps {
  readonly database: HubDatabase;
  readonly segments: { check(): Promise<void> };
  readonly metrics: HubMetrics;
  /** Bearer token of whoever reads the figures; null lets anybody. */
  readonly metricsToken: string | null;
  /** False as soon as the hub is about to shut down, so that a balancer sends nothing more. */
  readonly isTakingRequests: () => boolean;
}

/** What runs the hub asks for: whether it lives, whether it can answer, its figures and its description. */
export function registerOperations(app: FastifyInstance, deps: OperationsDeps): void {
  const { database, segments, metrics, metricsToken, isTakingRequests } = deps;
  const hidden = { schema: { hide: true } };
  app.get('/healthz', hidden, () => ({ status: 'ok' }));
  app.get('/readyz', hidden, async () => {
    if (!isTakingRequests()) throw new AppErrorException('HUB_STORE_UNAVAILABLE', 'shutting down');
    await database.check();
    await segments.check();
    return { status: 'ready' };
  });
  app.get('/metrics', hidden, async (request, reply) => {
    const given = request.headers.authorization?.replace(/^Bearer /i, '') ?? '';
    if (metricsToken !== null && !timingSafeEqual(hashSecret(given), hashSecret(metricsToken)))
      throw new AppErrorException('HUB_NOT_SIGNED_IN');
    const { body, contentType } = await metrics.text();
    return reply.type(contentType).send(body);
  });
  app.get('/v1/openapi.json', hidden, () => app.swagger());
}
