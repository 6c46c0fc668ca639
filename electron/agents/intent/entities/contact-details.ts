import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';

import type { EntityFinder } from './found-entity.js';

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}])/gu;

export const findEmails: EntityFinder = (text) =>
  Array.from(text.matchAll(EMAIL), (match) => ({
    kind: 'email',
    value: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Where a team in this time zone is, for numbers without a country code; only zones that lie in one country. */
const countryOfZone: Readonly<Record<string, CountryCode>> = {
  'Europe/Amsterdam': 'NL',
  'Europe/Brussels': 'BE',
  'Europe/Berlin': 'DE',
  'Europe/Paris': 'FR',
  'Europe/London': 'GB',
  'Europe/Dublin': 'IE',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Lisbon': 'PT',
  'Europe/Copenhagen': 'DK',
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Helsinki': 'FI',
  'Europe/Warsaw': 'PL',
  'Europe/Prague': 'CZ',
  'America/New_York': 'US',
  'America/Chicago': 'US',
  'America/Los_Angeles': 'US',
  'America/Toronto': 'CA',
  'Australia/Sydney': 'AU',
};

/** A country's number starts with a plus or a zero, or is long: amounts and order numbers are not. */
const LOOKS_DIALLED = /^(?:\+|00|\(?0)/u;

/** Phone numbers that can exist, in E.164 form. Numbers without a country code are read as the team's country. */
export function createPhoneFinder(timezone: string): EntityFinder {
  const defaultCountry = countryOfZone[timezone];
  return (text) => {
    if (!/\d[\d\s()./-]{6,}\d/u.test(text)) return [];
    const found = findPhoneNumbersInText(text, defaultCountry ? { defaultCountry } : {});
    return found.flatMap(({ number, startsAt, endsAt }) =>
      LOOKS_DIALLED.test(text.slice(startsAt, endsAt))
        ? [{ kind: 'phone' as const, value: number.number, start: startsAt, end: endsAt }]
        : [],
    );
  };
}
