import { existsSync } from 'node:fs';
import path from 'node:path';

import type { VectorEncoding } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { EXACT_BELOW } from '../index/dense-index.js';
import { createAnsweringStore } from '../store/answering-store.js';
import { openSqlite, type Sqlite } from '../store/sqlite.js';
import { graphsOfKnowledge, type GraphSegment, type GraphsOptions } from './graphs-of-knowledge.js';
import { segmentsOfKnowledge, type KnowledgeSegment } from './segments-of-knowledge.js';

/** A knowledge file as it was when it was opened, to be published; whatever writes into it meanwhile is not seen. */
export interface PublishableKnowledge {
  /** What its vectors are of; null where it has none. */
  readonly embedder: { readonly id: string; readonly dimensions: number } | null;
  readonly articles: number;
  /** In the order of their keys: of all articles, or of those with one of these ids. */
  segments(encoding: VectorEncoding, ids?: ReadonlySet<string>): Generator<KnowledgeSegment>;
  /** None below ten thousand passages, where devices compare all (decision 0003). */
  graphs(options: Omit<GraphsOptions, 'embedder' | 'dir'>): Promise<GraphSegment[]>;
  close(): void;
}

/**
 * Opens the knowledge of a workspace to publish it. Nothing is written; an engine of this version has opened it before.
 * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND.
 */
export function openPublishableKnowledge(workspaceDir: string): PublishableKnowledge {
  const file = path.join(workspaceDir, 'knowledge.db');
  if (!existsSync(file)) throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', file);
  const database = openSqlite(file, { readonly: true });
  try {
    database.exec('BEGIN');
    const embedder = embedderOf(database);
    return {
      embedder,
      articles: countOf(database, 'articles'),
      segments: (encoding, ids) =>
        segmentsOfKnowledge(database, embedder && { ...embedder, encoding }, 'all', ids),
      graphs: (options) =>
        embedder && countOf(database, 'chunks') >= EXACT_BELOW
          ? graphsOfKnowledge(database, { ...options, embedder, dir: workspaceDir })
          : Promise.resolve([]),
      close() {
        // Statements that are still held keep a closed connection's transaction, and with it the log of whoever writes.
        database.exec('COMMIT');
        database.close();
      },
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function embedderOf(database: Sqlite): PublishableKnowledge['embedder'] {
  const answering = createAnsweringStore(database, database).read();
  if (!answering) return null;
  const id = answering.embedderId;
  const row = database
    .prepare<{ bytes: number }>('SELECT length(vector) AS bytes FROM vectors WHERE embedder = ? LIMIT 1')
    .get([id]);
  return row ? { id, dimensions: row.bytes / Float32Array.BYTES_PER_ELEMENT } : null;
}

const countOf = (database: Sqlite, table: 'articles' | 'chunks'): number =>
  database.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
