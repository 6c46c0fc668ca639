import { CARD, IBAN, passesLuhn } from './account-numbers.js';
import { addressPatterns } from './address-patterns.js';
import { DIALLED, EMAIL, NORTH_AMERICAN } from './contact-patterns.js';
import { findNames } from './names.js';

/** What takes the place of a piece of personal data. */
type Placeholder = '[email]' | '[iban]' | '[card]' | '[phone]' | '[address]' | '[number]' | '[name]';

const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)/u;
/** Fewer digits are no phone number anywhere. */
const PHONE_DIGITS = 8;
/** From so many digits on a number names one thing: an order, a customer, a parcel. */
const NUMBER_DIGITS = 5;

const digitsIn = (text: string): number => text.replace(/\D/g, '').length;
const always = (placeholder: Placeholder) => (): Placeholder => placeholder;

/** In this order: what is replaced is not looked at again. */
const RULES: readonly (readonly [pattern: RegExp, replace: (found: string) => string])[] = [
  [EMAIL, always('[email]')],
  [IBAN, always('[iban]')],
  [CARD, (found) => (passesLuhn(found) ? '[card]' : '[number]')],
  [DIALLED, (found) => (DATE.test(found) || digitsIn(found) < PHONE_DIGITS ? found : '[phone]')],
  [NORTH_AMERICAN, always('[phone]')],
  ...addressPatterns.map((pattern) => [pattern, always('[address]')] as const),
  [TOKEN, (found) => (digitsIn(found) < NUMBER_DIGITS || DATE.test(found) ? found : '[number]')],
];

/**
 * Makes what replaces personal data in texts that belong together, for example a message and the reply to it: e-mail, bank account,
 * card and phone numbers, postal addresses, numbers of five digits and more (orders, customers, parcels), and the names of people who
 * are greeted, sign or introduce themselves in one of the texts, in all of them. By rules: it takes rather too much than too little,
 * and a name that only stands somewhere in a sentence is not known to it. Dates stay.
 */
export function createRedactor(texts: readonly string[]): (text: string) => string {
  const names = [...new Set(texts.flatMap(findNames))].sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const known = names.length > 0 ? new RegExp(`(?<!\\p{L})(?:${escaped.join('|')})(?!\\p{L})`, 'gu') : null;
  return (text) => {
    const named = known ? text.replace(known, always('[name]')) : text;
    return RULES.reduce((rest, [pattern, replace]) => rest.replace(pattern, replace), named);
  };
}
