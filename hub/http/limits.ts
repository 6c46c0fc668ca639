import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Access } from '../../shared/contracts/hub/define-endpoint.js';
import type { HubEndpointName } from '../../shared/contracts/hub/index.js';
import { AppErrorException } from '../../shared/errors/app-error.js';

/** Requests a minute, counted by each copy of the hub for itself. */
export interface RequestLimits {
  /** Joining, from one address: what a person types, so that nobody guesses codes. */
  readonly joinsPerMinute: number;
  /** Other public requests, from one address; a whole office may share one. */
  readonly publicPerMinute: number;
  /** Of one member, or with the hub key. */
  readonly memberPerMinute: number;
}

export const defaultLimits: RequestLimits = {
  joinsPerMinute: 30,
  publicPerMinute: 1200,
  memberPerMinute: 600,
};

const MINUTE_MS = 60_000;
const MIB = 2 ** 20;
const DEFAULT_BODY = MIB;
/** Where a megabyte is not enough: bytes of a body once it is unpacked. Streams are limited by who reads them. */
const BODIES: Partial<Record<HubEndpointName, number>> = {
  'draft.edit': 4 * MIB,
  'feedback.send': 16 * MIB,
  // A first release of 200,000 entries.
  'releases.publish': 64 * MIB,
};
const JOINS: ReadonlySet<HubEndpointName> = new Set(['access.join', 'access.oidc_join']);

export const bodyLimitOf = (name: HubEndpointName): number => BODIES[name] ?? DEFAULT_BODY;

/** Counts a request once access is checked; throws HUB_TOO_MANY_REQUESTS, with the seconds to wait in `retry-after`. */
export type CountRequest = (request: FastifyRequest, name: HubEndpointName, access: Access) => Promise<void>;

/** Needs the plugin @fastify/rate-limit. */
export function createRequestCounter(app: FastifyInstance, limits: RequestLimits): CountRequest {
  // By address where nothing else is said (IPv6 by network, since one machine has very many addresses).
  const joins = app.createRateLimit({ max: limits.joinsPerMinute, timeWindow: MINUTE_MS });
  const publics = app.createRateLimit({ max: limits.publicPerMinute, timeWindow: MINUTE_MS });
  const members = app.createRateLimit({
    max: limits.memberPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: ({ principal }) => principal?.memberId ?? 'hub key',
  });
  return async (request, name, access) => {
    const limit = access === 'public' ? (JOINS.has(name) ? joins : publics) : members;
    const counted = await limit(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const seconds = Math.max(1, counted.ttlInSeconds);
    throw new TooManyRequests(seconds);
  };
}

/** Carries how long to wait. */
export class TooManyRequests extends AppErrorException {
  readonly seconds: number;

  constructor(seconds: number) {
    super('HUB_TOO_MANY_REQUESTS', `${seconds} s`);
    this.seconds = seconds;
  }
}
