import type { ListingEntry } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { sha256 } from '../../../release/canonical-json.js';
import { isCorruption, openSqlite } from '../store/sqlite.js';

/** The segments of an update, as the sync left them in its file. */
export interface StagedSegments {
  /**
   * What a segment holds. It was verified when it came, and is again: the disk may have lost it meanwhile.
   * @throws AppErrorException RELEASE_DAMAGED when it is not there or another.
   */
  content(entry: Pick<ListingEntry, 'key' | 'hash'>): Buffer;
  has(hash: string): boolean;
  close(): void;
}

export function openStagedSegments(file: string): StagedSegments {
  const database = openSqlite(file, { readonly: true });
  const read = database.prepare<{ content: ArrayBuffer | Buffer }>(
    'SELECT content FROM segments WHERE hash = ?',
  );
  const found = database.prepare<{ n: number }>('SELECT count(*) AS n FROM segments WHERE hash = ?');
  return {
    content({ key, hash }) {
      const row = readSafely(() => read.all([hash])[0]);
      if (!row) throw new AppErrorException('RELEASE_DAMAGED', `the segment of ${key} is missing`);
      const content = Buffer.from(row.content as ArrayBuffer);
      if (sha256(content) !== hash)
        throw new AppErrorException('RELEASE_DAMAGED', `the segment of ${key} is another`);
      return content;
    },
    has: (hash) => (readSafely(() => found.get([hash]))?.n ?? 0) > 0,
    close: () => database.close(),
  };
}

/** The file is the sync's: what cannot be read of it is fetched again. */
function readSafely<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!isCorruption(cause)) throw cause;
    throw new AppErrorException('RELEASE_DAMAGED', 'what was fetched cannot be read any more', { cause });
  }
}
