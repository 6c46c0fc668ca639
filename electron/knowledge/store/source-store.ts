import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import type { ImportFailure, KnowledgeSource } from '../../../shared/domain/knowledge-source.js';
import type { Sqlite } from './sqlite.js';

/** A part of a file that could not be read. */
export type FileFailure = Omit<ImportFailure, 'path' | 'baseId'>;

/** A file as it was when it was read. */
export interface StoredFile {
  /** From the source's folder. */
  readonly path: string;
  /** The id of its article, or what the ids of its articles begin with. */
  readonly baseId: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly sha256: string;
  /** What read it, with its version. */
  readonly reader: string;
  readonly failures: readonly FileFailure[];
}

/** What is stored of an article's identity. */
export interface StoredIdentity {
  readonly fingerprint: string;
  readonly sourceId: string | null;
  readonly file: string | null;
}

/** Where knowledge comes from. Reads see the last committed state; writes belong into a transaction of the writer. */
export interface SourceStore {
  sources(): KnowledgeSource[];
  files(sourceId: string): Map<string, StoredFile>;
  /** The sources whose files or articles have this base id; null among them stands for articles of no source. */
  ownersOf(baseId: string): (string | null)[];
  identity(articleId: string): StoredIdentity | undefined;
  articlesOfFile(sourceId: string, file: string): string[];
  articlesOfSource(sourceId: string): string[];
  /** Articles that came with the workspace. */
  detachedArticles(pool: KnowledgePool): string[];
  /** Passages of the whole knowledge, or of one file. */
  countChunks(of?: { readonly sourceId: string; readonly file: string }): number;
  /** Articles and passages of these sources; null stands for those of no source. */
  countOf(sourceIds: readonly (string | null)[]): { readonly articles: number; readonly chunks: number };
  /** Adds a source, or changes whether it is watched. */
  put(source: Omit<KnowledgeSource, 'articles' | 'importedAt'>): void;
  setImported(sourceId: string, at: string): void;
  /** With what is known of its files; its articles are removed by the article writer. */
  remove(sourceId: string): void;
  putFile(sourceId: string, file: StoredFile): void;
  removeFile(sourceId: string, path: string): void;
}

type SourceRow = Omit<KnowledgeSource, 'isWatched'> & { readonly isWatched: number };
type FileRow = Omit<StoredFile, 'failures'> & { readonly failures: string };

export function createSourceStore(reader: Sqlite, writer: Sqlite): SourceStore {
  const sources = reader.prepare<SourceRow>(`
    SELECT id, path, pool, is_watched AS isWatched, imported_at AS importedAt,
      (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles
    FROM sources s ORDER BY path, pool`);
  const files = reader.prepare<FileRow>(`
    SELECT path, base_id AS baseId, size, modified_ms AS modifiedMs, sha256, reader, failures
    FROM source_files WHERE source_id = ?`);
  const owners = reader.prepare<{ owner: string | null }>(`
    SELECT source_id AS owner FROM source_files WHERE base_id = ?1
    UNION ALL SELECT source_id FROM articles WHERE id = ?1 AND source_id IS NULL`);
  const identity = reader.prepare<StoredIdentity>(
    'SELECT fingerprint, source_id AS sourceId, file FROM articles WHERE id = ?',
  );
  const ofFile = reader.prepare<{ id: string }>('SELECT id FROM articles WHERE source_id = ? AND file = ?');
  const ofSource = reader.prepare<{ id: string }>('SELECT id FROM articles WHERE source_id = ?');
  const detached = reader.prepare<{ id: string }>(
    'SELECT id FROM articles WHERE source_id IS NULL AND pool = ?',
  );
  const chunks = reader.prepare<{ n: number }>('SELECT count(*) AS n FROM chunks');
  const chunksOfFile = reader.prepare<{ n: number }>(`
    SELECT count(*) AS n FROM chunks c JOIN articles a ON a.id = c.article_id WHERE a.source_id = ? AND a.file = ?`);
  const counts = reader.prepare<{ articles: number; chunks: number }>(`
    SELECT count(*) AS articles,
      coalesce(sum((SELECT count(*) FROM chunks c WHERE c.article_id = a.id)), 0) AS chunks
    FROM articles a WHERE a.source_id IS ?`);
  const put = writer.prepare(`
    INSERT INTO sources (id, path, pool, is_watched) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET is_watched = excluded.is_watched`);
  const setImported = writer.prepare('UPDATE sources SET imported_at = ? WHERE id = ?');
  const remove = writer.prepare('DELETE FROM sources WHERE id = ?');
  const removeFiles = writer.prepare('DELETE FROM source_files WHERE source_id = ?');
  const putFile = writer.prepare(`
    INSERT OR REPLACE INTO source_files (source_id, path, base_id, size, modified_ms, sha256, reader, failures)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const removeFile = writer.prepare('DELETE FROM source_files WHERE source_id = ? AND path = ?');
  const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
  return {
    sources: () => sources.all().map((row) => ({ ...row, isWatched: row.isWatched === 1 })),
    files: (sourceId) =>
      new Map(
        files
          .all([sourceId])
          .map((row) => [row.path, { ...row, failures: JSON.parse(row.failures) as FileFailure[] }]),
      ),
    ownersOf: (baseId) => owners.all([baseId]).map(({ owner }) => owner),
    identity: (articleId) => identity.get([articleId]),
    articlesOfFile: (sourceId, file) => ids(ofFile.all([sourceId, file])),
    articlesOfSource: (sourceId) => ids(ofSource.all([sourceId])),
    detachedArticles: (pool) => ids(detached.all([pool])),
    countChunks: (of) => (of ? chunksOfFile.get([of.sourceId, of.file]) : chunks.get())?.n ?? 0,
    countOf: (sourceIds) =>
      sourceIds.reduce(
        (sum, id) => {
          const of = counts.get([id]);
          return { articles: sum.articles + (of?.articles ?? 0), chunks: sum.chunks + (of?.chunks ?? 0) };
        },
        { articles: 0, chunks: 0 },
      ),
    put: ({ id, path, pool, isWatched }) => void put.run([id, path, pool, isWatched ? 1 : 0]),
    setImported: (sourceId, at) => void setImported.run([at, sourceId]),
    remove(sourceId) {
      removeFiles.run([sourceId]);
      remove.run([sourceId]);
    },
    putFile(sourceId, { path, baseId, size, modifiedMs, sha256, reader: readBy, failures }) {
      putFile.run([sourceId, path, baseId, size, modifiedMs, sha256, readBy, JSON.stringify(failures)]);
    },
    removeFile: (sourceId, path) => void removeFile.run([sourceId, path]),
  };
}
