import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { FEEDBACK_BATCH } from '../../shared/contracts/hub/feedback.js';
import type { FeedbackEvent } from '../../shared/domain/feedback-event.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { followEvents } from '../sync/event-stream.js';
import { createHubClient, type HubClient, type TokenSource } from '../sync/hub-client.js';

/** Requests under way at once while reps join, or ask. */
export const AT_ONCE = 16;
const SECOND_MS = 1000;

/** What became of the feedback of all reps. */
export interface SentFeedback {
  readonly made: number;
  readonly acknowledged: ReadonlySet<string>;
  readonly refused: number;
  readonly failedRequests: number;
  /** From the moment an event was first sent until it was acknowledged, in milliseconds. */
  readonly delaysMs: readonly number[];
  readonly seconds: number;
}

/** A client with one token as long as it lasts (15 minutes). */
export function clientWith(baseUrl: string, token: string): HubClient {
  const tokens: TokenSource = {
    accessToken: () => Promise.resolve(token),
    expired: () => undefined,
    refused: () => undefined,
  };
  return createHubClient({ baseUrl, tokens });
}

/** Invites and lets in so many reps. */
export async function joinReps(url: string, operator: HubClient, count: number): Promise<HubClient[]> {
  const nobody = createHubClient({ baseUrl: url, tokens: null });
  const reps: HubClient[] = [];
  await inTurn(count, async (at) => {
    const invite = { role: 'rep' as const, name: `Rep ${String(at)}`, email: null, expiresInHours: 1 };
    const { code } = await operator.request('members.invite', { body: invite });
    const { tokens } = await nobody.request('access.join', { body: { code, deviceName: 'bench' } });
    reps.push(clientWith(url, tokens.accessToken));
  });
  return reps;
}

/** Opens an event stream for each; resolves when all are open. */
export async function openStreams(reps: readonly HubClient[], signal: AbortSignal): Promise<void> {
  let open = 0;
  for (const client of reps)
    void followEvents({
      client,
      signal,
      log: silentLogger,
      onEvent: () => undefined,
      onLive: (isLive) => (open += isLive ? 1 : 0),
    });
  while (open < reps.length && !signal.aborted) await sleep(20);
}

/** All reps together make `perSecond` events, evenly over time, and each sends its own until they are acknowledged. */
export async function sendFeedback(
  reps: readonly HubClient[],
  perSecond: number,
  seconds: number,
): Promise<SentFeedback> {
  const [acknowledged, delaysMs] = [new Set<string>(), [] as number[]];
  const counts = { made: 0, refused: 0, failedRequests: 0 };
  const startedAt = performance.now();
  let lastAt = startedAt;
  const everyMs = (reps.length / perSecond) * SECOND_MS;

  const send = async (client: HubClient, waiting: Map<string, { event: FeedbackEvent; at: number }>) => {
    const batch = [...waiting.values()].slice(0, FEEDBACK_BATCH).map(({ event }) => event);
    const answer = await client.request('feedback.send', { body: { events: batch } }).catch(() => null);
    if (!answer) {
      counts.failedRequests += 1;
      return;
    }
    lastAt = performance.now();
    for (const id of answer.acknowledged) {
      delaysMs.push(lastAt - (waiting.get(id)?.at ?? lastAt));
      acknowledged.add(id);
      waiting.delete(id);
    }
    counts.refused += answer.refused.length;
    for (const { id } of answer.refused) waiting.delete(id ?? '');
  };

  await Promise.all(
    reps.map(async (client, rep) => {
      const waiting = new Map<string, { event: FeedbackEvent; at: number }>();
      // Reps do not decide at the same moment; a device waits up to a second for more to send along.
      let dueAt = startedAt + (rep / reps.length) * everyMs;
      let wakeAt = Math.max(dueAt, startedAt + (rep / reps.length) * SECOND_MS);
      const endsAt = startedAt + seconds * SECOND_MS;
      for (let sequence = 1; dueAt < endsAt || waiting.size > 0;) {
        await sleep(Math.max(0, wakeAt - performance.now()));
        for (; dueAt <= Math.min(performance.now(), endsAt); dueAt += everyMs, sequence += 1) {
          const event = makeEvent(rep, sequence);
          waiting.set(event.feedback.id, { event, at: performance.now() });
          counts.made += 1;
        }
        if (waiting.size > 0) await send(client, waiting);
        wakeAt = Math.max(wakeAt + SECOND_MS, dueAt);
        if (dueAt >= endsAt) wakeAt = performance.now();
      }
    }),
  );
  return { ...counts, acknowledged, delaysMs, seconds: (lastAt - startedAt) / SECOND_MS };
}

/** Runs `work` for 0 up to `count`, some at once. */
export async function inTurn(count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker));
}

/** An edited reply of usual length. */
function makeEvent(rep: number, sequence: number): FeedbackEvent {
  const draftText = `Hi Ada,\n\n${'Your parcel left our warehouse and arrives within two working days. '.repeat(6)}`;
  return {
    sequence,
    feedback: {
      id: randomUUID(),
      runId: randomUUID(),
      conversationId: `bench-${String(rep)}-${String(Math.floor(sequence / 3))}`,
      createdAt: new Date().toISOString(),
      decisionMs: 4000,
      intent: `intent_${String(sequence % 30)}`,
      outcome: 'reply',
      draftText,
      action: { kind: 'edited', sentText: draftText.replace('two', 'three') },
      diff: [
        { kind: 'removed', text: 'two' },
        { kind: 'added', text: 'three' },
      ],
    },
    context: {
      release: null,
      customerText: 'Where is my parcel? I ordered last week and heard nothing since. '.repeat(4),
      language: 'en',
      articleIds: [`article-${String(sequence % 100)}`, 'shipping'],
      promptVersions: { drafting: 3, critique: 1 },
      model: null,
    },
  };
}
