import { randomInt } from 'node:crypto';

import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../../shared/contracts/hub/feedback.js';
import type { FeedbackEvent } from '../../shared/domain/feedback-event.js';
import { eventForTests } from './feedback-for-tests.js';

type Sent = AnswerOf<(typeof feedbackEndpoints)['feedback.send']>;

const MOST_AT_ONCE = 20;

/** A device that writes feedback and sends it until it is acknowledged, some of it more than once. */
export class FeedbackWriter {
  readonly #made = new Map<string, FeedbackEvent>();
  readonly #acknowledged = new Set<string>();
  #waiting: FeedbackEvent[] = [];

  /** All that was ever sent, by id. */
  get made(): ReadonlyMap<string, FeedbackEvent> {
    return this.#made;
  }

  get acknowledged(): ReadonlySet<string> {
    return this.#acknowledged;
  }

  /** Makes some more, unless a batch still waits for its answer, and sends them. @throws what `send` throws; the batch then waits. */
  async write(send: (events: readonly FeedbackEvent[]) => Promise<Sent>): Promise<void> {
    if (this.#waiting.length === 0) {
      this.#waiting = Array.from({ length: randomInt(1, MOST_AT_ONCE) }, () => eventForTests());
      for (const event of this.#waiting) this.#made.set(event.feedback.id, event);
      // As after an answer that was lost on the way.
      this.#waiting.push(...[...this.#made.values()].slice(0, randomInt(0, 3)));
    }
    const { acknowledged, refused } = await send(this.#waiting);
    if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
    for (const id of acknowledged) this.#acknowledged.add(id);
    this.#waiting = this.#waiting.filter(({ feedback }) => !this.#acknowledged.has(feedback.id));
  }
}
