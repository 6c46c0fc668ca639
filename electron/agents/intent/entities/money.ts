/** Signs, codes and words of currencies in lower case, by ISO 4217 code; `kr` stands for the team's crown. */
const spellings: Readonly<Record<string, string>> = {
  EUR: '\u20ac eur euro euros',
  GBP: '\u00a3 gbp pound pounds quid sterling',
  USD: '$ us$ usd dollar dollars buck bucks',
  CHF: 'chf franc francs franken sfr fr.',
  NOK: 'nok',
  SEK: 'sek',
  DKK: 'dkk',
  kr: 'kr kr. krone kroner kronor',
  PLN: 'pln zl z\u0142 z\u0142oty zloty zlotys',
  CZK: 'czk k\u010d',
  HUF: 'huf forint',
  RON: 'ron lei',
  TRY: 'try \u20ba lira liras tl',
  INR: 'inr \u20b9 rs rs. rupee rupees',
  JPY: 'jpy \u00a5 yen',
  CNY: 'cny rmb yuan',
  KRW: 'krw \u20a9',
  AUD: 'aud a$ au$',
  CAD: 'cad c$ ca$',
  NZD: 'nzd nz$',
  BRL: 'brl r$ reais',
  MXN: 'mxn mx$ pesos',
  ZAR: 'zar',
  SGD: 'sgd s$',
  HKD: 'hkd hk$',
};

const codeOf = new Map(
  Object.entries(spellings).flatMap(([code, words]) => words.split(' ').map((word) => [word, code] as const)),
);

/** The code of a currency as written, in any case; `kr` for a crown that may be Norwegian, Swedish or Danish; null for none. */
export function currencyOf(written: string): string | null {
  return codeOf.get(written.toLowerCase()) ?? null;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const longestFirst = [...codeOf.keys()].sort((a, b) => b.length - a.length);
const isSign = (word: string): boolean => !/^\p{L}+\.?$/u.test(word);
/** Expression sources: signs (which need no space), and signs, codes and words. */
export const SIGN_SOURCE = longestFirst.filter(isSign).map(escape).join('|');
export const WORD_SOURCE = longestFirst
  .filter((word) => !isSign(word))
  .map(escape)
  .join('|');

const small: Readonly<Record<string, number>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const tens: Readonly<Record<string, number>> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, at) => [word, (at + 2) * 10]),
);
const NUMBER_WORD = [...Object.keys(small), ...Object.keys(tens), 'hundred', 'thousand'].join('|');
/** Source of a number in English words, at most eight of them. */
export const NUMBER_WORDS_SOURCE = `(?:an?\\s+(?:hundred|thousand)|${NUMBER_WORD})(?:(?:\\s+and\\s+|\\s+|-)(?:${NUMBER_WORD})){0,7}`;

/** "Seven hundred and fifty" as 750. */
export function numberOfWords(written: string): number {
  let total = 0;
  let group = 0;
  for (const word of written.toLowerCase().split(/[\s-]+/u)) {
    if (word === 'a' || word === 'an') group = 1;
    else if (word === 'hundred') group = Math.max(1, group) * 100;
    else if (word === 'thousand') {
      total += Math.max(1, group) * 1000;
      group = 0;
    } else group += small[word] ?? tens[word] ?? 0;
  }
  return total + group;
}

/** `1.234,50`, `1,234.50`, `64,5`, `1 234`, `1'234.50`: the last separator is the decimal one unless three digits follow it. */
export function numberOfDigits(written: string): number {
  const decimal = /[.,](?<cents>\d{1,2})$/u.exec(written);
  const whole = (decimal ? written.slice(0, decimal.index) : written).replace(/\D/gu, '');
  return Number(`${whole}.${decimal?.groups?.['cents'] ?? '0'}`);
}
