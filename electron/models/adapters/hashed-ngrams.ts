/** The numbers of one text that are not zero; `indices[k]` says which n-gram `values[k]` belongs to. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Buckets n-grams are hashed into: at the 12,000 distinct n-grams of a usual team about every twentieth shares one. */
const BUCKETS = 1 << 18;
const MIN_CHARACTERS = 3;
const MAX_CHARACTERS = 5;
/** Longer texts are cut: their n-grams would be a blur of everything. */
const MAX_TEXT_CHARACTERS = 4000;
/** Longer words (links, base64) say nothing. */
const MAX_WORD_CHARACTERS = 40;

const WORD = 1;
const WORD_PAIR = 2;
const CHARACTERS = 3;

/** How often each bucket occurs in a text (square roots, so that a repeated word does not shout). */
export type NgramCounts = ReadonlyMap<number, number>;

/** Order numbers, phone numbers, tracking codes: long numbers with the letters before them, and "from order" in front of them. */
const LONG_NUMBER =
  /(?:(?<![\p{L}\p{N}])(?:from|of|in|on|for|with) (?:(?:my|the|our) )?order (?:number |no\.? |nr\.? )?)?(?<![\p{L}\p{N}])[#(]?(?:\p{L}{1,4}-?)?\d{4,}\p{L}{0,3}\)?(?![\p{L}\p{N}])/giu;

/** The text without long numbers: they say nothing of what is wanted, and no two are alike. */
export function withoutLongNumbers(text: string): string {
  return text.replace(LONG_NUMBER, '').replace(/ {2,}/gu, ' ');
}

/** The words of a text in lower case, `?` being one; digits from four on become `#`, since no two order numbers are alike. */
export function wordsOf(text: string): string[] {
  const normal = text.slice(0, MAX_TEXT_CHARACTERS).normalize('NFKC').toLowerCase().replaceAll('\u2019', "'");
  const words = normal.match(/[\p{L}\p{M}\p{N}']+|[?]/gu) ?? [];
  return words
    .filter((word) => word.length <= MAX_WORD_CHARACTERS)
    .map((word) => word.replace(/\d{4,}/g, '#'));
}

/** Word 1-2-grams, and character 3-5-grams inside words: those survive typing errors. */
export function hashedNgrams(text: string): NgramCounts {
  const counts = new Map<number, number>();
  const add = (bucket: number): void => void counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  let previous = '^';
  for (const word of wordsOf(text)) {
    add(bucketOf(WORD, word));
    add(bucketOf(WORD_PAIR, `${previous} ${word}`));
    previous = word;
    const padded = ` ${word} `;
    for (let start = 0; start < padded.length; start++) {
      const last = Math.min(start + MAX_CHARACTERS, padded.length);
      for (let end = start + MIN_CHARACTERS; end <= last; end++)
        add(bucketOf(CHARACTERS, padded, start, end));
    }
  }
  for (const [bucket, count] of counts) counts.set(bucket, Math.sqrt(count));
  return counts;
}

/** FNV-1a over UTF-16 units, folded into the buckets; `kind` keeps words, pairs and character runs apart. */
function bucketOf(kind: number, text: string, start = 0, end = text.length): number {
  let hash = 0x811c9dc5 ^ kind;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash >>> 18) ^ hash) & (BUCKETS - 1);
}

/** The n-grams seen in training: each has a row number and a weight (its inverse document frequency). */
export interface NgramVocabulary {
  readonly buckets: Uint32Array;
  readonly weights: Float32Array;
  /** The part of a text the vocabulary knows, scaled to length 1. */
  rowOf(counts: NgramCounts): SparseRow;
}

/** Keeps the n-grams that occur in at least `minTexts` of the texts, which is at least 1. */
export function learnVocabulary(texts: readonly NgramCounts[], minTexts: number): NgramVocabulary {
  const documents = new Int32Array(BUCKETS);
  for (const counts of texts) {
    for (const bucket of counts.keys()) documents[bucket] = (documents[bucket] ?? 0) + 1;
  }
  const kept: number[] = [];
  documents.forEach((count, bucket) => {
    if (count >= minTexts) kept.push(bucket);
  });
  return createVocabulary(
    Uint32Array.from(kept),
    Float32Array.from(kept, (bucket) => Math.log((1 + texts.length) / (1 + (documents[bucket] ?? 0))) + 1),
  );
}

/** The vocabulary of buckets and weights that were learned before. */
export function createVocabulary(buckets: Uint32Array, weights: Float32Array): NgramVocabulary {
  const rowByBucket = new Int32Array(BUCKETS).fill(-1);
  buckets.forEach((bucket, row) => (rowByBucket[bucket] = row));
  return {
    buckets,
    weights,
    rowOf(counts) {
      const indices: number[] = [];
      const values: number[] = [];
      for (const [bucket, count] of counts) {
        const row = rowByBucket[bucket] ?? -1;
        if (row < 0) continue;
        indices.push(row);
        values.push(count * (weights[row] ?? 0));
      }
      const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
      return {
        indices: Int32Array.from(indices),
        values: Float32Array.from(values, (value) => value / length),
      };
    },
  };
}
