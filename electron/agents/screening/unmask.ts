/** Letters of other scripts that look like Latin ones (the confusables of UTS 39 that attacks use). */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...pairs(
    '\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u0475\u043a\u043c\u0442\u0432\u043d\u0433',
    'aeopcyxijsdqwhvkmtbhr',
  ),
  ...pairs(
    '\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405',
    'ABEKMHOPCTXYIJS',
  ),
  ...pairs('\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3', 'aeikvoptuxy'),
  ...pairs(
    '\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7',
    'ABEZHIKMNOPTYX',
  ),
  ...pairs(
    '\u0131\u0251\u0261\u0269\u026a\u0274\u0280\u1d00\u1d04\u1d07\u1d0f\u1d18\u1d1b\u1d1c\ua731\u029f\u1d05\u0262\u029c\u1d0d\u1d20',
    'iagiinraceoptusldghmv',
  ),
};
const LEET: Readonly<Record<string, string>> = pairs('0134578@$!|+', 'oieasTbasilt'.toLowerCase());
/** What attacks misspell so that a list of words does not know it; models read on over it. */
const TERMS = [
  'ignore',
  'disregard',
  'forget',
  'previous',
  'instructions',
  'instruction',
  'system',
  'prompt',
  'reveal',
  'override',
  'bypass',
  'guidelines',
  'restrictions',
  'refund',
];
const TERMS_BY_LETTER = new Map(
  [...new Set(TERMS.map((term) => term.slice(0, 1)))].map((letter) => [
    letter,
    TERMS.filter((term) => term.startsWith(letter)),
  ]),
);
/** Order words without any space, for text whose spaces mean nothing. */
const RUN_TOGETHER =
  /(?:ignore|disregard|forget|override|bypass)(?:all|any|every|your|the|my|of)*(?:previous|prior|above|earlier|system|safety|former)*(?:instructions?|rules?|prompts?|guidelines?|policies)|systemprompt|youarenow(?:in|an?|the|dan|admin|free)|(?:reveal|print|show|repeat)(?:me)?(?:your|the)(?:system|hidden|secret|initial)?(?:prompt|instructions)/iu;
const SPACED = /(?<![a-z\d])(?:[a-z][ .\-_*|/\u00b7]{1,2}){5,}[a-z](?![a-z\d])/i;
/** Signs between words that no sentence needs, or a comma after each word. */
const UNUSUAL =
  /[a-z][/|~*_+=<>#^\\`]+[a-z]|(?:[a-z]+\s*[/|~*_+=<>#^\\`]+\s*){4}|[a-z][-.][a-z]+[-.][a-z]|(?:[a-z]+,\s*){4}|[a-z]{2}[-.][a-z]{2}/i;
const DIGIT_IN_WORD = /[a-z][\d@$!|+]+[a-z]|(?<![a-z\d])[0134578@$][a-z]{2}/i;
const SPLIT_WORD = /(?<=\p{L})[-._*~^|\u00b7`+]+(?=\p{L})/gu;

/** What a masked sentence says, or null for a sentence that has no mask this file knows. */
export interface Readings {
  readonly texts: readonly string[];
  /** True where letters that were set apart spell an order when they are run together. */
  readonly isRunTogether: boolean;
}

/**
 * Other ways to read a sentence that a model may read as well: lookalike letters and accents folded, digits as letters, set-apart letters
 * together, scrambled or misspelt order words put right. Only readings that differ from the sentence.
 */
export function unmask(sentence: string): Readings {
  const folded = isPlain(sentence) ? sentence : foldLetters(sentence);
  const isSpaced = SPACED.test(folded);
  const readings = [
    folded,
    ...(DIGIT_IN_WORD.test(folded)
      ? [readDigits(folded, LEET), readDigits(folded, { ...LEET, '1': 'l' })]
      : []),
    ...(UNUSUAL.test(folded)
      ? [folded.replace(SPLIT_WORD, ''), folded.replace(/[^\p{L}\p{N}\s']+/gu, ' ').replace(/\s+/gu, ' ')]
      : []),
    ...(isSpaced ? [joinLetters(folded).replace(/\s+/gu, ' ')] : []),
    correctTerms(folded),
  ];
  const texts = [...new Set(readings)].filter((text) => text !== sentence);
  return { texts, isRunTogether: isSpaced && RUN_TOGETHER.test(folded.replace(/[^\p{L}]/gu, '')) };
}

function isPlain(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}

function pairs(from: string, to: string): Record<string, string> {
  const letters = [...to];
  return Object.fromEntries([...from].map((letter, at) => [letter, letters[at] ?? letter]));
}

function foldLetters(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('\u2019', "'");
  return plain.replace(/[^\u0000-\u007f]/gu, (letter) => LOOKALIKES[letter] ?? letter); // eslint-disable-line no-control-regex -- all but ASCII
}

/** Digits between letters are letters; an order number has none beside it. */
function readDigits(text: string, letters: Readonly<Record<string, string>>): string {
  return text.replace(/\S*\p{L}\S*/gu, (word) =>
    /[\d@$!|+]/u.test(word) && !/\d{4}/u.test(word)
      ? word.replace(/[0134578@$!|+](?!$)|[0134578@$](?=$)/gu, (sign) => letters[sign] ?? sign)
      : word,
  );
}

/** "i g n o r e  a l l": one separator joins, two or more stay a space. */
function joinLetters(text: string): string {
  return text.replace(/(?<=(?<!\p{L})\p{L})[ .\-_*|/\u00b7](?=\p{L}(?!\p{L}))/gu, '');
}

function correctTerms(text: string): string {
  return text.replace(/[a-z]{5,}/gi, (word) => {
    const lower = word.toLowerCase();
    const terms = TERMS_BY_LETTER.get(lower.slice(0, 1)) ?? [];
    if (terms.includes(lower)) return word;
    return terms.find((term) => isScrambled(lower, term) || isOneOff(lower, term)) ?? word;
  });
}

/** Same first and last letter, the others in any order: what people and models read without noticing. */
function isScrambled(word: string, term: string): boolean {
  return (
    word.length === term.length &&
    word.startsWith(term.slice(0, 1)) &&
    word.endsWith(term.slice(-1)) &&
    [...word].sort().join('') === [...term].sort().join('')
  );
}

/** One letter added, lost or changed, the first one being right. */
function isOneOff(word: string, term: string): boolean {
  if (Math.abs(word.length - term.length) > 1 || !word.startsWith(term.slice(0, 1))) return false;
  let start = 0;
  while (start < word.length && word[start] === term[start]) start += 1;
  let end = 0;
  while (end < Math.min(word.length, term.length) - start && word.at(-1 - end) === term.at(-1 - end))
    end += 1;
  return Math.max(word.length, term.length) - start - end <= 1;
}
