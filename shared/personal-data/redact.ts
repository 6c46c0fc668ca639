import type { PersonalKind } from '../domain/personal-data.js';
import type { Detector } from './detect.js';
import { createRuleDetector } from './rule-detector.js';

/** What takes the place of a piece of personal data where nobody needs it back. */
const WORDS: Readonly<Record<PersonalKind, string>> = {
  name: '[name]',
  email: '[email]',
  phone: '[phone]',
  address: '[address]',
  card: '[card]',
  iban: '[iban]',
  account: '[number]',
  national_id: '[id]',
  order: '[number]',
  ip: '[ip]',
  link: '[link]',
  secret: '[secret]',
};

const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)/u;
/** From so many digits on a number names one thing: an order, a customer, a parcel. */
const NUMBER_DIGITS = 5;

/** No team's numbers are known here; all that is long enough is taken for one. */
const anyTeam: Detector = createRuleDetector({ orderPatterns: [] });

/**
 * Makes what replaces personal data in texts that belong together, for example a message and the reply to it, by the rules that also guard what
 * leaves a rep's computer. A name that is met in one of the texts is replaced in all. Besides, any number of five digits and more is (orders,
 * customers, parcels), since here nobody knows how the team writes its own: it takes rather too much than too little. Dates stay.
 */
export function createRedactor(texts: readonly string[]): (text: string) => string {
  const met = anyTeam(texts);
  const known = texts.flatMap((text, at) =>
    (met[at] ?? [])
      .filter(({ kind }) => kind === 'name')
      .map(({ start, end }) => ({ kind: 'name' as const, value: text.slice(start, end) })),
  );
  return (text) => {
    const [finds = []] = anyTeam([text], known);
    let result = '';
    let from = 0;
    for (const { kind, start, end } of finds) {
      result += withoutNumbers(text.slice(from, start)) + WORDS[kind];
      from = end;
    }
    return result + withoutNumbers(text.slice(from));
  };
}

const withoutNumbers = (text: string): string =>
  text.replace(TOKEN, (found) =>
    found.replace(/\D/gu, '').length < NUMBER_DIGITS || DATE.test(found) ? found : '[number]',
  );
