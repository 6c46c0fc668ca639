import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import { AppErrorException, type ErrorCode } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';
import type { OutgoingEvent, Settlement } from './outbox-store.js';

/** The hub refused a request as a whole for what is in it. */
const ABOUT_CONTENT: ReadonlySet<ErrorCode> = new Set(['HUB_INVALID_REQUEST', 'HUB_TOO_LARGE']);

/**
 * Sends a batch and hands over what the hub said of its events. A batch refused as a whole is sent in halves, until the event it was
 * refused for is alone and counts as refused.
 * @returns how many events the hub said nothing about.
 * @throws AppErrorException of `hub-errors.ts`; what was settled before it stays settled.
 */
export async function sendEvents(
  client: Pick<HubClient, 'request'>,
  events: readonly OutgoingEvent[],
  settle: (settlement: Settlement) => void,
  signal: AbortSignal,
): Promise<number> {
  try {
    const body = { events: events.map(({ event }) => event) };
    const settlement = readAnswer(events, await client.request('feedback.send', { body }, signal));
    settle(settlement);
    return events.length - settlement.acknowledged.length - settlement.refused.length;
  } catch (cause) {
    if (!(cause instanceof AppErrorException) || !ABOUT_CONTENT.has(cause.error.code)) throw cause;
    const [first, ...others] = events;
    if (!first || others.length === 0) {
      settle({ acknowledged: [], refused: first ? [{ id: first.id, reason: cause.message }] : [] });
      return 0;
    }
  }
  const middle = Math.ceil(events.length / 2);
  const unanswered = await sendEvents(client, events.slice(0, middle), settle, signal);
  return unanswered + (await sendEvents(client, events.slice(middle), settle, signal));
}

/** Only what was sent counts, each once; an event that is both acknowledged and refused is at the hub. */
function readAnswer(
  events: readonly OutgoingEvent[],
  answer: AnswerOf<(typeof feedbackEndpoints)['feedback.send']>,
): Settlement {
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
