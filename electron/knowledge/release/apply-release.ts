import type { ListingEntry, SegmentKey, SignedManifest } from '../../../shared/domain/release.js';
import { ReleaseManifest } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { decodeArticle } from '../../../release/article-segment.js';
import { applyDelta, rootOf, type Listing } from '../../../release/listing.js';
import { createReleaseStore, type ReleaseStore, type StoredRelease } from '../store/release-store.js';
import type { Sqlite } from '../store/sqlite.js';
import { createReleaseArticles } from './release-articles.js';
import type { StagedSegments } from './staged-segments.js';

/** A way from the release in use to another; `signed` was verified. */
export interface ReleaseDelta {
  readonly signed: SignedManifest;
  readonly changed: readonly ListingEntry[];
  readonly removed: readonly SegmentKey[];
}

export interface ApplyOptions {
  /** The embedder in use here; null when there is none. */
  readonly embedderId: string | null;
  readonly appliedAt: string;
  readonly onProgress: (done: number, total: number) => void;
}

/** Segments written between two reports. */
const REPORT_EVERY = 25;

const articleIdOf = (key: SegmentKey): string | null =>
  key.startsWith('article/') ? key.slice('article/'.length) : null;
/** A graph only speeds up the first start, and is not kept; everything else is. */
const isItem = (key: SegmentKey): boolean => !/^(article|graph)\//.test(key);

/**
 * Writes a release in one transaction: articles with passages and vectors, what it says of the team, its listing, its number. Whoever reads
 * sees the state before until then, and a kill at any moment leaves it.
 *
 * Articles of no source are the team's: those of a demo or an import from before the first release give way to it. What the rep added by
 * a source stays.
 * @throws AppErrorException RELEASE_DAMAGED when a segment cannot be read or the listing is not the signed one.
 */
export function applyRelease(
  writer: Sqlite,
  segments: StagedSegments,
  delta: ReleaseDelta,
  options: ApplyOptions,
): StoredRelease {
  const store = createReleaseStore(writer, writer);
  writer.exec('BEGIN IMMEDIATE');
  try {
    const release = write(writer, store, segments, delta, options);
    writer.exec(`UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
    writer.exec('COMMIT');
    return release;
  } catch (cause) {
    writer.exec('ROLLBACK');
    throw cause;
  }
}

function write(
  writer: Sqlite,
  store: ReleaseStore,
  segments: StagedSegments,
  { signed, changed, removed }: ReleaseDelta,
  { embedderId, appliedAt, onProgress }: ApplyOptions,
): StoredRelease {
  const manifest = ReleaseManifest.parse(JSON.parse(signed.manifest));
  const listing = applyDelta(store.listing(), { changed, removed });
  if (rootOf(listing) !== manifest.root)
    throw new AppErrorException('RELEASE_DAMAGED', 'the listing is not the one that was signed');

  const articles = createReleaseArticles(writer, embedderId);
  let articlesChanged = articles.removeOthers(articleIdsOf(listing));
  for (const key of removed) {
    store.removeEntry(key);
    store.removeItem(key);
  }
  // In the order of the listing, so that a fresh store gives passages the ids a shipped graph has.
  inListingOrder(changed).forEach((entry, done) => {
    const { key, hash } = entry;
    if (done % REPORT_EVERY === 0) onProgress(done, changed.length);
    store.putEntry(entry);
    if (articleIdOf(key) !== null) {
      articles.put(decodeArticle(segments.content(hash)));
      articlesChanged += 1;
    } else if (isItem(key)) store.putItem({ key, content: segments.content(hash) });
  });
  articles.dropUnused();
  onProgress(changed.length, changed.length);
  const release = { number: manifest.number, root: manifest.root, appliedAt, articlesChanged, signed };
  store.putRelease(release);
  return release;
}

const articleIdsOf = (listing: Listing): string[] => listing.flatMap(({ key }) => articleIdOf(key) ?? []);

const inListingOrder = (entries: readonly ListingEntry[]): ListingEntry[] =>
  [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
