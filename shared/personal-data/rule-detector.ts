import { CARD, findIbans, isCard } from './account-numbers.js';
import { addressPatterns } from './address-patterns.js';
import { EMAIL, SPELLED_EMAIL } from './contact-patterns.js';
import { createDetector, type Detector } from './detect.js';
import { finderOf, type Finder } from './found.js';
import { labelledFinders } from './labelled-numbers.js';
import { createNameFinder } from './names/find-names.js';
import { nationalIdFinders } from './national-ids.js';
import { networkFinders } from './network-addresses.js';
import { phoneFinders } from './phone-numbers.js';

export interface DetectorOptions {
  /** Patterns of numbers that name an order, a return or a parcel; regular expression sources. */
  readonly orderPatterns?: readonly string[];
  /** Names that are nobody's: of the company and of what it sells. */
  readonly ownNames?: readonly string[];
}

const FINDERS: readonly Finder[] = [
  finderOf('email', EMAIL),
  finderOf('email', SPELLED_EMAIL),
  findIbans,
  finderOf('card', CARD, isCard),
  ...phoneFinders,
  ...nationalIdFinders,
  ...addressPatterns.map((pattern) => finderOf('address', pattern)),
  ...networkFinders,
  ...labelledFinders,
];

/** The detector by rules: it needs no library and no network, and runs wherever the product does. */
export function createRuleDetector({ orderPatterns = [], ownNames = [] }: DetectorOptions = {}): Detector {
  const orders = orderPatterns.map((source) =>
    finderOf('order', new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu')),
  );
  return createDetector([...FINDERS, ...orders], createNameFinder(ownNames));
}

/**
 * What the first text costs besides, in small steps: expressions are compiled when they are first used, which together takes longer than
 * whoever owns the thread should wait.
 */
export function* warmUpRules(): Generator<undefined> {
  for (const find of [...FINDERS, createNameFinder([])]) {
    find(SAMPLE);
    yield undefined;
  }
}

const SAMPLE =
  'Hello, my name is Ada Lovelace. I told Kiran that order 12345 went to 12 Elm Street, Leeds LS6 2AB.';
