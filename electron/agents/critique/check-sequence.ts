import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';
import type { Term } from '../text/terms/terms.js';

/** Words between two things of which the first comes first. */
const FORWARD =
  /\s*[,;]?\s*(?:and )?\b(?:then|after that|afterwards|only after that|finally|lastly|next we)\b\s*|\s+before\s+/giu;

/**
 * Steps told in another order than in the source: "refund first" where the source says "repair first, then replace, then refund".
 */
export function otherSequence(claim: Statement, unit: PoolUnit): Contradiction | null {
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
  const first = /\bfirst\b(?! \p{L}+ (?:of|in)\b)/iu.test(claim.text) && /\bfirst\b/iu.test(unit.text);
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

/** The content of a statement by step, in the order things happen. */
function stepsOf({ text, content }: Statement): Term[][] {
  const cuts = [...text.matchAll(FORWARD)]
    .filter(({ index }) => index > 0)
    .map(({ 0: cut, index }) => ({ start: index, end: index + cut.length }));
  const bounds = [0, ...cuts.map(({ end }) => end), text.length];
  return bounds
    .slice(1)
    .map((to, at) => content.filter((term) => term.word !== 'first' && term.start >= (bounds[at] ?? 0) && term.end <= to))
    .filter((step) => step.length > 0);
}

function isSame(a: Term, b: Term): boolean {
  return a.stem === b.stem || a.keys.some((key) => b.keys.includes(key));
}

function differs(term: Term): Contradiction {
  return { kind: 'condition_differs', message: 'The source says this in another order.', term };
}
