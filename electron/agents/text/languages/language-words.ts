/** Languages whose sentences can be compared word by word with evidence in the same language; ISO 639-1. */
export const readLanguages = ['de', 'fr', 'es', 'it', 'nl', 'pt'] as const;
export type ReadLanguage = (typeof readLanguages)[number];
/** With English, which has a reader of its own ({@link measuresOf} and the rest of `text/`). */
export type ComparedLanguage = ReadLanguage | 'en';

/** The language as one that can be compared; null for others. */
export function asCompared(code: string): ComparedLanguage | null {
  const short = code.slice(0, 2).toLowerCase();
  return short === 'en' ? 'en' : (readLanguages.find((one) => one === short) ?? null);
}

/** What a number counts, or which way it points, in words {@link measuresOf} reads. */
export type EnglishWord = string;

/**
 * The small words of a language that decide what a sentence says. Patterns are sources of regular expressions without flags; alternatives stand
 * between `|`. The lists are our own.
 */
export interface LanguageWords {
  readonly code: ComparedLanguage;
  /** Number words that are nothing else, with their value. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Number words that are also something else ("a", "new"): numbers only before a unit. */
  readonly ambiguousNumbers: Readonly<Record<string, number>>;
  /** Unit as it is written behind a number, and in English. */
  readonly units: readonly (readonly [pattern: string, english: EnglishWord])[];
  /** Words before a number that make it a bound, a rate, or say how often. */
  readonly phrases: readonly (readonly [pattern: string, english: EnglishWord])[];
  /** Between the ends of a range, and between alternatives. */
  readonly range: string;
  readonly either: string;
  /** A time of day: groups `hour` and `minute`. */
  readonly clock: string;
  readonly polarity: PolarityWords;
}

/** Words that turn a sentence round or limit it. */
export interface PolarityWords {
  /** Each is one negation. */
  readonly negators: string;
  /** Look like negations and are none: "not only", "not until". */
  readonly noNegation: string;
  /** Deny within a word or by their meaning ("unused", "without", "impossible"): another language may say them with a "not". */
  readonly lexical: string;
  readonly before: string;
  readonly after: string;
  readonly only: string;
  readonly always: string;
  readonly except: string;
  readonly free: string;
}
