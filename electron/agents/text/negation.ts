import type { Term } from './terms/terms.js';

/** One "not" of a sentence: what it turns round. */
export interface Negation {
  /** The first word with a meaning after it, which it is about; null for "They won't." */
  readonly head: Term | null;
  /** The head and the general words before it ("use", "work"). */
  readonly heads: ReadonlySet<Term>;
  /** Everything it reaches. */
  readonly scope: ReadonlySet<Term>;
}

const NEGATORS = new Set([
  'not',
  'no',
  'never',
  'nor',
  'neither',
  'without',
  'none',
  'nobody',
  'nothing',
  'nowhere',
]);
/** They deny what the clause says, wherever they stand in it. */
const DENYING = new Set(['none', 'nobody', 'nothing', 'nowhere']);
/** Words with a "not" in them; they reach the whole clause. */
const NEGATIVE = new Set(
  `unable impossible forbidden prohibited exclude ineligible unavailable invalid`.split(' '),
);
/** A negation does not reach past these. */
const STOPS = new Set(
  `but because so unless until till if when whenever once before after while since although though except instead only`.split(
    ' ',
  ),
);
/** Say too little to be what is denied; the next word is. */
const GENERIC = new Set([
  'long',
  'more',
  'use',
  'put',
  'able',
  'allow',
  'allowed',
  'permitted',
  'possible',
  'longer',
  'work',
]);
/** Another statement begins with them. */
const TURNS = new Set(['but', 'while', 'whereas', 'although', 'though']);
/** "Glass is not allowed" denies what stands before. */
const WHOLLY = new Set(['possible', 'allowed', 'permitted']);
const MAX_REACH = 6;
const SHORT_REACH = 2;

export function isNegator(term: Term): boolean {
  return NEGATORS.has(term.word);
}

/** The negations of a text with the given terms; what a number counts is not what is denied, the word after it is. */
export function negationsOf(
  terms: readonly Term[],
  text: string,
  isNumber: (term: Term) => boolean,
): Negation[] {
  return terms.flatMap((term, at) => {
    if (NEGATIVE.has(term.word) || (term.keys.includes('=exclude') && !term.isLight))
      return [wholeClause(terms, at, text)];
    // "Away from the sun" denies the sun, "outside your phone" the phone.
    if ((term.word === 'from' && terms[at - 1]?.word === 'away') || isOutsideOf(terms, at)) {
      const scope = reachOf(terms, at, text, 1);
      const head = scope.find(({ isLight }) => !isLight) ?? null;
      return [{ head, heads: new Set(head ? [head] : []), scope: new Set(scope) }];
    }
    // "Sent by email instead of downloaded", "fails to arrive": the word after it is denied.
    const next = terms[at + 1];
    if (next && isDenyingPair(term, next)) {
      const scope = reachOf(terms, at + 1, text, SHORT_REACH);
      const head = scope.find(({ isLight }) => !isLight) ?? null;
      return head ? [{ head, heads: new Set([head]), scope: new Set(scope) }] : [];
    }
    if (!NEGATORS.has(term.word)) return [];
    // "No cost" is one notion (free), not a denial of a cost.
    if (isEmphasis(terms, at) || term.keys.length > 1) return [];
    if (DENYING.has(term.word)) return [wholeClause(terms, at, text)];
    const reach = term.word === 'without' ? SHORT_REACH : MAX_REACH;
    const scope = reachOf(terms, at, text, reach);
    const [head = null] = scope.filter((one) => !one.isLight && !GENERIC.has(one.word) && !isNumber(one));
    // "Redirect after packed: no." and "Swiftline won't.": what stands before is meant.
    // "The message never came": the word that is denied says too little to be compared.
    if (head === null && (scope.length === 0 || scope.some(({ word }) => WHOLLY.has(word))))
      return [wholeClause(terms, at, text)];
    const until = head === null ? scope.length : scope.indexOf(head) + 1;
    const heads = new Set(scope.slice(0, until).filter((one) => !one.isLight && !isNumber(one)));
    return [{ head, heads, scope: new Set(scope) }];
  });
}

function isDenyingPair({ word, stem }: Term, next: Term): boolean {
  if (next.word === 'of') return word === 'instead';
  if (next.word === 'than') return word === 'rather';
  return stem === 'fail' && next.word === 'to';
}

/** "Not only", "no problem", "no longer than", "no more than": nothing is denied. */
function isEmphasis(terms: readonly Term[], at: number): boolean {
  const [next, after] = [terms[at + 1]?.word, terms[at + 2]?.word];
  if (terms[at - 1]?.word === 'or' && next === undefined) return true;
  if (next === 'only' || next === 'problem' || next === 'worry' || next === 'matter') return true;
  return (next === 'more' || next === 'longer' || next === 'later' || next === 'less') && after === 'than';
}

function reachOf(terms: readonly Term[], at: number, text: string, reach: number): Term[] {
  const scope: Term[] = [];
  let content = 0;
  for (let next = at + 1; next < terms.length && content < reach; next += 1) {
    const term = terms[next];
    const before = terms[next - 1];
    if (!term || !before) break;
    if (
      STOPS.has(term.word) ||
      /[;:.!?]|,(?!\s*(?:or|and)?\s*\p{L}+\s*[,.])/u.test(text.slice(before.end, term.start))
    )
      break;
    scope.push(term);
    if (!term.isLight) content += 1;
  }
  return scope;
}

function isOutsideOf(terms: readonly Term[], at: number): boolean {
  return terms[at]?.word === 'outside' && ['the', 'your', 'our', 'a'].includes(terms[at + 1]?.word ?? '');
}

function wholeClause(terms: readonly Term[], at: number, text: string): Negation {
  const scope = new Set(clauseAround(terms, at, text));
  return { head: null, heads: scope, scope };
}

function clauseAround(terms: readonly Term[], at: number, text: string): Term[] {
  let from = at;
  while (
    from > 0 &&
    !TURNS.has(terms[from - 1]?.word ?? '') &&
    !/[;,.!?]/u.test(text.slice(terms[from - 1]?.end ?? 0, terms[from]?.start ?? 0))
  )
    from -= 1;
  let to = at;
  while (
    to + 1 < terms.length &&
    !TURNS.has(terms[to + 1]?.word ?? '') &&
    !/[;,.!?]/u.test(text.slice(terms[to]?.end ?? 0, terms[to + 1]?.start ?? 0))
  )
    to += 1;
  return terms.slice(from, to + 1).filter((_, offset) => from + offset !== at);
}
