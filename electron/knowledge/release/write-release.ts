import type { ListingEntry, SegmentKey, SignedManifest } from '../../../shared/domain/release.js';
import { ReleaseManifest } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { decodeArticle } from '../../../release/article-segment.js';
import { applyDelta, rootOf, type Listing } from '../../../release/listing.js';
import { detachedId } from '../detached-id.js';
import { createReleaseStore, type StoredEntry, type StoredRelease } from '../store/release-store.js';
import { createSourceStore } from '../store/source-store.js';
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
  /** Whether vectors of an embedder are of use here. */
  readonly keepsVectorsOf: (embedderId: string) => boolean;
  readonly appliedAt: string;
  /** May throw, which gives the release up. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Segments written between two reports. */
const REPORT_EVERY = 25;

const articleIdOf = (key: SegmentKey): string | null =>
  key.startsWith('article/') ? key.slice('article/'.length) : null;
/** A graph only speeds up the first start, and is not kept; everything else is. */
const isItem = (key: SegmentKey): boolean => !/^(article|graph)\//.test(key);

/**
 * Writes a release inside a transaction the caller holds: articles with passages and vectors, what it says of the team, its listing, its
 * number. Reads one segment at a time.
 *
 * Articles of no source are the team's: those of a demo or an import from before the first release give way to it. What the rep added by
 * a source stays; where such an article has the id of one of the release, that one gets another id, which it keeps.
 * @throws AppErrorException RELEASE_DAMAGED when a segment cannot be read or the listing is not the signed one.
 */
export function writeRelease(
  writer: Sqlite,
  segments: StagedSegments,
  { signed, changed, removed }: ReleaseDelta,
  { keepsVectorsOf, appliedAt, onProgress }: ApplyOptions,
): StoredRelease {
  const store = createReleaseStore(writer, writer);
  const manifest = ReleaseManifest.parse(JSON.parse(signed.manifest));
  const before = new Map(store.entries().map((entry) => [entry.key, entry]));
  const listing = applyDelta(store.listing(), { changed, removed });
  if (rootOf(listing) !== manifest.root)
    throw new AppErrorException('RELEASE_DAMAGED', 'the listing is not the one that was signed');

  const sources = createSourceStore(writer, writer);
  const idHere = (key: SegmentKey): string | null => {
    const id = articleIdOf(key);
    return before.get(key)?.articleId ?? (id === null ? null : detachedId(id, sources));
  };
  const articles = createReleaseArticles(writer, keepsVectorsOf);
  let articlesChanged = articles.removeOthers(new Set(listing.flatMap(({ key }) => idHere(key) ?? [])));
  for (const key of removed) {
    store.removeEntry(key);
    store.removeItem(key);
  }
  // In the order of the listing, so that whatever order the hub sent, passages get the same numbers.
  inListingOrder(changed).forEach((entry, done) => {
    const { key } = entry;
    if (done % REPORT_EVERY === 0) onProgress(done, changed.length);
    const stored: StoredEntry = { ...entry, articleId: idHere(key) };
    store.putEntry(stored);
    if (stored.articleId !== null) {
      articles.put(decodeArticle(segments.content(entry)), stored.articleId);
      articlesChanged += 1;
    } else if (isItem(key)) store.putItem({ key, content: segments.content(entry) });
  });
  articles.dropUnused();
  onProgress(changed.length, changed.length);
  // An index is of a generation: where no article changed it stays the right one.
  if (articlesChanged > 0)
    writer.exec(`UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
  const release = { number: manifest.number, root: manifest.root, appliedAt, articlesChanged, signed };
  store.putRelease(release);
  return release;
}

const inListingOrder = (entries: readonly ListingEntry[]): Listing =>
  [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
