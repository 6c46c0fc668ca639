import { isStopWord } from './stop-words.js';
import { wordsOf } from './words.js';

const LENGTH = 3;

/** The runs of three letters of a text's telling words, written as one: `take-out`, `take out` and `takeout` have the same. */
export function letterRunsOf(text: string): ReadonlySet<string> {
  const letters = wordsOf(text)
    .filter((word) => !isStopWord(word))
    .join('');
  const runs = new Set<string>();
  for (let at = 0; at + LENGTH <= letters.length; at++) runs.add(letters.slice(at, at + LENGTH));
  return runs;
}

/** How alike two texts are in their letters, 0 to 1. */
export type LetterLikeness = (a: ReadonlySet<string>, b: ReadonlySet<string>) => number;

/**
 * Cosine of runs of letters, rare ones among `texts` weighing more (the inverse document frequency of Robertson and Sparck Jones). It finds words that
 * are mistyped, run together or torn apart, which no list of whole words does.
 */
export function letterLikeness(texts: readonly ReadonlySet<string>[]): LetterLikeness {
  const counts = new Map<string, number>();
  for (const runs of texts) for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
  const weight = (run: string): number => {
    const found = counts.get(run) ?? 0;
    return Math.log(1 + (texts.length - found + 0.5) / (found + 0.5)) ** 2;
  };
  const norms = new Map<ReadonlySet<string>, number>();
  const norm = (runs: ReadonlySet<string>): number => {
    const known = norms.get(runs);
    if (known !== undefined) return known;
    let sum = 0;
    for (const run of runs) sum += weight(run);
    norms.set(runs, sum);
    return sum;
  };
  return (a, b) => {
    let common = 0;
    for (const run of a) if (b.has(run)) common += weight(run);
    return common === 0 ? 0 : common / Math.sqrt(norm(a) * norm(b));
  };
}
