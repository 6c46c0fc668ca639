import { z } from 'zod';

import type { ListingEntry } from '../../shared/domain/release.js';
import { listingOf, type Difference, type Listing } from '../../release/listing.js';
import type { Queries } from '../storage/hub-database.js';

const EntryRow = z.object({ key: z.string(), hash: z.string(), bytes: z.int() });
const ChangeRow = z.object({
  key: z.string(),
  old_hash: z.string().nullable(),
  hash: z.string().nullable(),
  bytes: z.int().nullable(),
});

/** An entry and what stood in its place before; null where there was nothing, or is nothing any more. */
export interface EntryChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: ListingEntry | null;
}

const AT = (entry: string, number: string): string =>
  `${entry}.valid_from <= ${number} AND (${entry}.valid_to IS NULL OR ${entry}.valid_to > ${number})`;

/** The whole listing of a release. */
export async function listingAt(queries: Queries, workspaceId: string, number: number): Promise<Listing> {
  const rows = await queries.rows(
    EntryRow,
    `SELECT key, hash, bytes FROM listing_entry e WHERE workspace_id = $1 AND ${AT('e', '$2::integer')}`,
    [workspaceId, number],
  );
  return listingOf(rows);
}

/** One entry of a release; null when it has none of that key. */
export async function entryAt(
  queries: Queries,
  workspaceId: string,
  number: number,
  key: string,
): Promise<ListingEntry | null> {
  const [row] = await queries.rows(
    EntryRow,
    `SELECT key, hash, bytes FROM listing_entry e
     WHERE workspace_id = $1 AND key = $3 AND ${AT('e', '$2::integer')}`,
    [workspaceId, number, key],
  );
  return row ?? null;
}

/** What is other in one release than in another, earlier or later. Looks only at what changed in between. */
export async function changesBetween(
  queries: Queries,
  workspaceId: string,
  from: number,
  to: number,
): Promise<EntryChange[]> {
  const rows = await queries.rows(
    ChangeRow,
    `WITH touched AS (
       SELECT key FROM listing_entry WHERE workspace_id = $1 AND valid_from > $4 AND valid_from <= $5
       UNION SELECT key FROM listing_entry WHERE workspace_id = $1 AND valid_to > $4 AND valid_to <= $5)
     SELECT t.key, a.hash AS old_hash, b.hash, b.bytes FROM touched t
     LEFT JOIN listing_entry a ON a.workspace_id = $1 AND a.key = t.key AND ${AT('a', '$2::integer')}
     LEFT JOIN listing_entry b ON b.workspace_id = $1 AND b.key = t.key AND ${AT('b', '$3::integer')}
     WHERE a.hash IS DISTINCT FROM b.hash`,
    [workspaceId, from, to, Math.min(from, to), Math.max(from, to)],
  );
  return rows
    .map(({ key, old_hash, hash, bytes }) => ({
      key,
      before: old_hash,
      after: hash === null || bytes === null ? null : { key, hash, bytes },
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export const differenceOf = (
  changes: readonly EntryChange[],
): { changed: ListingEntry[]; removed: string[] } => ({
  changed: changes.flatMap(({ after }) => after ?? []),
  removed: changes.flatMap(({ key, after }) => (after ? [] : [key])),
});

/** Writes what a new release changes; the caller holds the workspace's lock. */
export async function writeChanges(
  queries: Queries,
  workspaceId: string,
  number: number,
  { changed, removed }: Difference,
): Promise<void> {
  await queries.run(
    `UPDATE listing_entry SET valid_to = $2
     WHERE workspace_id = $1 AND valid_to IS NULL AND key = ANY($3::text[])`,
    [workspaceId, number, [...changed.map(({ key }) => key), ...removed]],
  );
  await queries.run(
    `INSERT INTO listing_entry (workspace_id, key, hash, bytes, valid_from)
     SELECT $1, new.key, new.hash, new.bytes, $2 FROM unnest($3::text[], $4::text[], $5::integer[]) AS new (key, hash, bytes)`,
    [
      workspaceId,
      number,
      changed.map(({ key }) => key),
      changed.map(({ hash }) => hash),
      changed.map(({ bytes }) => bytes),
    ],
  );
}
