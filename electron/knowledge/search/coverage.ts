import { identifiersIn } from './identifiers.js';
import type { QueryTerm } from './query.js';
import { stemOf } from './stems.js';
import { wordsOf } from './words.js';

/** What a synonym counts of the word it stands for. */
const SYNONYM_SHARE = 0.8;

/** About four telling words: a passage that holds so much of a long message need not hold the rest of the story. */
const ENOUGH = 18;

/** The stems and codes of a text. */
export function stemsOf(text: string): ReadonlySet<string> {
  return new Set([...wordsOf(text).map(stemOf), ...identifiersIn(text)]);
}

/** Which part of what the query's words tell is found among `stems`, 0 to 1; 0 for a query without telling words. */
export function coverage(terms: readonly QueryTerm[], stems: ReadonlySet<string>): number {
  let total = 0;
  let found = 0;
  for (const { stem, weight, alternatives } of terms) {
    total += weight;
    if (stems.has(stem)) found += weight;
    else if (alternatives.some((synonym) => stems.has(synonym.stem))) found += weight * SYNONYM_SHARE;
  }
  return total === 0 ? 0 : Math.min(1, found / Math.min(total, ENOUGH));
}
