import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

import { CARD, findIbans, isCard } from '../../../../shared/personal-data/account-numbers.js';
import { DIALLED, EMAIL, NORTH_AMERICAN } from '../../../../shared/personal-data/contact-patterns.js';
import { finderOf } from '../../../../shared/personal-data/found.js';
import type { EntityFinder, FoundEntity } from './found-entity.js';

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

/** The library takes a moment for each; a message with more numbers is a pasted list. */
const MAX_CANDIDATES = 10;

/** Groups of a bank account or a card can look like a phone number. */
const findCards = finderOf('card', CARD, isCard);

/** Phone numbers that can exist, in E.164 form. Numbers without a country code are read as the team's country. */
export function createPhoneFinder(timezone: string): EntityFinder {
  const home = countryOfZone[timezone];
  const find = (text: string, pattern: RegExp, country: CountryCode | undefined): FoundEntity[] =>
    Array.from(text.matchAll(pattern))
      .slice(0, MAX_CANDIDATES)
      .flatMap((match) => {
        // "0049 30 ..." is dialled from most countries; the library wants the plus.
        const written = match[0].replace(/^00(?=[1-9])/u, '+');
        const number = parsePhoneNumberFromString(written, country ? { defaultCountry: country } : {});
        const end = match.index + match[0].length;
        return number?.isValid()
          ? [{ kind: 'phone' as const, value: number.number, start: match.index, end }]
          : [];
      });
  return (text) => {
    const found = [...find(text, DIALLED, home), ...find(text, NORTH_AMERICAN, home === 'CA' ? 'CA' : 'US')];
    const accounts = found.length > 0 ? [...findIbans(text), ...findCards(text)] : [];
    return found.filter(({ start, end }) => !accounts.some((one) => one.start < end && start < one.end));
  };
}
