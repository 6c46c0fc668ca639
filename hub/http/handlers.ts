import type { FastifyReply, FastifyRequest } from 'fastify';

import type {
  AnswerOf,
  BodyOf,
  Endpoint,
  ParamsOf,
  QueryOf,
} from '../../shared/contracts/hub/define-endpoint.js';
import type { hubEndpoints, HubEndpointName } from '../../shared/contracts/hub/index.js';
import type { Principal } from './principal.js';

/** One request, parsed and allowed. */
export interface Call<E extends Endpoint> {
  /** None for a public endpoint, and with the hub key where no workspace is meant. */
  readonly principal: E['access'] extends 'public' | 'hub_key' ? null : Principal;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** For streams, and for the address a limit counts by. */
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Answer<E extends Endpoint> = AnswerOf<E> | Promise<AnswerOf<E>>;

/**
 * What answers some of the hub's endpoints: a service's methods behind their names. Failures are thrown as AppErrorException. An
 * endpoint with `answerStream` sends its stream by `reply.type(...).send(stream)` itself.
 */
export type Handlers<N extends HubEndpointName> = {
  readonly [K in N]: (call: Call<(typeof hubEndpoints)[K]>) => Answer<(typeof hubEndpoints)[K]>;
};
