import { z } from 'zod';

import { DraftContent, type DraftItem } from '../../shared/domain/draft-item.js';
import { timestamp } from '../storage/columns.js';
import type { Queries } from '../storage/hub-database.js';

/** An item's newest edit, published or not. */
export interface DraftRow extends DraftItem {
  readonly isOpen: boolean;
}

const Row = z
  .object({
    key: z.string(),
    revision: z.int(),
    is_open: z.boolean(),
    content: z.string().nullable(),
    edited_by: z.string(),
    edited_at: timestamp,
  })
  .transform(({ key, revision, is_open, content, edited_by, edited_at }): DraftRow => ({
    ...{ key, revision, isOpen: is_open, editedBy: edited_by, editedAt: edited_at },
    content: content === null ? null : DraftContent.parse(JSON.parse(content)),
  }));
const COLUMNS = 'key, revision, is_open, content, edited_by, edited_at';

export async function openItems(queries: Queries, workspaceId: string): Promise<DraftRow[]> {
  const rows = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM draft_item WHERE workspace_id = $1 AND is_open`,
    [workspaceId],
  );
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

export async function findItem(queries: Queries, workspaceId: string, key: string): Promise<DraftRow | null> {
  const [row] = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM draft_item WHERE workspace_id = $1 AND key = $2`,
    [workspaceId, key],
  );
  return row ?? null;
}

export async function putItem(queries: Queries, workspaceId: string, item: DraftItem): Promise<void> {
  await queries.run(
    `INSERT INTO draft_item (workspace_id, key, revision, is_open, content, edited_by, edited_at)
     VALUES ($1, $2, $3, true, $4, $5, $6)
     ON CONFLICT (workspace_id, key) DO UPDATE SET revision = EXCLUDED.revision, is_open = true,
       content = EXCLUDED.content, edited_by = EXCLUDED.edited_by, edited_at = EXCLUDED.edited_at`,
    [
      workspaceId,
      item.key,
      item.revision,
      item.content === null ? null : JSON.stringify(item.content),
      item.editedBy,
      item.editedAt,
    ],
  );
}

export async function closeItem(queries: Queries, workspaceId: string, key: string): Promise<void> {
  await queries.run('UPDATE draft_item SET is_open = false WHERE workspace_id = $1 AND key = $2', [
    workspaceId,
    key,
  ]);
}

/** Takes out of the draft what was published: exactly the revisions that went in; an item edited since stays. */
export async function clearPublished(
  queries: Queries,
  workspaceId: string,
  items: readonly { readonly key: string; readonly revision: number }[],
): Promise<void> {
  await queries.run(
    `UPDATE draft_item d SET is_open = false
     FROM unnest($2::text[], $3::integer[]) AS published (key, revision)
     WHERE d.workspace_id = $1 AND d.key = published.key AND d.revision = published.revision`,
    [workspaceId, items.map(({ key }) => key), items.map(({ revision }) => revision)],
  );
}
