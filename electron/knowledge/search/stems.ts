import { stemmer } from 'stemmer';

const cache = new Map<string, string>();
const CACHE_SIZE = 50_000;

/** The Porter stem, the same the full-text index stores: `deliveries` -> `deliveri`. */
export function stemOf(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const stem = stemmer(word);
  cache.set(word, stem);
  return stem;
}
