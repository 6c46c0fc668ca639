import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import type { Chunk } from '../chunks/chunk.js';
import { identifiersIn } from '../search/identifiers.js';
import { wordsOf } from '../search/words.js';
import type { Sqlite } from './sqlite.js';
import { titleKey } from './vector-list.js';

/** A chunk with its identity. */
export interface HashedChunk extends Chunk {
  readonly hash: string;
  /** Page of a PDF it begins on, 1-based. */
  readonly page: number | null;
}

/** Where an article was read from; null for one that came with the workspace. */
export interface ArticleOrigin {
  readonly sourceId: string;
  /** From the source's folder. */
  readonly file: string;
}

/** An article to store, cut and hashed. */
export interface CutArticle {
  readonly article: KnowledgeArticle;
  readonly origin: ArticleOrigin | null;
  readonly fingerprint: string;
  readonly chunks: readonly HashedChunk[];
}

/** Writes articles and their passages inside a transaction the caller holds. */
export interface ArticleWriter {
  /** Adds an article or replaces it; chunks that are still in it keep their ids, so the index keeps their vectors. */
  put(cut: CutArticle): void;
  remove(articleId: string): void;
  /** What vectors of an article are kept under: its passages and its title. */
  vectorKeys(articleId: string): string[];
  /** Drops the vectors of those among `keys` that no passage and no title has any more, of whatever embedder. */
  dropVectors(keys: Iterable<string>): void;
  /**
   * Drops vectors of passages that are gone, of whatever embedder (two coexist while one takes the other's place), and
   * stops after each that it looked at.
   */
  dropUnusedVectors(): Generator<void>;
}

interface StoredChunk {
  readonly id: number;
  readonly hash: string;
}

interface StoredVector {
  readonly id: number;
  readonly embedder: string;
  readonly hash: string;
}

export function createArticleWriter(database: Sqlite): ArticleWriter {
  const putArticle = database.prepare(`
    INSERT OR REPLACE INTO articles (id, title, category, audience, language, brand, pool, product, owner, source,
      updated_at, valid_from, valid_until, markdown, fingerprint, source_id, file)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const removeArticle = database.prepare('DELETE FROM articles WHERE id = ?');
  const storedChunks = database.prepare<StoredChunk>(
    'SELECT id, hash FROM chunks WHERE article_id = ? ORDER BY ordinal',
  );
  const addChunk = database.prepare(`
    INSERT INTO chunks (article_id, ordinal, heading_path, span_start, span_end, page, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const moveChunk = database.prepare(
    'UPDATE chunks SET ordinal = ?, span_start = ?, span_end = ?, page = ? WHERE id = ?',
  );
  const removeChunk = database.prepare('DELETE FROM chunks WHERE id = ?');
  const addPassage = database.prepare(
    'INSERT INTO passages (rowid, title, headings, body, ids) VALUES (?, ?, ?, ?, ?)',
  );
  const removePassage = database.prepare('DELETE FROM passages WHERE rowid = ?');
  const addWord = database.prepare('INSERT OR IGNORE INTO words (word) VALUES (?)');
  const vectorsAfter = database.prepare<StoredVector>(`
    SELECT rowid AS id, embedder, hash FROM vectors WHERE (embedder, hash) > (?, ?) ORDER BY embedder, hash LIMIT 500`);
  const chunkWith = database.prepare('SELECT 1 FROM chunks WHERE hash = ?');
  const articleWith = database.prepare(`SELECT 1 FROM articles WHERE '${titleKey('')}' || title = ?`);
  const dropVector = database.prepare('DELETE FROM vectors WHERE rowid = ?');
  const titleOf = database.prepare<{ title: string }>('SELECT title FROM articles WHERE id = ?');
  const embedders = database.prepare<{ embedder: string }>('SELECT DISTINCT embedder FROM vectors');
  const dropOfEmbedder = database.prepare('DELETE FROM vectors WHERE embedder = ? AND hash = ?');

  const isUsed = (key: string): boolean =>
    chunkWith.get([key]) !== undefined || articleWith.get([key]) !== undefined;

  const drop = (chunkId: number): void => {
    removeChunk.run([chunkId]);
    removePassage.run([chunkId]);
  };

  const insert = (article: KnowledgeArticle, chunk: HashedChunk): void => {
    const { ordinal, headingPath, span, page, plain, hash } = chunk;
    const row = [article.id, ordinal, JSON.stringify(headingPath), span.start, span.end, page, hash];
    const id = Number(addChunk.run(row).lastInsertRowid);
    const headings = headingPath.join('. ');
    const ids = identifiersIn(`${article.title} ${headings} ${plain}`).join(' ');
    addPassage.run([id, article.title, headings, plain, ids]);
  };

  return {
    put({ article, origin, fingerprint, chunks }) {
      const kept = new Map<string, number[]>();
      for (const { id, hash } of storedChunks.all([article.id]))
        kept.set(hash, [...(kept.get(hash) ?? []), id]);
      for (const chunk of chunks) {
        const id = kept.get(chunk.hash)?.shift();
        if (id === undefined) insert(article, chunk);
        else moveChunk.run([chunk.ordinal, chunk.span.start, chunk.span.end, chunk.page, id]);
      }
      for (const ids of kept.values()) ids.forEach(drop);
      const { id, title, category, audience, language, brand, pool, product, owner, source } = article;
      const dates = [article.updatedAt, article.validFrom, article.validUntil];
      putArticle.run([
        ...[id, title, category, audience, language, brand, pool, product, owner, source],
        ...[...dates, article.markdown, fingerprint, origin?.sourceId ?? null, origin?.file ?? null],
      ]);
      for (const word of new Set(wordsOf(`${title} ${article.markdown}`))) addWord.run([word]);
    },
    remove(articleId) {
      for (const { id } of storedChunks.all([articleId])) drop(id);
      removeArticle.run([articleId]);
    },
    vectorKeys: (articleId) => [
      ...storedChunks.all([articleId]).map(({ hash }) => hash),
      ...titleOf.all([articleId]).map(({ title }) => titleKey(title)),
    ],
    dropVectors(keys) {
      const of = embedders.all().map(({ embedder }) => embedder);
      for (const key of keys) {
        if (isUsed(key)) continue;
        for (const embedder of of) dropOfEmbedder.run([embedder, key]);
      }
    },
    *dropUnusedVectors() {
      let page = vectorsAfter.all(['', '']);
      while (page.length > 0) {
        for (const { id, hash } of page) {
          if (!isUsed(hash)) dropVector.run([id]);
          yield;
        }
        const { embedder, hash } = page.at(-1) ?? { embedder: '', hash: '' };
        page = vectorsAfter.all([embedder, hash]);
      }
    },
  };
}
