import type { Finder, Found } from './found.js';

/** International bank account numbers (ISO 13616), in one piece or in groups of four. */
export const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g;
/** What may be the number of a payment card; {@link passesLuhn} tells. */
export const CARD = /\b(?:\d[ -]?){12,18}\d\b/g;

/** Check digit of card numbers, ISO/IEC 7812-1; spaces and dashes do not count. */
export function passesLuhn(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length >= 13 && sum % 10 === 0;
}

/** Check digits of an IBAN: moved to the end, letters as numbers, the rest of the division by 97 is 1 (ISO 7064 MOD 97-10). */
export function passesMod97(written: string): boolean {
  const number = written.replace(/[\s-]/gu, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(number)) return false;
  let rest = 0;
  for (const sign of number.slice(4) + number.slice(0, 4))
    for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const IBAN_BEGUN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,36}(?![\p{L}\d])/giu;
/** Norway's. */
const SHORTEST_IBAN = 15;
const CALLED_IBAN = /iban[^\n]{0,12}$/iu;

/**
 * Bank account numbers: whatever begins like one and keeps the check, in any grouping, without the words behind it; with the word IBAN before
 * it also one that was typed wrong.
 */
export const findIbans: Finder = (text) => {
  const found: Found[] = [];
  const begun = new RegExp(IBAN_BEGUN);
  for (let match = begun.exec(text); match; match = begun.exec(text)) {
    const start = match.index;
    const end = wholeIban(text, start, start + match[0].length);
    // What stands behind it may be another one.
    begun.lastIndex = end ?? start + 4;
    if (end !== null) found.push({ kind: 'iban', start, end });
  }
  return found;
};

function wholeIban(text: string, start: number, furthest: number): number | null {
  for (let end = furthest; end - start >= SHORTEST_IBAN; end -= 1) {
    const isWhole = !/[\p{L}\d]/u.test(text.charAt(end)) && /[\p{L}\d]/u.test(text.charAt(end - 1));
    if (isWhole && passesMod97(text.slice(start, end))) return end;
  }
  const [strict] = text.slice(start, furthest).match(IBAN) ?? [];
  const isCalled = CALLED_IBAN.test(text.slice(Math.max(0, start - 20), start));
  return strict !== undefined && isCalled ? start + strict.length : null;
}

/** Four groups of four are meant as a card, even where a digit is wrong; so is what keeps the check. */
const GROUPED_CARD = /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/u;
export const isCard = (written: string): boolean => passesLuhn(written) || GROUPED_CARD.test(written.trim());
