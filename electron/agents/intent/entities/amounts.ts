import type { EntityFinder } from './found-entity.js';

const currencies: Readonly<Record<string, string>> = {
  '\u20ac': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '\u00a3': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  chf: 'CHF',
  franc: 'CHF',
  francs: 'CHF',
  nok: 'NOK',
  sek: 'SEK',
  dkk: 'DKK',
  kr: 'kr',
  pln: 'PLN',
  zl: 'PLN',
};

const NUMBER = String.raw`\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?`;
const SIGN = String.raw`[\u20ac\u00a3$]`;
const UNIT = String.raw`[\u20ac\u00a3$]|(?:eur(?:os?)?|gbp|pounds?|quid|usd|dollars?|bucks|chf|francs?|nok|sek|dkk|kr|pln|zl)(?![\p{L}\p{N}])`;
const AMOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?:(?<before>${SIGN}|(?:eur|gbp|usd|chf)(?=\\s?\\d))\\s?(?<first>${NUMBER})(?![\\p{N}])|(?<second>${NUMBER})(?:,-)?\\s?(?<after>${UNIT}))`,
  'giu',
);

/** Amounts of money with their currency; the value is like `1234.50 EUR`. A kroner amount is in the team's currency when that is one. */
export function createAmountFinder(teamCurrency: string): EntityFinder {
  return (text) =>
    Array.from(text.matchAll(AMOUNT), (match) => {
      const { before, first, second, after } = match.groups ?? {};
      const unit = currencies[(before ?? after ?? '').toLowerCase()] ?? teamCurrency;
      const currency = unit === 'kr' ? kroner(teamCurrency) : unit;
      return {
        kind: 'amount' as const,
        value: `${numberOf(first ?? second ?? '0').toFixed(2)} ${currency}`,
        start: match.index,
        end: match.index + match[0].length,
      };
    });
}

function kroner(teamCurrency: string): string {
  return ['NOK', 'SEK', 'DKK'].includes(teamCurrency) ? teamCurrency : 'NOK';
}

/** `1.234,50`, `1,234.50`, `64,5` and `1 234`: the last separator is the decimal one unless three digits follow it. */
function numberOf(written: string): number {
  const decimal = /[.,](?<cents>\d{1,2})$/u.exec(written);
  const whole = (decimal ? written.slice(0, decimal.index) : written).replace(/\D/gu, '');
  return Number(`${whole}.${decimal?.groups?.['cents'] ?? '0'}`);
}
