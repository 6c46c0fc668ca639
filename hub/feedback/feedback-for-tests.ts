import { randomUUID } from 'node:crypto';

import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import type { FeedbackContext, FeedbackEvent } from '../../shared/domain/feedback-event.js';
import type { Feedback } from '../../shared/domain/feedback.js';
import type { TestCaller, TestHub } from '../hub-for-tests.js';

type Sent = AnswerOf<(typeof feedbackEndpoints)['feedback.send']>;

let sequence = 0;

/** A reply that was edited before it was sent, later than the one made before it. */
export function eventForTests(
  given: Partial<Omit<Feedback, 'diff'>> & Partial<FeedbackContext> & { readonly sequence?: number } = {},
): FeedbackEvent {
  sequence += 1;
  return {
    sequence: given.sequence ?? sequence,
    feedback: {
      id: given.id ?? randomUUID(),
      runId: given.runId ?? randomUUID(),
      conversationId: given.conversationId ?? randomUUID(),
      createdAt: given.createdAt ?? new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString(),
      decisionMs: given.decisionMs ?? 1200,
      intent: given.intent === undefined ? 'order_status' : given.intent,
      outcome: given.outcome ?? 'reply',
      draftText: given.draftText ?? 'It arrives on Friday.',
      action: given.action ?? { kind: 'edited', sentText: 'It arrives on Saturday.' },
      diff: [],
    },
    context: {
      release: given.release ?? null,
      customerText: given.customerText ?? 'Where is my order?',
      language: given.language ?? 'en',
      articleIds: given.articleIds ?? ['shipping'],
      promptVersions: given.promptVersions ?? { drafting: 3 },
      model: given.model ?? null,
    },
  };
}

/** Sends one batch. @throws when the hub does not answer 200. */
export async function sendFeedback(
  hub: Pick<TestHub, 'request'>,
  caller: TestCaller,
  events: readonly unknown[],
): Promise<Sent> {
  const answer = await hub.request(caller, 'POST', '/v1/feedback', { events });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Sent>();
}
