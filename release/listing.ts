import type { ListingEntry, SegmentKey } from '../shared/domain/release.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import { sha256 } from './canonical-json.js';

/** All that is in a release: sorted by key in code units, each key once. */
export type Listing = readonly ListingEntry[];

/** The way from one listing to another. */
export interface Difference {
  /** Entries that are new or have other content. */
  readonly changed: readonly ListingEntry[];
  readonly removed: readonly SegmentKey[];
}

/** Sorts entries into a listing. @throws AppErrorException RELEASE_DAMAGED when a key is there twice. */
export function listingOf(entries: Iterable<ListingEntry>): Listing {
  const sorted = [...entries].sort(byKey);
  sorted.forEach(({ key }, i) => {
    if (key === sorted[i - 1]?.key) throw new AppErrorException('RELEASE_DAMAGED', `${key} is listed twice`);
  });
  return sorted;
}

/**
 * What a manifest signs of its listing: SHA-256 over one line `<key length in bytes> <key> <hash> <bytes>\n` per entry, in order.
 * The length before the key keeps a key that looks like a line from being read as one.
 */
export function rootOf(listing: Listing): string {
  const lines = listing.map(
    ({ key, hash, bytes }) => `${String(Buffer.byteLength(key))} ${key} ${hash} ${String(bytes)}\n`,
  );
  return sha256(lines.join(''));
}

/** What has to change to get from one listing to another. */
export function diffListings(from: Listing, to: Listing): Difference {
  const before = new Map(from.map((entry) => [entry.key, entry]));
  const staying = new Set(to.map(({ key }) => key));
  return {
    changed: to.filter(({ key, hash, bytes }) => {
      const old = before.get(key);
      return old?.hash !== hash || old.bytes !== bytes;
    }),
    removed: from.map(({ key }) => key).filter((key) => !staying.has(key)),
  };
}

/** The listing a delta leads to. @throws AppErrorException RELEASE_DAMAGED when it removes what is not there or names a key twice. */
export function applyDelta(listing: Listing, delta: Difference): Listing {
  const entries = new Map(listing.map((entry) => [entry.key, entry]));
  const touched = new Set<SegmentKey>();
  const touch = (key: SegmentKey): void => {
    if (touched.has(key)) throw new AppErrorException('RELEASE_DAMAGED', `${key} is in the delta twice`);
    touched.add(key);
  };
  for (const key of delta.removed) {
    touch(key);
    if (!entries.delete(key)) throw new AppErrorException('RELEASE_DAMAGED', `${key} was not listed`);
  }
  for (const entry of delta.changed) {
    touch(entry.key);
    entries.set(entry.key, entry);
  }
  return [...entries.values()].sort(byKey);
}

/** Code units, as `<` compares: the same order on every machine and in every language. */
const byKey = (a: ListingEntry, b: ListingEntry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
