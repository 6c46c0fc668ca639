import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';
import type { Term } from '../text/terms/terms.js';

/** Words between two things of which the first comes first. */
const FORWARD =
  /\s*[,;]?\s*(?:and )?\b(?:then|after that|afterwards|only after that|finally|lastly|next we)\b\s*|\s+before\s+/giu;

/** "First" of a step, not of a first order. */
const FIRST =
  /\bfirst\b(?=\s*(?:[,.;]|$|(?:if|and|then|try|before|when|because|since)\b))|^first\b|\b(?:we|you|they|i|comes?) (?:will |can )?first\b/iu;

/**
 * Steps told in another order than in the source: "refund first" where the source says "repair first, then replace, then refund".
 */
export function otherSequence(claim: Statement, unit: PoolUnit): Contradiction | null {
  if (isComparedOtherWay(claim, unit))
    return { kind: 'condition_differs', message: 'The source compares them the other way.', term: null };
  const own = stepsOf(unit);
  if (own.length < 2) return null;
  const placeOf = (term: Term): number | null => {
    const places = own.flatMap((step, at) => (step.some((other) => isSame(other, term)) ? [at] : []));
    return places.length === 1 ? (places[0] ?? null) : null;
  };
  const steps = stepsOf(claim).map((step) =>
    step.flatMap((term) => {
      const place = placeOf(term);
      return place === null ? [] : [{ term, place }];
    }),
  );
  const first = FIRST.test(claim.text) && FIRST.test(unit.text);
  if (steps.length === 1 && first && !/\b(?:before|after|not|only)\b/iu.test(claim.text)) {
    const [only = []] = steps;
    const later = only.find(({ place }) => place > 0);
    return later && only.every(({ place }) => place > 0) ? differs(later.term) : null;
  }
  for (const [at, step] of steps.entries())
    for (const next of steps.slice(at + 1)) {
      const [earlier, later] = [step[0], next[0]];
      if (!earlier || !later) continue;
      if (step.every(({ place }) => next.every((other) => other.place < place))) return differs(later.term);
    }
  return null;
}

/** "The mainland takes longer than islands" where the source says it the other way round. */
function isComparedOtherWay(claim: Statement, unit: Statement): boolean {
  const [said, own] = [aroundThan(claim), aroundThan(unit)];
  if (!said || !own) return false;
  const only = ({ left, right }: { left: Term[]; right: Term[] }): Term[][] => [
    left.filter((term) => !right.some((other) => isSame(term, other))),
    right.filter((term) => !left.some((other) => isSame(term, other))),
  ];
  const [[left = [], right = []], [ownLeft = [], ownRight = []]] = [only(said), only(own)];
  const shares = (a: readonly Term[], b: readonly Term[]): boolean =>
    a.some((term) => b.some((other) => isSame(term, other)));
  return shares(left, ownRight) && shares(right, ownLeft) && !shares(right, ownRight);
}

function aroundThan({ text, content }: Statement): { left: Term[]; right: Term[] } | null {
  const than = /\b(?:more|less|\p{L}+er)\b[^,;.]*?\bthan\b/iu.exec(text);
  if (!than) return null;
  const from = than.index + than[0].length;
  return {
    left: content.filter((term) => term.end <= than.index),
    right: content.filter((term) => term.start >= from),
  };
}

/** The content of a statement by step, in the order things happen. */
function stepsOf({ text, content }: Statement): Term[][] {
  const cuts = [...text.matchAll(FORWARD)]
    .filter(({ index }) => index > 0)
    .map(({ 0: cut, index }) => ({ start: index, end: index + cut.length }));
  const bounds = [0, ...cuts.map(({ end }) => end), text.length];
  return bounds
    .slice(1)
    .map((to, at) =>
      content.filter((term) => term.word !== 'first' && term.start >= (bounds[at] ?? 0) && term.end <= to),
    )
    .filter((step) => step.length > 0);
}

function isSame(a: Term, b: Term): boolean {
  return a.stem === b.stem || a.keys.some((key) => b.keys.includes(key));
}

function differs(term: Term): Contradiction {
  return { kind: 'condition_differs', message: 'The source says this in another order.', term };
}
