import { z } from 'zod';

import type { Segment } from '../../release/segment-frames.js';
import { bytes } from '../storage/columns.js';
import type { HubDatabase } from '../storage/hub-database.js';
import type { SegmentStore } from './segment-store.js';

const Row = z.object({ hash: z.string(), content: bytes });
/** Contents read or written by one statement: at most a few megabytes of articles are in memory at once. */
const PAGE = 32;

/** Keeps segments in the hub's own database: nothing else to install, to back up or to secure. */
export function createPostgresSegments(database: HubDatabase): SegmentStore {
  return {
    async put(workspaceId, segments) {
      for (const page of pagesOf(segments)) {
        const values: unknown[] = [workspaceId];
        const rows = page.map(({ hash, content }) => {
          values.push(hash, content);
          return `($1, $${String(values.length - 1)}, $${String(values.length)})`;
        });
        await database.run(
          `INSERT INTO segment_content (workspace_id, hash, content) VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING`,
          values,
        );
      }
    },
    async *get(workspaceId, hashes) {
      for (const page of pagesOf(hashes)) {
        const rows = await database.rows(
          Row,
          'SELECT hash, content FROM segment_content WHERE workspace_id = $1 AND hash = ANY($2::text[])',
          [workspaceId, page],
        );
        const found = new Map(rows.map((row): [string, Segment] => [row.hash, row]));
        for (const hash of page) {
          const segment = found.get(hash);
          if (segment) yield segment;
        }
      }
    },
    async remove(workspaceId, hashes) {
      await database.run('DELETE FROM segment_content WHERE workspace_id = $1 AND hash = ANY($2::text[])', [
        workspaceId,
        hashes,
      ]);
    },
    check: () => database.check(),
    // The database is closed by whoever opened it.
    close: () => undefined,
  };
}

function* pagesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += PAGE) yield all.slice(start, start + PAGE);
}
