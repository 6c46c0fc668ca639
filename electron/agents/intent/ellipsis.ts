import type { Entity } from '../../../shared/domain/intent.js';
import { sentencesOf } from '../text/sentences.js';
import { isCourtesy } from './closing.js';

const CONNECTIVE =
  /^(?:and|but|or|so|what about|how about|also|same (?:for|with)|then|for|to|in|with|only|ok(?:ay)?,? (?:and|but|so)|what if|even (?:for|if|when|with)|does (?:that|this|it) (?:also )?(?:apply|count|include|work|hold)|is (?:that|this|it) (?:also|the same|true|possible|free|included)|why(?: not)?\b|how (?:long|much|so)\b|when\b|where\b)/iu;
const POINTS_BACK = /\b(?:it|that|this|them|those|these|one|there|then|so|too|also|instead|same)\b/iu;
/** Announces a need of its own: "one more thing: ...", "also my code does not work". */
const NEW_TOPIC =
  /^(?:(?:ok(?:ay)?|thanks|thank you|great|perfect|good|alright|and|but|oh|so)[\s,.!]+){0,4}(?:also|one (?:more|other|last) (?:thing|question)|another (?:thing|question|issue|problem)|(?:on )?(?:a )?(?:different|separate|new) (?:note|question|topic|matter|issue)|by the way|btw|something else)\b[\s:,.\u2013-]*/iu;
const MAX_FRAGMENT_WORDS = 4;
const MAX_FOLLOW_UP_WORDS = 10;
const MAX_NEED_SENTENCES = 8;

/** What of a turn carries its need: its first sentences without greetings and thanks. */
export function needOf(text: string): string {
  const sentences = sentencesOf(text)
    .map((sentence) => sentence.text)
    .filter((sentence) => !isCourtesy(sentence));
  // Chat lines often end without a mark; the line break keeps them apart.
  return sentences
    .slice(0, MAX_NEED_SENTENCES)
    .map((sentence) => (/[.!?\u2026]$/u.test(sentence) ? `${sentence} ` : `${sentence}\n`))
    .join('')
    .trim();
}

/** Whether a turn leans on what was said before: a fragment, an answer to a question, or a short follow-up that points back. */
export function isEllipticText(text: string, repAsked: boolean): boolean {
  const need = needOf(text);
  const words = wordCount(need);
  if (words <= MAX_FRAGMENT_WORDS) return true;
  const ownNeed = need.replace(NEW_TOPIC, '');
  if (ownNeed !== need && wordCount(ownNeed) > MAX_FRAGMENT_WORDS) return POINTS_BACK.test(ownNeed);
  if (words > MAX_FOLLOW_UP_WORDS) return repAsked && words <= 2 * MAX_FOLLOW_UP_WORDS && !need.includes('?');
  return CONNECTIVE.test(need) || POINTS_BACK.test(need) || (repAsked && !need.includes('?'));
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'\u2019-]*/gu)?.length ?? 0;
}

/** Kinds that a follow-up swaps: "and for Switzerland?" asks the same about another country. */
const SWAPPED = ['country', 'product', 'order_id'] as const;

/**
 * The earlier need and the follow-up as one text. When both name exactly one thing of a kind, the earlier need is asked again about the
 * newer thing: "How much is delivery to Germany?" + "And for Switzerland?" becomes "How much is delivery to Switzerland?".
 */
export function resolveEllipsis(
  earlier: { readonly text: string; readonly entities: readonly Entity[] },
  newest: { readonly text: string; readonly entities: readonly Entity[] },
): string {
  const before = needOf(earlier.text);
  const after = needOf(newest.text);
  for (const kind of SWAPPED) {
    const old = new Set(earlier.entities.filter((entity) => entity.kind === kind).map(({ text }) => text));
    const now = new Set(newest.entities.filter((entity) => entity.kind === kind).map(({ text }) => text));
    const [oldText] = old;
    const [newText] = now;
    if (old.size !== 1 || now.size !== 1 || oldText === undefined || newText === undefined) continue;
    if (before.includes(oldText)) return before.replaceAll(oldText, newText);
  }
  return [before, after].filter((text) => text !== '').join(' ');
}
