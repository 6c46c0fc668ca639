import type { EntityFinder, FoundEntity } from './found-entity.js';
import {
  currencyOf,
  NUMBER_WORDS_SOURCE,
  numberOfDigits,
  numberOfWords,
  SIGN_SOURCE,
  WORD_SOURCE,
} from './money.js';

const NUMBER = String.raw`(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)`;
const SCALE = String.raw`(?:\s?(?:k|thousand|m(?:io|illion)?))`;
const END = String.raw`(?![\p{L}\p{N}])`;
const UNIT = `(?:${SIGN_SOURCE}|(?:${WORD_SOURCE})${END})`;
const START = String.raw`(?<![\p{L}\p{N}.,$])`;
const BEFORE = new RegExp(
  `${START}(?<unit>${SIGN_SOURCE}|(?:${WORD_SOURCE})(?=\\s?\\d))\\s?(?<number>${NUMBER})(?<scale>${SCALE}${END})?(?:,-|\\.-|:-)?(?!\\p{N}|[.,]\\d)`,
  'giu',
);
const AFTER = new RegExp(
  `${START}(?<number>${NUMBER})(?<scale>${SCALE}(?=\\s?(?:${SIGN_SOURCE}|${WORD_SOURCE})))?(?:,-|\\.-|:-|,--)?\\s?(?:(?:us|canadian|australian|swiss)\\s)?(?<unit>${UNIT})`,
  'giu',
);
const IN_WORDS = new RegExp(
  `${START}(?<number>${NUMBER_WORDS_SOURCE})\\s+(?<unit>${WORD_SOURCE})${END}`,
  'giu',
);
const CENTS = new RegExp(
  `${START}(?<number>\\d{1,2})\\s?(?<unit>cents?|ct|pence|p)(?!\\.?\\s?m\\b)${END}`,
  'giu',
);
const MAX_CANDIDATES = 60;

/**
 * Amounts of money with their currency; the value is like `1234.50 EUR`. Signs and codes go before or after ("$5k", "12,50 EUR", "64,-"),
 * English words count ("fifty euros"). A crown, a cent and a penny are in the team's currency when that has them. Numbers alone are no money.
 */
export function createAmountFinder(teamCurrency: string): EntityFinder {
  const codeOf = (unit: string): string => {
    const code = currencyOf(unit) ?? teamCurrency;
    return code === 'kr' ? crown(teamCurrency) : code;
  };
  const amount = (match: RegExpExecArray, value: number, currency: string): FoundEntity => ({
    kind: 'amount',
    value: `${value.toFixed(2)} ${currency}`,
    start: match.index,
    end: match.index + match[0].length,
  });
  return (text) => {
    const found: FoundEntity[] = [];
    for (const pattern of [BEFORE, AFTER]) {
      for (const match of take(text, pattern)) {
        const { number = '', unit = '', scale = '' } = match.groups ?? {};
        found.push(amount(match, numberOfDigits(number) * scaleOf(scale), codeOf(unit)));
      }
    }
    for (const match of take(text, IN_WORDS))
      found.push(
        amount(match, numberOfWords(match.groups?.['number'] ?? ''), codeOf(match.groups?.['unit'] ?? '')),
      );
    for (const match of take(text, CENTS)) {
      const { number = '0', unit = '' } = match.groups ?? {};
      const isPenny = unit.toLowerCase().startsWith('p');
      // "5 p" may be pages; a penny needs a team that counts in pounds.
      if (unit.toLowerCase() === 'p' && teamCurrency !== 'GBP') continue;
      found.push(amount(match, Number(number) / 100, isPenny ? 'GBP' : teamCurrency));
    }
    return found;
  };
}

function take(text: string, pattern: RegExp): RegExpExecArray[] {
  return Array.from(text.matchAll(pattern)).slice(0, MAX_CANDIDATES);
}

function crown(teamCurrency: string): string {
  return ['NOK', 'SEK', 'DKK'].includes(teamCurrency) ? teamCurrency : 'NOK';
}

function scaleOf(written: string): number {
  const scale = written.trim().toLowerCase();
  if (scale === '') return 1;
  return scale.startsWith('m') ? 1_000_000 : 1000;
}
