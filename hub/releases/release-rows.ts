import { z } from 'zod';

import { ReleaseManifest, type SignedManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Queries } from '../storage/hub-database.js';

/** A release as it is stored: what was signed, and the root to compare by. */
export interface ReleaseRow {
  readonly number: number;
  readonly root: string;
  readonly signed: SignedManifest;
}

const Row = z
  .object({
    number: z.int(),
    root: z.string(),
    manifest: z.string(),
    signature: z.string(),
    key_id: z.string(),
  })
  .transform(({ number, root, manifest, signature, key_id }): ReleaseRow => ({
    number,
    root,
    signed: { manifest, signature, keyId: key_id },
  }));
const COLUMNS = 'number, root, manifest, signature, key_id';

export async function newestNumber(queries: Queries, workspaceId: string): Promise<number> {
  const [row] = await queries.rows(
    z.object({ newest: z.int() }),
    'SELECT coalesce(max(number), 0)::integer AS newest FROM release WHERE workspace_id = $1',
    [workspaceId],
  );
  return row?.newest ?? 0;
}

export async function findRelease(
  queries: Queries,
  workspaceId: string,
  number: number,
): Promise<ReleaseRow | null> {
  const [row] = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM release WHERE workspace_id = $1 AND number = $2`,
    [workspaceId, number],
  );
  return row ?? null;
}

/** @throws AppErrorException HUB_NOT_FOUND. */
export async function getRelease(queries: Queries, workspaceId: string, number: number): Promise<ReleaseRow> {
  const row = await findRelease(queries, workspaceId, number);
  if (!row) throw new AppErrorException('HUB_NOT_FOUND', `release ${String(number)}`);
  return row;
}

/** The release a request with this key made before. */
export async function findByKey(
  queries: Queries,
  workspaceId: string,
  idempotencyKey: string,
): Promise<ReleaseRow | null> {
  const [row] = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM release WHERE workspace_id = $1 AND idempotency_key = $2`,
    [workspaceId, idempotencyKey],
  );
  return row ?? null;
}

/** Newest first. */
export async function listReleases(
  queries: Queries,
  workspaceId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<ReleaseManifest[]> {
  const rows = await queries.rows(
    Row,
    `SELECT ${COLUMNS} FROM release
     WHERE workspace_id = $1 AND ($2::integer IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`,
    [workspaceId, before ?? null, limit],
  );
  return rows.map(({ signed }) => ReleaseManifest.parse(JSON.parse(signed.manifest)));
}
