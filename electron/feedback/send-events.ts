import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import { AppErrorException, type ErrorCode } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';
import type { OutgoingEvent, Settlement } from './outbox-store.js';

type Answer = AnswerOf<(typeof feedbackEndpoints)['feedback.send']>;

/** The hub refused a request as a whole for what is in it. */
const ABOUT_CONTENT: ReadonlySet<ErrorCode> = new Set(['HUB_INVALID_REQUEST', 'HUB_TOO_LARGE']);

export interface SendOptions {
  /** What the hub acknowledged before, which it is asked about with each request. */
  readonly lastAcknowledged: () => string | null;
  /** Awaited before anything of an answer is settled where the hub lacks that. */
  readonly onLost: () => Promise<void>;
  readonly settle: (settlement: Settlement) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a batch and hands over what the hub said of its events. A batch refused as a whole is sent in halves, until the event it was
 * refused for is alone and counts as refused.
 * @returns how many events the hub said nothing about.
 * @throws AppErrorException of `hub-errors.ts`; what was settled before it stays settled.
 */
export async function sendEvents(
  client: Pick<HubClient, 'request'>,
  events: readonly OutgoingEvent[],
  options: SendOptions,
): Promise<number> {
  const { onLost, settle } = options;
  const answer = await ask(client, events, options);
  if (answer !== 'refused') {
    if (!answer.hasLast) await onLost();
    const settlement = readAnswer(events, answer);
    settle(settlement);
    return events.length - settlement.acknowledged.length - settlement.refused.length;
  }
  const middle = Math.ceil(events.length / 2);
  const unanswered = await sendEvents(client, events.slice(0, middle), options);
  return unanswered + (await sendEvents(client, events.slice(middle), options));
}

/** @returns 'refused' where the request was refused as a whole; a single event alone is then answered as refused. */
async function ask(
  client: Pick<HubClient, 'request'>,
  events: readonly OutgoingEvent[],
  { lastAcknowledged, signal }: SendOptions,
): Promise<Answer | 'refused'> {
  const last = lastAcknowledged();
  const body = {
    events: events.map(({ event }) => event),
    ...(last === null ? {} : { lastAcknowledged: last }),
  };
  try {
    return await client.request('feedback.send', { body }, signal);
  } catch (cause) {
    if (!(cause instanceof AppErrorException) || !ABOUT_CONTENT.has(cause.error.code)) throw cause;
    const [first, ...others] = events;
    if (others.length > 0) return 'refused';
    const refused = first ? [{ id: first.id, index: 0, reason: cause.message }] : [];
    return { acknowledged: [], refused, hasLast: true };
  }
}

/** Only what was sent counts, each once; an event that is both acknowledged and refused is at the hub. */
function readAnswer(events: readonly OutgoingEvent[], answer: Answer): Settlement {
  const sent = new Set(events.map(({ id }) => id));
  const acknowledged = new Set(answer.acknowledged.filter((id) => sent.has(id)));
  const refused = new Map<string, string>();
  for (const { id, index, reason } of answer.refused) {
    const named = id ?? events[index]?.id;
    if (named !== undefined && sent.has(named) && !acknowledged.has(named)) refused.set(named, reason);
  }
  return {
    acknowledged: [...acknowledged],
    refused: [...refused].map(([id, reason]) => ({ id, reason })),
  };
}
