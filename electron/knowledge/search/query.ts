import { identifierOf, identifiersIn, replaceIdentifiers } from './identifiers.js';
import { sentencesOf, type MessageSentence } from './sentences.js';
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
  /** What is embedded: the whole and, when there are several sentences, those that ask, or all when none does. */
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
/** What a word of a sentence counts that only tells the story around the question. */
const BACKGROUND_SHARE = 0.4;
/** A word no article holds may be what matters, or small talk: it counts like one that this share of the passages holds. */
const UNKNOWN_SHARE = 0.03;
/** The rest of a longer text is pasted material; it is not read. */
const MAX_CHARACTERS = 20_000;
/** They name a case, not a subject. */
const ADDRESSES = /\S+@\S+|https?:\/\/\S+/g;

/** Finds what a text asks for: its telling words, with typing errors put right, and its sentences. */
export function analyseQuery(query: string, vocabulary: QueryVocabulary): AnalysedQuery {
  const text = withoutCaseDetails(query.slice(0, MAX_CHARACTERS), vocabulary);
  const sentences = sentencesOf(text);
  const asking = sentences.filter(({ isAsking }) => isAsking);
  const focus = asking.length > 0 ? asking : sentences;
  const asked = queryTerms(focus.map((sentence) => sentence.text).join('\n'), vocabulary);
  const askedStems = new Set(asked.map(({ stem }) => stem));
  const told = queryTerms(text, vocabulary).filter(({ stem }) => !askedStems.has(stem));
  return {
    terms: mostTelling([
      ...asked,
      ...told.map((term) => ({ ...term, weight: term.weight * BACKGROUND_SHARE })),
    ]),
    segments: segmentsOf(text, sentences, focus).map((segment) => correctWords(segment, vocabulary.spelling)),
  };
}

/** The telling words and codes of a text, most telling first. */
export function queryTerms(text: string, vocabulary: QueryVocabulary): QueryTerm[] {
  const codes = identifiersIn(text).filter((code) => vocabulary.passagesWith(code) > 0);
  const byStem = new Map(codes.map((code) => [code, termOf(code, code, vocabulary)]));
  const words = replaceIdentifiers(text, () => ' ');
  for (const written of new Set([...wordsOf(words), ...phraseMeanings(words)])) {
    if (isStopWord(written)) continue;
    const word = vocabulary.spelling.correct(written) ?? written;
    const stem = stemOf(word);
    if (byStem.has(stem) || isStopWord(word)) continue;
    byStem.set(stem, termOf(word, stem, vocabulary));
  }
  return mostTelling([...byStem.values()]);
}

/** A word no article holds comes last, however rare it is. */
function mostTelling(terms: QueryTerm[]): QueryTerm[] {
  return terms
    .sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || b.weight - a.weight)
    .slice(0, MAX_TERMS);
}

function termOf(word: string, stem: string, vocabulary: QueryVocabulary): QueryTerm {
  const { passagesWith } = vocabulary;
  const found = passagesWith(stem);
  return {
    word,
    stem,
    weight: rarityOf(stem, vocabulary),
    isKnown: found > 0,
    alternatives: synonymsOf(stem)
      .map((synonym) => ({ word: synonym, stem: stemOf(synonym) }))
      .filter((synonym) => passagesWith(synonym.stem) > 0),
  };
}

/** How much a stem tells in these articles; see {@link rarity}. */
export function rarityOf(stem: string, { passages, passagesWith }: QueryVocabulary): number {
  const found = passagesWith(stem);
  return rarity(found > 0 ? found : passages * UNKNOWN_SHARE, passages);
}

/** The probabilistic weight of BM25 (Robertson and Sparck Jones) of a word that `found` of `passages` hold. */
function rarity(found: number, passages: number): number {
  return Math.log(1 + (passages - found + 0.5) / (found + 0.5));
}

/** An error code is in the articles; the number of an order is not, and would only blur what is embedded. */
function withoutCaseDetails(text: string, { passagesWith }: QueryVocabulary): string {
  return replaceIdentifiers(text.replace(ADDRESSES, ' '), (code) =>
    passagesWith(identifierOf(code)) > 0 ? code : ' ',
  );
}

function segmentsOf(
  text: string,
  sentences: readonly MessageSentence[],
  focus: readonly MessageSentence[],
): string[] {
  const whole = sentences.map((sentence) => sentence.text).join(' ');
  if (whole === '') return [text.trim()].filter((rest) => rest !== '');
  if (sentences.length === 1) return [whole];
  return [whole, ...focus.slice(-MAX_SEGMENTS).map((sentence) => sentence.text)];
}

function correctWords(sentence: string, spelling: Spelling): string {
  return sentence.replace(/\p{L}+/gu, (word) => {
    const lower = word.toLowerCase();
    return isStopWord(lower) ? word : (spelling.correct(lower) ?? word);
  });
}
