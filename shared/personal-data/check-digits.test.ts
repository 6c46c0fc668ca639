import fc from 'fast-check';
import isCreditCard from 'validator/lib/isCreditCard.js';
import isIBAN from 'validator/lib/isIBAN.js';
import isIdentityCard from 'validator/lib/isIdentityCard.js';
import isTaxID from 'validator/lib/isTaxID.js';
import { describe, expect, it } from 'vitest';

import { findIbans, passesLuhn, passesMod97 } from './account-numbers.js';
import { isDutchBsn, isFrenchNir, isGermanTaxId, isSpanishDni } from './national-ids.js';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const RUNS = { numRuns: 3000 };

/** The package's default export comes as a namespace where modules are checked by Node's rules. */
const validator = { isCreditCard, isIBAN, isIdentityCard, isTaxID } as unknown as {
  isCreditCard: (text: string) => boolean;
  isIBAN: (text: string) => boolean;
  isIdentityCard: (text: string, country: string) => boolean;
  isTaxID: (text: string, locale: string) => boolean;
};

// Catches a check that lets every eleventh number through, or refuses a real one.
describe('Check digits agree with those of validator', () => {
  it('for German tax ids', () => {
    fc.assert(
      fc.property(digits(11), (number) => {
        // validator also counts how often a digit comes, which old ids do not keep to.
        if (validator.isTaxID(number, 'de-DE')) expect(isGermanTaxId(number)).toBe(true);
        if (!isGermanTaxId(number)) expect(validator.isTaxID(number, 'de-DE')).toBe(false);
      }),
      RUNS,
    );
    expect(isGermanTaxId('86095742719')).toBe(true);
    expect(isGermanTaxId('86095742718')).toBe(false);
  });

  it('for Dutch citizen service numbers', () => {
    fc.assert(
      fc.property(digits(9), (number) => {
        expect(isDutchBsn(number)).toBe(validator.isTaxID(number, 'nl-NL') && Number(number) !== 0);
      }),
      RUNS,
    );
  });

  it('for Spanish DNI and NIE', () => {
    const letter = fc.constantFrom(...'TRWAGMYFPDXBNJZSQVHLCKE');
    fc.assert(
      fc.property(fc.constantFrom('', 'X', 'Y', 'Z'), digits(8), letter, (prefix, number, last) => {
        const written = `${prefix}${prefix === '' ? number : number.slice(1)}${last}`;
        expect(isSpanishDni(written)).toBe(validator.isIdentityCard(written, 'ES'));
      }),
      RUNS,
    );
  });

  it('for IBANs and cards', () => {
    fc.assert(
      fc.property(digits(20), (number) => {
        const german = `DE${number}`;
        expect(passesMod97(german)).toBe(validator.isIBAN(german));
        const card = `4${number.slice(0, 15)}`;
        expect(passesLuhn(card)).toBe(validator.isCreditCard(card));
      }),
      RUNS,
    );
  });

  it('and French social security numbers keep their key', () => {
    fc.assert(
      fc.property(digits(12), (number) => {
        const body = `1${number}`;
        const key = String(97n - (BigInt(body) % 97n)).padStart(2, '0');
        expect(isFrenchNir(`${body}${key}`)).toBe(/^1\d{4}\d{2}/u.test(body));
        expect(isFrenchNir(`${body}${key === '01' ? '02' : '01'}`)).toBe(false);
      }),
      RUNS,
    );
  });
});

it('finds IBANs that stand side by side, in any grouping, without the words behind them', () => {
  const text =
    'Use DE89370400440532013000 or gb82 west 1234 5698 7654 32 please, not DE89370400440532013001.';
  expect(findIbans(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'DE89370400440532013000',
    'gb82 west 1234 5698 7654 32',
  ]);
});
