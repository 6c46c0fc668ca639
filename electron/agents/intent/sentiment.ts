import analyseSentiment from 'wink-sentiment';

import type { Sentiment } from '../../../shared/domain/intent.js';
import { sentencesOf } from '../text/sentences.js';
import { tidy } from './text-spans.js';

export interface Mood {
  readonly sentiment: Sentiment;
  /** Above {@link ANGER_LIMIT} a human takes over, whether or not the team's words were used. */
  readonly anger: number;
  /** The words and signs that decided, as written. */
  readonly words: readonly string[];
}

/** Anger points from which the team should hear of it without a phrase of its policy. */
export const ANGER_LIMIT = 4;
const ANGRY_FROM = 2;
const MAX_WORDS = 8;

/** Words that name a problem or an errand of a shop, and courtesies: they say nothing about the mood. */
const ERRANDS = new Set(
  (
    'cancel cancelled canceled cancelling lost missing wrong error errors problem problems failed fail fails failure charge charged charges broken ' +
    'damaged damage defect defective stuck delay delayed delays late stop stopped stopping pay paid block blocked expired refused rejected ' +
    'debt dispute fire burn burned crack cracked leak leaking stain scratch dirty torn no not please pls thanks thank thx ' +
    'dear kind kindly regards best greetings hello hope help helped like want wish free sure yes ok okay support care protect chance ' +
    'alone away drop dropped cut cutting forgot forget forgotten mistake hard difficult demand apply join matter matters true ' +
    'interest interested fit active share shared warm warmth safe secure natural fresh clear clearly clean solve solved ' +
    'gift present win apologies sorry unsubscribe limited ensure growing straight top warning unused poor sharp dead die died ' +
    'work works worked working withdrawal withdrawals saved saving welcome love swift swiftly won unable unsuccessful unsuccessfully excluded accident ' +
    'accidentally spam supported better worries approved important successfully successful enjoy top cool loyal popular ' +
    'miss missed wait waiting risk sick ill hurt pain pressure steal stolen trap noisy smart value worth nuts'
  ).split(' '),
);
const INSULTS =
  /\b(?:idiots?|morons?|incompetent|scam(?:mers?)?|thie(?:f|ves)|liars?|crooks?|clowns?|pathetic|useless|rubbish|garbage|crap|bullshit|shit(?:ty)?|fuck\w*|damn|wtf|disgusting|disgrace(?:ful)?|ridiculous|unacceptable|outrageous|appalling|furious|livid|fuming|disgusted|joke of a|shame on you|rip[- ]?off)\b/giu;
const EXCLAMATIONS = /!{2,}|\?{3,}|\?!|!\?/gu;
/** Links, codes and held-down keys. */
const NO_WORD = /[^\s]{40,}/gu;
const SHOUTED = /\b\p{Lu}{4,}\b/gu;
/** "Good morning" praises nothing. */
const GREETING = /\bgood (?:morning|afternoon|evening|day)\b/giu;
/** Abbreviations and codes are written in capitals without anger. */
const CODES = new Set([
  'HTTP',
  'HTTPS',
  'ASAP',
  'IBAN',
  'GDPR',
  'PAYPAL',
  'VISA',
  'EURO',
  'SEPA',
  'WELCOME',
  'HELLO',
  'THANKS',
  'PLEASE',
]);

/**
 * How the customer is, from word scores and from how it is written.
 *
 * Anger counts insults and strong words (1 each), shouted words (1, or 2 when most is shouted), repeated exclamation marks (1) and a turn that is
 * angrier than the one before (1). `text` is the newest turn, `earlier` the turn before it.
 */
export function readMood(text: string, earlier = ''): Mood {
  const now = moodOf(text);
  const before = earlier === '' ? 0 : moodOf(earlier).points;
  const anger = now.points > 0 && before > 0 && now.points > before ? now.points + 1 : now.points;
  const words = now.words.slice(0, MAX_WORDS);
  if (anger >= ANGRY_FROM) return { sentiment: 'angry', anger, words };
  if (now.score <= -2 || anger >= 1) return { sentiment: 'negative', anger, words };
  if (now.score >= 3) return { sentiment: 'positive', anger, words };
  return { sentiment: 'neutral', anger, words: [] };
}

function moodOf(text: string): { points: number; score: number; words: string[] } {
  const plain = tidy(text).replace(NO_WORD, ' ').replace(GREETING, ' ');
  const words = new Set<string>();
  let points = 0;
  let score = 0;
  for (const sentence of sentencesOf(plain)) {
    for (const { value, score: wordScore = 0 } of analyseSentiment(sentence.text).tokenizedPhrase) {
      if (wordScore === 0 || ERRANDS.has(value.toLowerCase())) continue;
      score += wordScore;
      if (Math.abs(wordScore) >= 2) words.add(value);
    }
  }
  for (const [insult] of plain.matchAll(INSULTS)) {
    points += 1;
    words.add(insult);
  }
  const shouted = (plain.match(SHOUTED) ?? []).filter((word) => !CODES.has(word));
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const capitals = plain.match(/\p{Lu}/gu)?.length ?? 0;
  if (letters >= 20 && capitals > letters * 0.6) points += 2;
  else if (shouted.length >= 1) points += shouted.length >= 3 ? 1 : 0.5;
  for (const word of shouted.slice(0, 3)) words.add(word);
  const exclaimed = plain.match(EXCLAMATIONS)?.[0];
  // Joy is written with exclamation marks too.
  if (exclaimed && score <= 0) {
    points += 1;
    words.add(exclaimed.slice(0, 5));
  }
  return { points: score >= 3 ? 0 : points, score, words: [...words] };
}
