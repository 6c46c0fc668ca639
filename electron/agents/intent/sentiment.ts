import type { Sentiment } from '../../../shared/domain/intent.js';
import { sentencesOf } from '../text/sentences.js';
import type { MoodShares } from './mood/mood-by-meaning.js';
import { moodPhrases } from './mood/mood-phrases.js';
import { scoreWords } from './mood/word-scores.js';
import { blank, spansOf, tidy } from '../text/text-spans.js';

export interface Mood {
  readonly sentiment: Sentiment;
  /** Below zero unhappy, above it pleased; what words and phrases add up to (each -5 to 5). */
  readonly score: number;
  /** How angry, 0 to 1; a team's policy may hand over from a limit on. */
  readonly anger: number;
  /** The words and signs that decided, as written. */
  readonly words: readonly string[];
}

/** Anger from which a turn counts as angry: two points. */
const ANGRY_FROM = 0.5;
/** Points that halve what is missing to 1: two points are 0.5, four 0.75. */
const HALVING_POINTS = 2;
const NEGATIVE_FROM = -1.2;
const POSITIVE_FROM = 1.8;
/** Capitals without a cross word: a key was stuck, or the customer always writes so. */
const QUIET_SHOUT = 0.5;
const MAX_WORDS = 8;
const MAX_CHARACTERS = 4000;

const EXCLAMATIONS = /!{2,}|\?{3,}|\?!|!\?/gu;
/** Links, codes and held-down keys. */
const NO_WORD = /[^\s]{40,}/gu;
const SHOUTED = /\b\p{Lu}{2,}\b/gu;
/** "Good morning" praises nothing. */
const GREETING = /\bgood (?:morning|afternoon|evening|day)\b/giu;
/** "Not a fan of": praise turned round (VADER: -0.74). */
const DENIED = /\b(?:not|n't|never|no|hardly|isn't|wasn't|don't|didn't|doesn't|can't) (?:[\p{L}']+ ){0,2}$/iu;
const DENIED_SHARE = 0.74;
const LOOKED_BACK = 30;
/** "NO I WILL NOT": no stuck key. */
const REFUSED = /\b(?:NO|STOP)\b.{0,40}\b(?:NOT|NEVER|NO MORE)\b/u;
/** An errand: thanks beside it are a courtesy. */
const ERRAND =
  /\?|\b(?:please|pls|could you|can you|would you|can i|could i|i (?:want|need|would like|wish)|i'd like|how (?:do|can|long|much)|when (?:will|do|can)|where (?:is|are))\b/iu;
/** Abbreviations, codes and sizes are written in capitals without anger. */
const CODE =
  /^(?:[A-Z]{2,3}|HTTPS?|ASAP|IBAN|GDPR|PAYPAL|VISA|EURO?|SEPA|WELCOME|HELLO|THANKS?|PLEASE|THX)$/u;
const LOUD_SHORT = /^(?:NOW|NOT|NO|DO|ME|MY|IS|WHY|ONE|YOU|ALL)$/u;

/** What a mood found in the words is worth beside its share by meaning (0 to 1). */
const POLAR_WORDS = 0.6;
const CALM_WORDS = 0.15;

/**
 * How the customer is: word scores, turns of phrase and how it is written, together with what the sentence means where that is known.
 *
 * Anger goes by the words alone, so that a policy can say why: strong phrases 2 points, sharp ones 1, shouting 0.5 to 2 (least when nothing else
 * is cross), repeated marks 1, a turn angrier than the one before 1; joy cancels them. `text` is the newest turn, `earlier` the turn before
 * it. English only; irony is mostly read as it is written.
 */
export function readMood(text: string, earlier = '', meaning: MoodShares | null = null): Mood {
  const now = moodOf(text);
  const before = earlier === '' ? 0 : moodOf(earlier).points;
  const points = now.points > 0 && before > 0 && now.points > before ? now.points + 1 : now.points;
  const anger = Math.round((1 - 2 ** (-points / HALVING_POINTS)) * 100) / 100;
  const { score } = now;
  const words = now.words.slice(0, MAX_WORDS);
  if (anger >= ANGRY_FROM) return { sentiment: 'angry', score, anger, words };
  const byWords =
    points >= 1 || score <= NEGATIVE_FROM ? 'negative' : score >= POSITIVE_FROM ? 'positive' : 'neutral';
  const sentiment = withMeaning(byWords, meaning);
  return { sentiment, score, anger, words: sentiment === 'neutral' ? [] : words };
}

function withMeaning(byWords: keyof MoodShares, meaning: MoodShares | null): keyof MoodShares {
  if (!meaning) return byWords;
  const worth = byWords === 'neutral' ? CALM_WORDS : POLAR_WORDS;
  const totals = { ...meaning, [byWords]: meaning[byWords] + worth };
  return (['neutral', 'negative', 'positive'] as const).reduce((best, mood) =>
    totals[mood] > totals[best] ? mood : best,
  );
}

interface Reading {
  readonly points: number;
  readonly score: number;
  readonly words: string[];
}

function moodOf(text: string): Reading {
  const plain = tidy(text.slice(0, MAX_CHARACTERS).replaceAll('\u2019', "'"))
    .replace(NO_WORD, ' ')
    .replace(GREETING, ' ');
  const said = readPhrases(plain);
  const shout = readShouting(plain);
  let { score } = said;
  const words = new Set(said.words);
  // What a phrase said is not counted again word by word.
  for (const sentence of sentencesOf(said.rest)) {
    for (const found of scoreWords(sentence.text, { isShouted: shout.isShouted, isErrand: said.isErrand })) {
      score += found.score;
      if (Math.abs(found.score) >= 2) words.add(found.word);
    }
  }
  let points =
    said.points +
    (shout.isShouted && said.points === 0 && score >= 0 && !REFUSED.test(plain) ? QUIET_SHOUT : shout.points);
  for (const word of shout.words) words.add(word);
  const exclaimed = plain.match(EXCLAMATIONS)?.[0];
  // Joy is written with exclamation marks too.
  if (exclaimed !== undefined && score <= 0) {
    points += 1;
    words.add(exclaimed.slice(0, 5));
  }
  return { points: score >= 3 ? 0 : points, score, words: [...words] };
}

function readPhrases(plain: string): Reading & { readonly rest: string; readonly isErrand: boolean } {
  const isErrand = ERRAND.test(plain);
  const words: string[] = [];
  let points = 0;
  let score = 0;
  let rest = plain;
  for (const phrase of moodPhrases) {
    const spans = spansOf(rest, phrase.pattern);
    for (const { start, end } of spans) {
      const said = rest.slice(start, end);
      const isThanks = phrase.score > 0 && /^(?:thank|many thanks|much|appreciate)/iu.test(said);
      if (isThanks && isErrand) continue;
      words.push(said);
      points += phrase.anger;
      const isDenied = phrase.score > 0 && DENIED.test(rest.slice(Math.max(0, start - LOOKED_BACK), start));
      score += isDenied ? -phrase.score * DENIED_SHARE : phrase.score;
    }
    rest = blank(rest, spans);
  }
  return { points, score, words, rest, isErrand };
}

function readShouting(plain: string): { points: number; isShouted: boolean; words: string[] } {
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const capitals = plain.match(/\p{Lu}/gu)?.length ?? 0;
  const words = (plain.match(SHOUTED) ?? []).filter((word) => LOUD_SHORT.test(word) || !CODE.test(word));
  const loud = words.filter((word) => word.length >= 3);
  const isShouted = letters >= 12 && capitals > letters * 0.6;
  if (isShouted) return { points: 2, isShouted, words: loud.slice(0, 3) };
  return { points: loud.length >= 3 ? 1 : loud.length > 0 ? 0.5 : 0, isShouted, words: loud.slice(0, 3) };
}
