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
  /** More that finds, such as what knows the team's country. */
  readonly finders?: readonly Finder[];
}

/** The detector by rules: it needs no library and no network, and runs wherever the product does. */
export function createRuleDetector({
  orderPatterns = [],
  ownNames = [],
  finders = [],
}: DetectorOptions = {}): Detector {
  return createDetector(
    [
      finderOf('email', EMAIL),
      finderOf('email', SPELLED_EMAIL),
      findIbans,
      finderOf('card', CARD, isCard),
      ...phoneFinders,
      ...nationalIdFinders,
      ...addressPatterns.map((pattern) => finderOf('address', pattern)),
      ...networkFinders,
      ...labelledFinders,
      ...orderPatterns.map((source) =>
        finderOf('order', new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu')),
      ),
      ...finders,
    ],
    createNameFinder(ownNames),
  );
}
