import { stemmer } from 'stemmer';
import { eng } from 'stopword';

/** Words that carry no topic. Negations and quantities of time are kept out of it: they change what a sentence says. */
const stopwords = new Set<string>([
  ...[
    'does',
    'done',
    'doing',
    'will',
    'shall',
    'may',
    'when',
    'why',
    'us',
    'its',
    'long',
    'one',
    'again',
    'even',
    'so',
    's',
  ],
  ...eng.filter((word) => !['not', 'no', 'nor', 'never', 'without'].includes(word)),
  ...[
    'please',
    'hello',
    'hi',
    'hey',
    'thanks',
    'thank',
    'thx',
    'regards',
    'kind',
    'dear',
    'still',
    'really',
    'just',
  ],
  ...[
    'would',
    'could',
    'can',
    'want',
    'need',
    'like',
    'know',
    'tell',
    'get',
    'got',
    "i'm",
    "it's",
    "don't",
    'ok',
    'okay',
  ],
]);

/** Lower-case words of a text, accents folded, apostrophes inside words kept out. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.replace(/['’](?=s\b)s|['’]/gu, '').match(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu) ?? [];
}

/** Porter stems of the words that carry a topic, in order, with repeats. Source of the method: Porter, 1980. */
export function stemsOf(text: string): string[] {
  return wordsOf(text)
    .flatMap((word) => (/^\p{L}+(?:-\p{L}+)+$/u.test(word) ? word.split('-') : [word]))
    .filter((word) => !stopwords.has(word))
    .map((word) => stemmer(word));
}

export function stemSet(text: string): ReadonlySet<string> {
  return new Set(stemsOf(text));
}

/** Share of the members of `part` that are in `whole`, 0 to 1; 1 when `part` is empty. */
export function coverage(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  if (part.size === 0) return 1;
  let found = 0;
  for (const member of part) if (whole.has(member)) found += 1;
  return found / part.size;
}

/** Jaccard similarity of two sets, 0 to 1. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const member of a) if (b.has(member)) shared += 1;
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}
