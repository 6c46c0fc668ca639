import type { FastifyInstance } from 'fastify';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { bugFields } from '../logging.js';
import type { HubMetrics } from '../metrics/hub-metrics.js';
import { answerTo } from './error-answers.js';
import { TooManyRequests } from './limits.js';

/** One log line and one measurement for each request, and an answer in the hub's form for whatever failed. */
export function observeRequests(app: FastifyInstance, log: Logger, metrics: HubMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { endpoint } = request.routeOptions.config;
    const durationMs = Math.round(10 * reply.elapsedTime) / 10;
    // A stream lasts as long as the device wants: its length says nothing about the hub.
    if (endpoint !== undefined && endpoint !== 'events.follow')
      metrics.request(endpoint, reply.statusCode, reply.elapsedTime / 1000);
    log[endpoint === undefined ? 'debug' : 'info']('request.answered', {
      requestId: request.id,
      endpoint,
      status: reply.statusCode,
      durationMs,
      workspaceId: request.principal?.workspaceId,
      memberId: request.principal?.memberId ?? undefined,
    });
  });
  app.setErrorHandler(async (cause, request, reply) => {
    const { status, error, isBug } = answerTo(cause, request.id);
    const { endpoint } = request.routeOptions.config;
    if (isBug) log.error('request.failed', { requestId: request.id, endpoint, ...bugFields(cause) });
    else log.debug('request.refused', { requestId: request.id, endpoint, code: error.code });
    if (cause instanceof TooManyRequests) reply.header('retry-after', cause.seconds);
    return reply.code(status).send({ error });
  });
  app.setNotFoundHandler(() => {
    throw new AppErrorException('HUB_NOT_FOUND', 'no such address');
  });
}
