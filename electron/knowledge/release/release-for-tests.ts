import { rmSync } from 'node:fs';
import path from 'node:path';

import type { ListingEntry, ReleaseManifest, VectorEncoding } from '../../../shared/domain/release.js';
import { sha256 } from '../../../release/canonical-json.js';
import { diffListings, listingOf, rootOf, type Listing } from '../../../release/listing.js';
import { signManifest } from '../../../release/manifest.js';
import { generateTeamKey } from '../../../release/team-key.js';
import { openSqlite } from '../store/sqlite.js';
import type { ReleaseRequest } from './released-knowledge.js';
import { segmentsOfKnowledge } from './segments-of-knowledge.js';

const key = generateTeamKey();
export const workspaceId = '0190a5d0-0000-7000-8000-000000000001';

/** A release as the sync would hold it: contents by hash and the listing they make. */
export interface TestRelease {
  readonly number: number;
  readonly listing: Listing;
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** A release of the knowledge in a folder (closed, or settled), with further items. */
export function releaseOf(
  workspaceDir: string,
  number: number,
  items: Readonly<Record<string, Buffer>> = {},
  embedder: { id: string; dimensions: number; encoding: VectorEncoding } | null = {
    ...{ id: 'hashed', dimensions: 64 },
    encoding: 'float32',
  },
): TestRelease {
  const database = openSqlite(path.join(workspaceDir, 'knowledge.db'), { readonly: true });
  try {
    const segments = [
      ...segmentsOfKnowledge(database, embedder),
      ...Object.entries(items).map(([key, content]) => ({ key, content })),
    ].map(({ key, content }) => ({ key, content, hash: sha256(content) }));
    const entries: ListingEntry[] = segments.map((segment) => ({
      ...{ key: segment.key, hash: segment.hash },
      bytes: segment.content.length,
    }));
    return {
      number,
      listing: listingOf(entries),
      contents: new Map(segments.map(({ hash, content }) => [hash, content])),
    };
  } finally {
    database.close();
  }
}

/** Leaves the segments of what changed in a staging file and gives the request that applies them. */
export function stage(file: string, release: TestRelease, from: Listing = []): ReleaseRequest {
  rmSync(file, { force: true });
  const { changed, removed } = diffListings(from, release.listing);
  const staging = openSqlite(file);
  try {
    staging.exec('CREATE TABLE segments (hash TEXT PRIMARY KEY, content BLOB NOT NULL)');
    const put = staging.prepare('INSERT OR REPLACE INTO segments (hash, content) VALUES (?, ?)');
    for (const { hash } of changed) put.run([hash, release.contents.get(hash) ?? Buffer.alloc(0)]);
  } finally {
    staging.close();
  }
  return { signed: signManifest(manifestOf(release), key), changed, removed, stagingFile: file };
}

function manifestOf({ number, listing }: TestRelease): ReleaseManifest {
  return {
    ...{ format: 1, workspaceId, number, createdBy: 'a test', notes: '', restores: null, embedder: null },
    createdAt: '2026-11-26T10:00:00.000Z',
    articles: listing.filter((entry) => entry.key.startsWith('article/')).length,
    chunks: 0,
    segments: listing.length,
    bytes: listing.reduce((sum, { bytes }) => sum + bytes, 0),
    root: rootOf(listing),
  };
}
