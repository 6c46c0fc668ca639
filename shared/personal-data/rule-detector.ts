import { CARD, IBAN, passesLuhn } from './account-numbers.js';
import { addressPatterns } from './address-patterns.js';
import { DIALLED, EMAIL, NORTH_AMERICAN } from './contact-patterns.js';
import { createDetector, type Detector } from './detect.js';
import { finderOf, type Finder } from './found.js';
import { findNames } from './names.js';
import { occurrencesOf } from './known-values.js';

export interface DetectorOptions {
  /** Patterns of numbers that name an order, a return or a parcel; regular expression sources. */
  readonly orderPatterns: readonly string[];
}

const findByNames: Finder = (text) =>
  occurrencesOf(findNames(text).map((value) => ({ kind: 'name' as const, value })))(text);

export function createRuleDetector({ orderPatterns }: DetectorOptions): Detector {
  return createDetector(
    [
      finderOf('email', EMAIL),
      finderOf('iban', IBAN),
      finderOf('card', CARD, passesLuhn),
      finderOf('phone', DIALLED),
      finderOf('phone', NORTH_AMERICAN),
      ...addressPatterns.map((pattern) => finderOf('address', pattern)),
      ...orderPatterns.map((source) =>
        finderOf('order', new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu')),
      ),
    ],
    findByNames,
  );
}
