import type { ListingEntry, SegmentKey, SignedManifest } from '../../../shared/domain/release.js';
import type { Sqlite } from './sqlite.js';

/** The release of the team this store holds. */
export interface StoredRelease {
  readonly number: number;
  readonly root: string;
  readonly appliedAt: string;
  /** Articles that were added, changed or removed when it came. */
  readonly articlesChanged: number;
  readonly signed: SignedManifest;
}

/** A part of a release that is no article and no graph, as its segment holds it. */
export interface ReleaseItem {
  readonly key: SegmentKey;
  readonly content: Buffer;
}

/** A line of the listing with the id its article has here; null for all that is no article. */
export interface StoredEntry extends ListingEntry {
  readonly articleId: string | null;
}

/** What is kept of a release besides its articles. Writes belong into a transaction of the caller. */
export interface ReleaseStore {
  release(): StoredRelease | null;
  /** Sorted by key in code units. */
  listing(): ListingEntry[];
  /** The listing with the ids of its articles here. */
  entries(): StoredEntry[];
  items(): ReleaseItem[];
  putRelease(release: StoredRelease): void;
  putEntry(entry: StoredEntry): void;
  removeEntry(key: SegmentKey): void;
  putItem(item: ReleaseItem): void;
  removeItem(key: SegmentKey): void;
}

type ReleaseRow = Omit<StoredRelease, 'signed'> & { readonly signed: string };

export function createReleaseStore(reader: Sqlite, writer: Sqlite): ReleaseStore {
  const release = reader.prepare<ReleaseRow>(`
    SELECT number, root, applied_at AS appliedAt, articles_changed AS articlesChanged, signed FROM release`);
  const entries = reader.prepare<StoredEntry>(
    'SELECT key, hash, bytes, article_id AS articleId FROM release_entries',
  );
  // libsql's `all` gives blobs as array buffers.
  const items = reader.prepare<{ key: string; content: ArrayBuffer }>(
    'SELECT key, content FROM release_items ORDER BY key',
  );
  const putRelease = writer.prepare(`
    INSERT OR REPLACE INTO release (one, number, root, applied_at, articles_changed, signed) VALUES (1, ?, ?, ?, ?, ?)`);
  const putEntry = writer.prepare(
    'INSERT OR REPLACE INTO release_entries (key, hash, bytes, article_id) VALUES (?, ?, ?, ?)',
  );
  const removeEntry = writer.prepare('DELETE FROM release_entries WHERE key = ?');
  const putItem = writer.prepare('INSERT OR REPLACE INTO release_items (key, content) VALUES (?, ?)');
  const removeItem = writer.prepare('DELETE FROM release_items WHERE key = ?');
  // SQLite compares UTF-8 bytes, a listing code units: they differ beyond the basic plane.
  const sortedEntries = (): StoredEntry[] => entries.all().sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    release() {
      // `all`, since libsql's `get` adds a field of its own.
      const row = release.all()[0];
      return row ? { ...row, signed: JSON.parse(row.signed) as SignedManifest } : null;
    },
    listing: () => sortedEntries().map(({ key, hash, bytes }) => ({ key, hash, bytes })),
    entries: sortedEntries,
    items: () => items.all().map(({ key, content }) => ({ key, content: Buffer.from(content) })),
    putRelease({ number, root, appliedAt, articlesChanged, signed }) {
      putRelease.run([number, root, appliedAt, articlesChanged, JSON.stringify(signed)]);
    },
    putEntry: ({ key, hash, bytes, articleId }) => void putEntry.run([key, hash, bytes, articleId]),
    removeEntry: (key) => void removeEntry.run([key]),
    putItem: ({ key, content }) => void putItem.run([key, content]),
    removeItem: (key) => void removeItem.run([key]),
  };
}
