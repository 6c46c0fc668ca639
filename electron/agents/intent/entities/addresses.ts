import { addressPatterns } from '../../../../shared/personal-data/address-patterns.js';
import type { EntityFinder, FoundEntity } from './found-entity.js';
import { overlaps } from '../../text/text-spans.js';

const MAX_CANDIDATES = 20;

/**
 * Postal addresses by rules: house number and street in the order of the country, with postcode and city where they follow. Streets are told by
 * their kind of word ("Street", "rue", "-gracht") or by the postcode and city after them. The value is the address on one line.
 */
export const findAddresses: EntityFinder = (text) => {
  const found: FoundEntity[] = [];
  for (const pattern of addressPatterns) {
    for (const match of Array.from(text.matchAll(pattern)).slice(0, MAX_CANDIDATES)) {
      const written = match[0].replace(/[\s,.]+$/u, '');
      const span = { start: match.index, end: match.index + written.length };
      if (overlaps(span, found)) continue;
      const value = written.replace(/[ \t]*,?[ \t]*\n[ \t\n]*/gu, ', ').replace(/[ \t]+/gu, ' ');
      found.push({ kind: 'address', value, ...span });
    }
  }
  return found;
};
