import type { AddressInfo } from 'node:net';

import compress from '@fastify/compress';
import Fastify, { type FastifyReply } from 'fastify';
import type { z } from 'zod';

import { HUB_HEADER } from '../../shared/contracts/hub/define-endpoint.js';
import { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import { FeedbackEvent } from '../../shared/domain/feedback-event.js';
import type { ErrorCode } from '../../shared/errors/app-error.js';
import { appError } from '../../shared/errors/app-error.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import type { LeadNote } from './outbox-store.js';

type Send = (typeof feedbackEndpoints)['feedback.send'];
type Answer = z.infer<Send['answer']>;

/** What a request for storing events meets instead of a hub that behaves; `store` does what a good hub does. */
export type Misbehaviour = (
  reply: FastifyReply,
  events: readonly FeedbackEvent[],
  store: (events: readonly FeedbackEvent[]) => Answer,
) => unknown;

/** A hub's side of feedback, over real HTTP and built on the contract alone, that can be told to misbehave. */
export interface FeedbackHub {
  readonly port: number;
  /** Each event once, in the order of arrival. */
  readonly stored: FeedbackEvent[];
  /** Comes back from a backup that has only the first so many events. */
  restore(count: number): void;
  /** How often it was asked what it lacks. */
  missingRequests(): number;
  /** The ids of each request that came, in order. */
  readonly requests: string[][];
  /** How often notes were asked for. */
  noteRequests(): number;
  misbehave(how: Misbehaviour | null): void;
  /** Notes the next question for them finds. */
  addNotes(notes: readonly LeadNote[]): void;
  /** As the app talks to a hub. */
  client(baseUrl?: string): HubClient;
  close(): Promise<void>;
}

/** Refuses in the form of a hub. */
export function refuse(reply: FastifyReply, status: number, code: ErrorCode, detail?: string): FastifyReply {
  return reply.status(status).send({ error: appError(code, detail) });
}

/** Notes of one answer. */
const NOTES_PAGE = 2;

export async function startFeedbackHub(): Promise<FeedbackHub> {
  const { 'feedback.send': send, 'feedback.notes': fetchNotes, 'feedback.missing': ask } = feedbackEndpoints;
  const app = Fastify();
  await app.register(compress);
  const stored: FeedbackEvent[] = [];
  const requests: string[][] = [];
  const notes: LeadNote[] = [];
  let how: Misbehaviour | null = null;
  let noteRequests = 0;
  let missingRequests = 0;

  const lacks = (id: string): boolean => !stored.some(({ feedback }) => feedback.id === id);
  const hasLast = (id: string | undefined): boolean => id === undefined || !lacks(id);
  const store = (events: readonly FeedbackEvent[]): Answer => {
    for (const event of events)
      if (!stored.some(({ feedback }) => feedback.id === event.feedback.id)) stored.push(event);
    return { acknowledged: events.map(({ feedback }) => feedback.id), refused: [], hasLast: true };
  };
  app.addHook('onRequest', (_, reply, done) => {
    void reply.header(HUB_HEADER, 'test');
    done();
  });
  app.post(send.path, (request, reply) => {
    const { events, lastAcknowledged } = send.body.parse(request.body);
    const isWhole = hasLast(lastAcknowledged);
    const parsed = events.map((event) => FeedbackEvent.parse(event));
    requests.push(parsed.map(({ feedback }) => feedback.id));
    return how ? how(reply, parsed, store) : { ...store(parsed), hasLast: isWhole };
  });
  app.get(fetchNotes.path, (request) => {
    noteRequests += 1;
    const { after, lastAcknowledged } = fetchNotes.query.parse(request.query);
    const page = notes.slice(after, after + NOTES_PAGE);
    return { notes: page, cursor: after + page.length, hasLast: hasLast(lastAcknowledged) };
  });
  app.post(ask.path, (request) => {
    missingRequests += 1;
    return { missing: ask.body.parse(request.body).ids.filter(lacks) };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const tokens = {
    accessToken: () => Promise.resolve('token'),
    expired: () => undefined,
    refused: () => undefined,
  };
  return {
    ...{ port, stored, requests },
    restore: (count) => void stored.splice(count),
    missingRequests: () => missingRequests,
    noteRequests: () => noteRequests,
    misbehave: (next) => (how = next),
    addNotes: (more) => void notes.push(...more),
    client: (baseUrl = `http://127.0.0.1:${String(port)}`) => createHubClient({ baseUrl, tokens }),
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
