import type { Term } from './terms/terms.js';

/** Something that happens before or after an event, or at it: "until it is packed", "within 14 days of delivery". */
export interface TemporalRelation {
  readonly order: 'before' | 'after' | 'at';
  /** Name of the event's class (`delivery`), or the stem of a word that is none. */
  readonly event: string;
  /** Whether the event is one of the known classes, which exclude one another. */
  readonly isKnown: boolean;
  readonly start: number;
  readonly end: number;
}

/** Events of an order's life, by stems; one class never stands for another. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  order: ['order', 'purchas', 'bui', 'checkout', 'place'],
  packing: ['pack'],
  shipping: ['ship', 'dispatch', 'shipment', 'leav'],
  dropping_off: ['drop'],
  delivery: ['deliv', 'deliveri', 'deliver', 'arriv', 'receiv', 'receipt', 'reach'],
  return: ['return'],
  refund: ['refund'],
  inspection: ['inspect', 'check'],
  payment: ['pai', 'payment', 'bill', 'charg', 'renew'],
  roasting: ['roast'],
  scan: ['scan'],
  report: ['report'],
  cancellation: ['cancel'],
};
const classOf = new Map(
  Object.entries(EVENTS).flatMap(([event, stems]) => stems.map((stem) => [stem, event] as const)),
);
const BEFORE = new Set(['before', 'until', 'till', 'prior', 'ahead']);
const AFTER = new Set(['after', 'once', 'since', 'following', 'upon', 'from']);
const REACH = 4;

/** The temporal relations of a text with the given terms. */
export function temporalRelations(terms: readonly Term[], text: string): TemporalRelation[] {
  return terms.flatMap((term, at): TemporalRelation[] => {
    const order = orderOf(terms, at, text);
    if (order === null) return [];
    const event = terms.slice(at + 1, at + 1 + REACH * 2).find((next, offset) => {
      if (/[;,.!?]/u.test(text.slice(term.end, next.start))) return false;
      return offset < REACH * 2 && !next.isLight && !/^\d/u.test(next.word) && !FILLERS.has(next.word);
    });
    if (!event) return [];
    // "After the order is packed": the verb names the event, not its subject.
    const verb = verbAfter(terms, event, text);
    const known = classOf.get(verb.stem);
    // "When the item is faulty" and "already" say when only before an event.
    if (known === undefined && ['when', 'whenever', 'already', 'day', 'moment'].includes(term.word))
      return [];
    return [
      { order, event: known ?? verb.stem, isKnown: known !== undefined, start: term.start, end: verb.end },
    ];
  });
}

const FILLERS = new Set(['day', 'date', 'moment', 'time', 'status', 'still']);
const VERB_FORM = /(?:ed|en|t|id|ce|ing|s)$/u;

function verbAfter(terms: readonly Term[], subject: Term, text: string): Term {
  const at = terms.indexOf(subject);
  const helpers = new Set(['be', 'have', 'get', 'you', 'it', 'we', 'they']);
  for (let next = at + 1; next < Math.min(terms.length, at + 5); next += 1) {
    const term = terms[next];
    if (!term || /[;,.!?]/u.test(text.slice(subject.end, term.start))) break;
    if (
      !helpers.has(term.word) &&
      !['the', 'status', 'still', 'already', 'not', 'so', 'of', 'to', 'us', 'your', 'at', 'a'].includes(
        term.word,
      )
    ) {
      if (classOf.has(term.stem) && VERB_FORM.test(text.slice(term.start, term.end))) return term;
    }
  }
  return subject;
}

function orderOf(terms: readonly Term[], at: number, text: string): TemporalRelation['order'] | null {
  const term = terms[at];
  if (!term) return null;
  if (BEFORE.has(term.word)) return 'before';
  if (term.word === 'once' && /^\s*(?:per|a|an|every|each|in)\b/u.test(text.slice(term.end))) return null;
  if (
    term.word === 'from' &&
    !/^\s*(?:the )?(?:day|date|delivery|moment|order|purchase)/u.test(text.slice(term.end))
  )
    return null;
  if (AFTER.has(term.word)) return 'after';
  if (term.word === 'when' || term.word === 'whenever') return 'at';
  if (term.word === 'already') return 'after';
  const before = text.slice(0, term.start);
  if (term.word === 'of' && /\d+\s\p{L}+(?:\s(?!ahead|before|prior|in)\p{L}+)?\s$/u.test(before))
    return 'after';
  if (term.word === 'soon' && /\bas\s$/iu.test(before)) return 'after';
  if ((term.word === 'day' || term.word === 'moment') && /\b(?:on|at|with|from|^) ?the\s$/iu.test(before))
    return 'at';
  return null;
}

/** The relation of what holds until the event a word names. */
export function relationBefore({ stem, end }: Term, start: number): TemporalRelation {
  const known = classOf.get(stem);
  return { order: 'before', event: known ?? stem, isKnown: known !== undefined, start, end };
}
