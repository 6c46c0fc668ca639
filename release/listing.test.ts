import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ListingEntry } from '../shared/domain/release.js';
import { sha256 } from './canonical-json.js';
import { applyDelta, diffListings, listingOf, rootOf } from './listing.js';

const entry = fc.record({
  key: fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }).map((id) => `article/${id}`),
  hash: fc.integer({ min: 0, max: 5 }).map((n) => sha256(String(n))),
  bytes: fc.nat(3),
});
const listing = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 12 }).map(listingOf);

describe('a listing', () => {
  it('has one root, whatever order its entries came in', () => {
    fc.assert(
      fc.property(listing, fc.infiniteStream(fc.nat()), (entries, random) => {
        const shuffled = [...entries].sort(() => ((random.next().value as number) % 3) - 1);
        expect(rootOf(listingOf(shuffled))).toBe(rootOf(entries));
      }),
    );
  });

  it('has another root when anything in it is another', () => {
    fc.assert(
      fc.property(listing, listing, (a, b) => {
        expect(rootOf(a) === rootOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    // A key that looks like the rest of a line must not be read as one.
    const line = (key: string, hash: string): ListingEntry => ({ key, hash, bytes: 1 });
    const [one, two] = [sha256('1'), sha256('2')];
    expect(rootOf([line(`article/a ${one} 1\n9 article/b`, two)])).not.toBe(
      rootOf([line('article/a', one), line('article/b', two)]),
    );
  });

  it('is reached from any other by their difference', () => {
    fc.assert(
      fc.property(listing, listing, (from, to) => {
        expect(applyDelta(from, diffListings(from, to))).toEqual(to);
      }),
    );
  });

  it('refuses what cannot be a difference of it', () => {
    const a: ListingEntry = { key: 'article/a', hash: sha256('a'), bytes: 1 };
    expect(() => applyDelta([a], { changed: [a, a], removed: [] })).toThrow('twice');
    expect(() => applyDelta([a], { changed: [a], removed: ['article/a'] })).toThrow('twice');
    expect(() => applyDelta([a], { changed: [], removed: ['article/b'] })).toThrow('not listed');
    expect(() => listingOf([a, a])).toThrow('twice');
  });
});
