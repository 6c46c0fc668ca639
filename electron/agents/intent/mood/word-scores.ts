import afinn from 'wink-sentiment/src/afinn-en-165.js';

/** One word that weighs, as written, with what is left of its weight after its neighbours had their say. */
export interface WordScore {
  readonly word: string;
  readonly score: number;
}

/** How the text around a sentence is. */
export interface SentenceTone {
  /** Capitals mean nothing where all is in capitals. */
  readonly isShouted: boolean;
  /** It asks for something, so that kind words are mostly courtesy. */
  readonly isErrand: boolean;
}

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
    'work works worked working withdrawal withdrawals saved saving welcome swift swiftly won unable unsuccessful unsuccessfully excluded accident ' +
    'accidentally spam supported better worries approved important successfully successful enjoy loyal popular ' +
    'miss missed wait waiting risk sick ill hurt pain pressure steal stolen trap noisy smart value worth nuts refund fine ' +
    'trust increase decrease reach block mistaken confirm agree accept accepted allow leave left lack low progress clarity resolve resolved resolving determined loose refuse suspicious strange weird trapped ' +
    'denied deny gained granted solution exclusive fair reward rewarded certain desperate desperately funny quality hopes hoping hopefully hoped promise promised promises early big trouble fraudulent stole unsupported suspect emergency appropriate greatest cleared smooth positive revive helping access'
  ).split(' '),
);
/** "I would love to know": an errand with a courtesy. */
const WISHED = /^(?:love|like|appreciate)$/u;
const WISHING = new Set(['would', "i'd", "we'd", 'id']);
const NEGATIONS = new Set(
  "not no never nothing nobody none neither nor without hardly barely cannot can't cant don't dont doesn't doesnt didn't didnt isn't isnt wasn't wasnt won't wont wouldn't wouldnt aren't arent haven't havent couldn't couldnt ain't aint".split(
    ' ',
  ),
);
/** Between a negation and its word at most two others stand: "not a very good". */
const NEGATION_REACH = 3;
const NEGATED = -0.74;
const STRONGER = new Set(
  'very really so extremely incredibly absolutely totally completely super truly such too utterly highly deeply beyond most'.split(
    ' ',
  ),
);
const WEAKER = new Set('slightly somewhat kinda bit little partly fairly rather almost'.split(' '));
/** What an intensifier adds or takes, of a scale of 5; capitals do the same (VADER: .293 and .733 of 4). */
const BOOST = 0.4;
const CAPITALS = 0.9;
/** What is left of a kind word beside a request. */
const ERRAND_SHARE = 0.5;
const WORD = /\p{L}[\p{L}'\u2019-]*|:-?\)|:-?\(|[\u{1F600}-\u{1F64F}\u2764\u{1F44D}\u{1F44E}]/gu;
const SIGNS: Readonly<Record<string, number>> = {
  ':)': 2,
  ':-)': 2,
  ':(': -2,
  ':-(': -2,
  '\u{1F44E}': -2,
  '\u2764': 3,
};

/**
 * Scores the words of one sentence by AFINN-165 (F. \u00c5. Nielsen, 2011; -5 to 5; from wink-sentiment) with the rules of VADER (Hutto and Gilbert,
 * 2014) for negation, intensifiers, capitals and "but". Words that only name a problem score nothing.
 */
export function scoreWords(sentence: string, { isShouted, isErrand }: SentenceTone): WordScore[] {
  const written = sentence.match(WORD) ?? [];
  const words = written.map((word) => word.toLowerCase().replaceAll('\u2019', "'"));
  const but = words.lastIndexOf('but');
  return words.flatMap((word, at) => {
    const base = baseScore(word, words, at);
    if (base === 0) return [];
    const own = written[at] ?? word;
    let score = base;
    const sign = Math.sign(base);
    const before = words[at - 1] ?? '';
    if (STRONGER.has(before)) score += sign * BOOST;
    if (WEAKER.has(before)) score -= sign * BOOST;
    if (!isShouted && own.length > 2 && own === own.toUpperCase() && /\p{Lu}/u.test(own))
      score += sign * CAPITALS;
    const isNegated = words.slice(Math.max(0, at - NEGATION_REACH), at).some((other) => NEGATIONS.has(other));
    if (isNegated) score *= NEGATED;
    if (but !== -1) score *= at < but ? 0.5 : 1.5;
    if (isErrand && score > 0) score *= ERRAND_SHARE;
    return [{ word: own, score }];
  });
}

function baseScore(word: string, words: readonly string[], at: number): number {
  const sign = SIGNS[word];
  if (sign !== undefined) return sign;
  if (ERRANDS.has(word)) return 0;
  if (words[at - 1] === 'be' && words[at - 2] === 'would') return 0;
  if (WISHED.test(word) && (WISHING.has(words[at - 1] ?? '') || words[at + 1] === 'to')) return 0;
  return Object.hasOwn(afinn, word) ? (afinn[word] ?? 0) : 0;
}
