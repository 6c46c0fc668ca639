import type { ComparedLanguage, PolarityWords } from './language-words.js';
import { polarityWords } from './words-of-language.js';

/** Which way a sentence points and what limits it, in terms every compared language has. */
export interface Polarity {
  /** Words that deny, one by one. */
  readonly negations: number;
  /** Words that deny by their meaning, which another language may say with a "not". */
  readonly lexical: number;
  /** The first word that denies, UTF-16 units; null without. */
  readonly at: { readonly start: number; readonly end: number } | null;
  readonly marks: ReadonlySet<Mark>;
}

/** What limits a statement. */
export type Mark = 'before' | 'after' | 'only' | 'always' | 'except' | 'free';
const MARKS: readonly Mark[] = ['before', 'after', 'only', 'always', 'except', 'free'];

const patterns = new Map<ComparedLanguage, Readonly<Record<keyof PolarityWords, RegExp>>>();

function patternsOf(language: ComparedLanguage): Readonly<Record<keyof PolarityWords, RegExp>> {
  const known = patterns.get(language);
  if (known) return known;
  const words = polarityWords(language);
  const whole = (source: string): RegExp =>
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu');
  const made = Object.fromEntries(
    Object.entries(words).map(([name, source]) => [name, whole(source as string)]),
  ) as Record<keyof PolarityWords, RegExp>;
  // An apostrophe ends a word: "qu'après", "n'est".
  patterns.set(language, made);
  return made;
}

export function polarityOf(text: string, language: ComparedLanguage): Polarity {
  const found = patternsOf(language);
  const open = text.replace(found.noNegation, (phrase) => ' '.repeat(phrase.length));
  const negators = [...open.matchAll(found.negators)];
  const [first] = negators;
  return {
    negations: negators.length,
    lexical: [...text.matchAll(found.lexical)].length,
    at: first ? { start: first.index, end: first.index + first[0].length } : null,
    marks: new Set(MARKS.filter((mark) => [...text.matchAll(found[mark])].length > 0)),
  };
}
