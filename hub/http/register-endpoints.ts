import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { z } from 'zod';

import { SEGMENT_FRAMES, type Access, type Endpoint } from '../../shared/contracts/hub/define-endpoint.js';
import { hubEndpoints, type HubEndpointName } from '../../shared/contracts/hub/index.js';
import { WORKSPACE_HEADER } from '../../shared/contracts/hub/access.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Authenticator } from '../access/authenticate.js';
import { describeRoute } from './describe-route.js';
import { bodyLimitOf, type CountRequest } from './limits.js';
import type { Handlers } from './handlers.js';
import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once access is checked; null for a public endpoint. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** Name of the hub's endpoint, for limits, metrics and logs. */
    endpoint?: HubEndpointName;
  }
}

/** A handler whose contract is known at run time only. */
type AnyHandler = (call: {
  principal: Principal | null;
  params: unknown;
  query: unknown;
  body: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
}) => unknown;

/** Adds a route for every handler: access is checked before the body is read, and what is answered has the contract's form. */
export function registerEndpoints(
  app: FastifyInstance,
  handlers: Handlers<HubEndpointName>,
  authenticator: Authenticator,
  countRequest: CountRequest,
): void {
  app.decorateRequest('principal', null);
  app.addContentTypeParser(SEGMENT_FRAMES, (_request, payload, done) => done(null, payload));
  for (const name of Object.keys(handlers) as HubEndpointName[])
    app.route(routeOf(name, hubEndpoints[name], handlers[name] as AnyHandler, authenticator, countRequest));
}

function routeOf(
  name: HubEndpointName,
  endpoint: Endpoint,
  handle: AnyHandler,
  authenticator: Authenticator,
  countRequest: CountRequest,
): RouteOptions {
  const { method, path, access, answer } = endpoint;
  const isEmpty = answer.type === 'void';
  return {
    method,
    url: path,
    config: { endpoint: name },
    schema: describeRoute(name, endpoint),
    bodyLimit: bodyLimitOf(name),
    onRequest: async (request) => {
      request.principal = await principalOf(request, access, authenticator);
      await countRequest(request, name, access);
    },
    handler: async (request, reply) => {
      const { principal } = request;
      const call = {
        principal,
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      };
      const result = await handle(call);
      if (endpoint.answerStream !== undefined) return reply;
      return isEmpty ? reply.code(204).send() : reply.send(checked(name, answer, result));
    },
  };
}

/** @throws AppErrorException when the request may not go on. */
async function principalOf(
  request: FastifyRequest,
  access: Access,
  authenticator: Authenticator,
): Promise<Principal | null> {
  if (access === 'public') return null;
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppErrorException('HUB_NOT_SIGNED_IN');
  const isHubKey = authenticator.isHubKey(token);
  if (access === 'hub_key') {
    if (isHubKey) return null;
    await authenticator.member(token);
    throw new AppErrorException('HUB_NOT_ALLOWED', 'only with the hub key');
  }
  const named = request.headers[WORKSPACE_HEADER];
  const principal = isHubKey
    ? await authenticator.hub(typeof named === 'string' ? named : undefined)
    : await authenticator.member(token);
  if (!access.includes(principal.role)) throw new AppErrorException('HUB_NOT_ALLOWED');
  return principal;
}

/** An answer outside the contract is a mistake of ours: better none than one the other end cannot read. */
function checked(name: string, answer: z.ZodType, result: unknown): unknown {
  const parsed = answer.safeParse(result);
  if (!parsed.success) throw new Error(`Answer of ${name} breaks its contract: ${parsed.error.message}`);
  return parsed.data;
}
