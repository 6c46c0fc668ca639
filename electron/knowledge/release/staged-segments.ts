import { AppErrorException } from '../../../shared/errors/app-error.js';
import { openSqlite } from '../store/sqlite.js';

/** The segments of an update, as the sync left them in its file. */
export interface StagedSegments {
  /** @throws AppErrorException RELEASE_DAMAGED when it is not there. */
  content(hash: string): Buffer;
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
    content(hash) {
      const row = read.all([hash])[0];
      if (!row) throw new AppErrorException('RELEASE_DAMAGED', `segment ${hash.slice(0, 12)} is missing`);
      return Buffer.from(row.content as ArrayBuffer);
    },
    has: (hash) => (found.get([hash])?.n ?? 0) > 0,
    close: () => database.close(),
  };
}
