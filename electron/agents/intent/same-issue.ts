import type { PastContact } from '../../../shared/domain/conversation.js';
import type { Entity } from '../../../shared/domain/intent.js';
import type { IntentClassifier } from '../../models/intent-classifier.js';
import { labelOf } from './recognise-need.js';
import type { ReadTurn } from './turn-context.js';

export interface IssueQuestion {
  /** What the newest turn wants. */
  readonly label: string;
  /** Turns before the newest that a rep has answered, newest first. */
  readonly earlier: readonly ReadTurn[];
  readonly pastContacts: readonly PastContact[];
  readonly entities: readonly Entity[];
  readonly now: Date;
}

/** An older conversation is an issue of its own. */
const PAST_DAYS = 30;
const MAX_PAST_CONTACTS = 5;
const DAY_MS = 86_400_000;
const NUMBERS: ReadonlySet<Entity['kind']> = new Set(['order_id', 'return_id', 'tracking_number']);

/**
 * How many contacts this is about the same issue, the newest turn included: answered turns before it that want the same, one after the other,
 * and conversations of the last 30 days that want the same or name the same number. Stops at `enough`.
 * @throws AppErrorException SUGGESTION_CANCELLED.
 */
export async function contactsOnIssue(
  { label, earlier, pastContacts, entities, now }: IssueQuestion,
  enough: number,
  classifier: IntentClassifier,
  signal: AbortSignal,
): Promise<number> {
  let contacts = 1;
  for (const { words } of earlier) {
    if (contacts >= enough) return contacts;
    if ((await labelOf(words.text, classifier, signal)) !== label) break;
    contacts += 1;
  }
  const numbers = entities.filter(({ kind }) => NUMBERS.has(kind)).map(({ value }) => value);
  const recent = pastContacts.filter(({ at }) => now.getTime() - Date.parse(at) <= PAST_DAYS * DAY_MS);
  for (const { subject, text } of recent.slice(0, MAX_PAST_CONTACTS)) {
    if (contacts >= enough) return contacts;
    const whole = `${subject}\n${text}`.trim();
    const isSame =
      numbers.some((number) => whole.toUpperCase().includes(number)) ||
      (await labelOf(whole, classifier, signal)) === label;
    if (isSame) contacts += 1;
  }
  return contacts;
}
