import { stemOf } from './stems.js';
import { wordsOf } from './words.js';

/**
 * Words customers and help articles use for the same thing in English support. General to trading and services; what is
 * special to a team stands in its articles.
 */
const GROUPS = [
  'return | send back | sent back | sending back | bring back | give back',
  'refund | money back | reimburse | reimbursement | repay',
  'exchange | swap | trade in | replace',
  'parcel | package | shipment | delivery | packet',
  'carrier | courier | driver | mailman | postman',
  'late | overdue | delayed | delay',
  'lost | gone | vanished | disappeared',
  'cancel | stop | terminate | unsubscribe | call off',
  'pause | hold | suspend | on hold',
  'skip | leave out',
  'photo | picture | image',
  'damaged | broken | broke | cracked | shattered | in pieces | smashed',
  'faulty | defective | stopped working | does not work',
  'charge | billed | debit | take the money',
  'payment | pay | paid',
  'declined | refused | rejected',
  'invoice | bill',
  'code | voucher | coupon',
  'cheaper | price drop | lower price | price difference',
  'instalment | installment | in parts',
  'warranty | guarantee',
  'login | log in | sign in',
  'password | passcode',
  'two-step | two factor | 2fa | authenticator',
  'delete | remove | erase | close my account',
  'subscription | subscribe | plan',
  'gift | present',
  'clean | wash',
  'track | follow',
  'address | moved',
  'cost | price | how much | fee',
  'email | mail | newsletter',
  'two | 2',
  'three | 3',
  'four | 4',
  'five | 5',
  'six | 6',
  'seven | 7',
];

interface Phrase {
  readonly pattern: RegExp;
  readonly means: string;
}

const { phrases, wordsLike } = readGroups();

/** Words that mean about the same as the one with this stem, without itself. */
export function synonymsOf(stem: string): readonly string[] {
  return wordsLike.get(stem) ?? [];
}

/** Single words for what the phrases of a text say: `send it back` gives `return`. */
export function phraseMeanings(text: string): readonly string[] {
  return phrases.filter(({ pattern }) => pattern.test(text)).map(({ means }) => means);
}

function readGroups(): { phrases: Phrase[]; wordsLike: ReadonlyMap<string, readonly string[]> } {
  const found: Phrase[] = [];
  const like = new Map<string, readonly string[]>();
  for (const group of GROUPS) {
    const members = group.split(' | ');
    const words = members.filter((member) => wordsOf(member).length === 1);
    const [means] = words;
    for (const word of words) {
      const others = words.filter((other) => stemOf(other) !== stemOf(word));
      like.set(stemOf(word), [...(like.get(stemOf(word)) ?? []), ...others]);
    }
    for (const member of members) {
      if (!words.includes(member) && means !== undefined) found.push({ pattern: patternOf(member), means });
    }
  }
  return { phrases: found, wordsLike: like };
}

/** Up to two words may stand inside a phrase: `send the two lamps back` is rarer than `send them back`. */
function patternOf(phrase: string): RegExp {
  const inner = phrase.replaceAll(/[\s-]+/g, '(?:[\\s-]+\\p{L}{1,20}){0,2}[\\s-]+');
  return new RegExp(`(?<!\\p{L})${inner}(?!\\p{L})`, 'iu');
}
