import { z } from 'zod';

import { decodeFrames, type Segment } from '../../release/segment-frames.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubServices } from '../hub-services.js';
import type { Queries } from '../storage/hub-database.js';
import { lockWorkspace } from '../storage/lock-workspace.js';
import type { SegmentStore } from './segment-store.js';

/** Segments are kept from the stream in groups of so many bytes, so that a cut upload loses one group. */
const GROUP_BYTES = 4 * 1024 * 1024;
/** What no release names is kept for a day: an upload may take that long before it is published. */
const GRACE_MS = 24 * 3_600_000;
const COLLECTED_AT_ONCE = 500;

const HashRow = z.object({ hash: z.string() });

/** The contents of a workspace's releases, and of those on their way. */
export class SegmentService {
  readonly #services: Pick<HubServices, 'database' | 'now' | 'metrics'>;
  readonly #store: SegmentStore;

  constructor(services: Pick<HubServices, 'database' | 'now' | 'metrics'>, store: SegmentStore) {
    this.#services = services;
    this.#store = store;
  }

  /** Which are not here. Those that are will be kept for another day, whatever happens. */
  async missing(workspaceId: string, hashes: readonly string[]): Promise<string[]> {
    const { database, now } = this.#services;
    await database.run(
      'UPDATE segment SET wanted_at = $3 WHERE workspace_id = $1 AND hash = ANY($2::text[])',
      [workspaceId, hashes, now().toISOString()],
    );
    const rows = await database.rows(
      HashRow,
      `SELECT wanted.hash FROM unnest($2::text[]) AS wanted (hash)
       WHERE NOT EXISTS (SELECT 1 FROM segment s WHERE s.workspace_id = $1 AND s.hash = wanted.hash)`,
      [workspaceId, hashes],
    );
    return rows.map(({ hash }) => hash);
  }

  /**
   * Keeps the segments of a stream of frames, group by group.
   * @returns how many. @throws AppErrorException HUB_SEGMENT_INVALID for a frame with other content or a cut stream; what came before is kept.
   */
  async store(workspaceId: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    let stored = 0;
    let group: Segment[] = [];
    let bytes = 0;
    const keep = async (): Promise<void> => {
      await this.#keep(workspaceId, group);
      stored += group.length;
      group = [];
      bytes = 0;
    };
    try {
      for await (const segment of decodeFrames(chunks)) {
        group.push(segment);
        bytes += segment.content.length;
        if (bytes >= GROUP_BYTES) await keep();
      }
      await keep();
    } catch (cause) {
      await keep().catch(() => undefined);
      if (cause instanceof AppErrorException && cause.error.code === 'RELEASE_DAMAGED')
        throw new AppErrorException('HUB_SEGMENT_INVALID', cause.error.detail);
      throw cause;
    }
    return stored;
  }

  /** The content first: a row says that it is there. */
  async #keep(workspaceId: string, segments: readonly Segment[]): Promise<void> {
    if (segments.length === 0) return;
    const { database, now, metrics } = this.#services;
    await this.#store.put(workspaceId, segments);
    await database.run(
      `INSERT INTO segment (workspace_id, hash, bytes, wanted_at)
       SELECT $1, new.hash, new.bytes, $4 FROM unnest($2::text[], $3::integer[]) AS new (hash, bytes)
       ON CONFLICT (workspace_id, hash) DO UPDATE SET wanted_at = EXCLUDED.wanted_at`,
      [
        workspaceId,
        segments.map(({ hash }) => hash),
        segments.map(({ content }) => content.length),
        now().toISOString(),
      ],
    );
    metrics.segmentBytes('received', sizeOf(segments));
  }

  /** Contents for a device, in the order of `hashes`; what is not here is left out. */
  async *read(workspaceId: string, hashes: readonly string[]): AsyncGenerator<Segment> {
    for await (const segment of this.#store.get(workspaceId, hashes)) {
      yield segment;
      this.#services.metrics.segmentBytes('sent', segment.content.length);
    }
  }

  /** @throws AppErrorException HUB_SEGMENT_MISSING. */
  async content(workspaceId: string, hash: string): Promise<Buffer> {
    for await (const { content } of this.#store.get(workspaceId, [hash])) return content;
    throw missing(hash);
  }

  /** Contents by hash, for the hub itself. @throws AppErrorException HUB_SEGMENT_MISSING for the first that is not here. */
  async contents(workspaceId: string, hashes: readonly string[]): Promise<Map<string, Buffer>> {
    const wanted = [...new Set(hashes)];
    const found = new Map<string, Buffer>();
    for await (const { hash, content } of this.#store.get(workspaceId, wanted)) found.set(hash, content);
    const gone = wanted.find((hash) => !found.has(hash));
    if (gone !== undefined) throw missing(gone);
    return found;
  }

  /** Sizes of segments as they are here, by hash. */
  async sizes(
    queries: Queries,
    workspaceId: string,
    hashes: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await queries.rows(
      z.object({ hash: z.string(), bytes: z.int() }),
      'SELECT hash, bytes FROM segment WHERE workspace_id = $1 AND hash = ANY($2::text[])',
      [workspaceId, hashes],
    );
    return new Map(rows.map(({ hash, bytes }) => [hash, bytes]));
  }

  /** Removes what no release names and nobody wanted for a day, of all workspaces. @returns how many. */
  async collect(): Promise<number> {
    const { database, now } = this.#services;
    const before = new Date(now().getTime() - GRACE_MS).toISOString();
    const workspaces = await database.rows(z.object({ id: z.string() }), 'SELECT id FROM workspace');
    let collected = 0;
    for (const { id } of workspaces) {
      for (;;) {
        // Under the lock publishing takes: what it just found to be here must not go.
        const gone = await database.transaction(async (queries) => {
          await lockWorkspace(queries, id);
          return queries.rows(
            HashRow,
            `DELETE FROM segment WHERE workspace_id = $1 AND hash IN (
               SELECT s.hash FROM segment s WHERE s.workspace_id = $1 AND s.wanted_at < $2
                 AND NOT EXISTS (SELECT 1 FROM listing_entry e WHERE e.workspace_id = $1 AND e.hash = s.hash)
               LIMIT ${String(COLLECTED_AT_ONCE)})
             RETURNING hash`,
            [id, before],
          );
        });
        if (gone.length === 0) break;
        await this.#store.remove(
          id,
          gone.map(({ hash }) => hash),
        );
        collected += gone.length;
      }
    }
    return collected;
  }

  check(): Promise<void> {
    return this.#store.check();
  }
}

const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { content }) => sum + content.length, 0);

const missing = (hash: string): AppErrorException =>
  new AppErrorException('HUB_SEGMENT_MISSING', hash.slice(0, 12));
