import { identifierOf, replaceIdentifiers } from './identifiers.js';
import type { Spelling } from './spelling.js';
import { stemOf } from './stems.js';
import { isStopWord } from './stop-words.js';
import { phraseMeanings, synonymsOf } from './synonyms.js';
import { wordsOf } from './words.js';

/** A word of the query that can find something. */
export interface QueryTerm {
  /** As the full-text index is asked for it. */
  readonly word: string;
  readonly stem: string;
  /** How much it tells: rare in the articles is high. */
  readonly weight: number;
  /** False when no article holds it. */
  readonly isKnown: boolean;
  /** Words of the articles that mean about the same. */
  readonly alternatives: readonly { readonly word: string; readonly stem: string }[];
}

/** A query as both searches need it. */
export interface AnalysedQuery {
  /** Each once, most telling first, at most {@link MAX_TERMS}; codes such as `pay311` that an article holds are among them. */
  readonly terms: readonly QueryTerm[];
  /** What is embedded: the whole and, when there are several, the sentences that ask for something. */
  readonly segments: readonly string[];
}

export interface QueryVocabulary {
  readonly spelling: Spelling;
  /** How many passages there are. */
  readonly passages: number;
  /** How many of them hold a stem. */
  readonly passagesWith: (stem: string) => number;
}

const MAX_TERMS = 40;
const MAX_SEGMENTS = 6;
/** A word no article holds may be what matters, or small talk: it counts like one that this share of the passages holds. */
const UNKNOWN_SHARE = 0.03;
/** The rest of a longer text is pasted material; it is not read. */
const MAX_CHARACTERS = 20_000;
/** They name a case, not a subject. */
const ADDRESSES = /\S+@\S+|https?:\/\/\S+/g;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Finds what a text asks for: its telling words, with typing errors put right, and its sentences. */
export function analyseQuery(query: string, vocabulary: QueryVocabulary): AnalysedQuery {
  const identifiers = new Set<string>();
  // An error code is in the articles; the number of an order is not, and would only blur what is embedded.
  const text = replaceIdentifiers(query.slice(0, MAX_CHARACTERS).replace(ADDRESSES, ' '), (code) => {
    const identifier = identifierOf(code);
    if (vocabulary.passagesWith(identifier) === 0) return ' ';
    identifiers.add(identifier);
    return code;
  });
  return {
    terms: queryTerms(
      replaceIdentifiers(text, () => ' '),
      vocabulary,
      [...identifiers],
    ),
    segments: segmentsOf(text, vocabulary.spelling),
  };
}

/** The telling words of a text, most telling first; a word no article holds comes last, however rare it is. */
export function queryTerms(
  text: string,
  vocabulary: QueryVocabulary,
  identifiers: readonly string[] = [],
): QueryTerm[] {
  const byStem = new Map(identifiers.map((code) => [code, termOf(code, code, vocabulary)]));
  for (const written of new Set([...wordsOf(text), ...phraseMeanings(text)])) {
    if (isStopWord(written)) continue;
    const word = vocabulary.spelling.correct(written) ?? written;
    const stem = stemOf(word);
    if (byStem.has(stem) || isStopWord(word)) continue;
    byStem.set(stem, termOf(word, stem, vocabulary));
  }
  return [...byStem.values()]
    .sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || b.weight - a.weight)
    .slice(0, MAX_TERMS);
}

function termOf(word: string, stem: string, { passages, passagesWith }: QueryVocabulary): QueryTerm {
  const found = passagesWith(stem);
  return {
    word,
    stem,
    weight: found > 0 ? rarity(found, passages) : rarity(passages * UNKNOWN_SHARE, passages),
    isKnown: found > 0,
    alternatives: synonymsOf(stem)
      .map((synonym) => ({ word: synonym, stem: stemOf(synonym) }))
      .filter((synonym) => passagesWith(synonym.stem) > 0),
  };
}

/** The probabilistic weight of BM25 (Robertson and Sparck Jones) of a word that `found` of `passages` hold. */
function rarity(found: number, passages: number): number {
  return Math.log(1 + (passages - found + 0.5) / (found + 0.5));
}

function segmentsOf(text: string, spelling: Spelling): string[] {
  const asking = text
    .split(/\n+/)
    .flatMap((line) => [...sentences.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => wordsOf(sentence).filter((word) => !isStopWord(word)).length >= 2)
    .map((sentence) => correctWords(sentence, spelling));
  const whole = asking.join(' ').trim();
  if (whole === '') return [text.trim()].filter((rest) => rest !== '');
  return asking.length === 1 ? [whole] : [whole, ...asking.slice(-MAX_SEGMENTS)];
}

function correctWords(sentence: string, spelling: Spelling): string {
  return sentence.replace(/\p{L}+/gu, (word) => {
    const lower = word.toLowerCase();
    return isStopWord(lower) ? word : (spelling.correct(lower) ?? word);
  });
}
