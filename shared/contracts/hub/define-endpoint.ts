import { z } from 'zod';

import type { Role } from '../../domain/member.js';

/**
 * Who may call an endpoint: anybody, whoever holds the hub's own key (about no workspace in particular), or the members of these
 * roles, where that key counts as operator of every workspace.
 */
export type Access = 'public' | 'hub_key' | readonly Role[];

/** Every answer of a hub has it, so that a client knows a proxy's page when it sees one. */
export const HUB_HEADER = 'cuecard-hub';

/** What an endpoint's body or answer is made of besides JSON: a stream of segment frames, server-sent events, or text to save. */
export const SEGMENT_FRAMES = 'application/vnd.cuecard.segments';
export const EVENT_STREAM = 'text/event-stream';

/** One HTTP request of the hub, as both ends know it. JSON unless it says otherwise. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
  W extends Access = Access,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:names` for parameters. */
  readonly path: `/v1/${string}`;
  /** One sentence for the API description. */
  readonly summary: string;
  readonly access: W;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly answer: A;
  /** Media type of the body when it is a stream. */
  readonly bodyStream?: string;
  /** Media type of the answer when it is a stream; `answer` is then `z.void()`. */
  readonly answerStream?: string;
}

type Defaulted = 'params' | 'query' | 'body' | 'answer';

/** Declares one endpoint; what is left out is empty. The same schemas type both ends and parse at run time. */
export function defineEndpoint<
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodVoid,
  A extends z.ZodType = z.ZodVoid,
  const W extends Access = Access,
>(
  endpoint: Omit<Endpoint<P, Q, B, A, W>, Defaulted> & Partial<Pick<Endpoint<P, Q, B, A, W>, Defaulted>>,
): Endpoint<P, Q, B, A, W> {
  return {
    params: z.object({}) as unknown as P,
    query: z.object({}) as unknown as Q,
    body: z.void() as unknown as B,
    answer: z.void() as unknown as A,
    ...endpoint,
  };
}

export type ParamsOf<E extends Endpoint> = z.infer<E['params']>;
export type QueryOf<E extends Endpoint> = z.infer<E['query']>;
export type BodyOf<E extends Endpoint> = z.infer<E['body']>;
export type AnswerOf<E extends Endpoint> = z.infer<E['answer']>;
