import { OPPOSITES } from '../text/terms/opposites.js';
import { meansSame, termsOf, type Term } from '../text/terms/terms.js';
import { conditionsOf } from './conditions.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

const opposites = OPPOSITES.flatMap(([left, right]) => {
  const [a] = termsOf(left);
  const [b] = termsOf(right);
  return a && b
    ? ([
        [a.stem, b.stem],
        [b.stem, a.stem],
      ] as const)
    : [];
});

/** A word of a claim with the word of a unit it is compared with. */
export interface Pair {
  readonly claim: Term;
  readonly unit: Term;
  readonly isOpposite: boolean;
}

/** Partners of a claim's words in a unit: words that mean the same, or else one that means the contrary. */
export function pairsOf(claim: Statement, unit: PoolUnit, sentence: Statement): Pair[] {
  return claim.content.flatMap((term): Pair[] => {
    // "Pay in 3" is spoken for by the claim's own "Pay in 3", not by its "paid".
    const isTaken = (own: Term): boolean =>
      own.isCapital !== term.isCapital &&
      claim.content.some(
        (other) => other !== term && other.stem === own.stem && other.isCapital === own.isCapital,
      );
    const all = unit.content.filter((own) => meansSame(own, term) && !isTaken(own));
    // A word the claim has itself is that word's partner, where this one has another.
    const free = all.filter(
      ({ stem }) => stem === term.stem || !claim.content.some((other) => other.stem === stem),
    );
    const sameStem = free.filter(({ stem }) => stem === term.stem);
    const opposed = opposedTo(term, claim, unit, sentence);
    // "Cancelled" in what is said against "stays active when you cancel the rest".
    const isAside = claim.main.includes(term) && free.every((own) => isConditional(own, unit));
    if (opposed && (free.length === 0 || (isAside && unit.main.includes(opposed))))
      return [{ claim: term, unit: opposed, isOpposite: true }];
    // "Send back" is the partner of "send back", where there is a mere "send" as well.
    const shared = (own: Term): number => own.keys.filter((key) => term.keys.includes(key)).length;
    const most = Math.max(...sameStem.map(shared));
    const same = sameStem.length > 0 ? sameStem.filter((own) => shared(own) === most) : free;
    return same.map((own) => ({ claim: term, unit: own, isOpposite: false }));
  });
}

function isConditional({ start: at }: Term, unit: PoolUnit): boolean {
  return conditionsOf(unit).some(({ start, end }) => start <= at && at < end);
}

function opposedTo(term: Term, claim: Statement, unit: PoolUnit, sentence: Statement): Term | null {
  const against = opposites.filter(([stem]) => stem === term.stem).map(([, other]) => other);
  const concepts = new Set(against.map((stem) => `=${stem}`));
  const opposed = unit.content.find(
    (own) =>
      (!own.isCapital || own.start === 0) &&
      (against.includes(own.stem) ||
        (own.keys.some((key) => concepts.has(key)) && !meansSame(own, term)) ||
        isPrefixed(own.stem, term.stem)),
  );
  return opposed && !sentence.content.some(({ stem }) => stem === opposed.stem) ? opposed : null;
}

/** "Unopened" against "opened". */
function isPrefixed(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    short.length >= 3 && ['un', 'in', 'im', 'ir', 'dis', 'non-'].some((prefix) => long === prefix + short)
  );
}
