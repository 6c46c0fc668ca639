import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import type { SegmentKey } from '../../../shared/domain/release.js';
import { partsOf, stripVectors } from '../../../release/graph-segment.js';
import { buildHnswIndex } from '../index/hnsw-index.js';
import type { VectorSource } from '../index/knowledge-index.js';
import { createArrivingArticles } from '../store/arriving-articles.js';
import type { Sqlite } from '../store/sqlite.js';
import { titleKey, type VectorKind } from '../store/vector-list.js';

export interface GraphSegment {
  readonly key: SegmentKey;
  readonly content: Buffer;
}

export interface GraphsOptions {
  readonly embedder: { readonly id: string; readonly dimensions: number };
  /** Where the index file is written for a moment. */
  readonly dir: string;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Which vector stands under which label. */
type Labels = readonly { readonly label: number; readonly hash: string }[];

/** Vectors read at a time. */
const PAGE = 500;

/**
 * Makes the graphs of all articles of a knowledge file, to travel with a release. Labels are the passage ids that a store which never held a
 * passage gives them: from 1, in the order of the listing.
 * @throws the signal's reason when it aborts.
 */
export async function graphsOfKnowledge(
  database: Sqlite,
  { embedder, dir, onProgress, signal }: GraphsOptions,
): Promise<GraphSegment[]> {
  const labels = labelsInOrder(database);
  const total = labels.passages.length + labels.titles.length;
  const segments: GraphSegment[] = [];
  let before = 0;
  for (const kind of ['passages', 'titles'] as const) {
    const source = sourceOf(database, labels[kind], embedder);
    const file = path.join(dir, `graph-${kind}.${String(process.pid)}.tmp`);
    const graph = await buildHnswIndex(source, {
      onProgress: (added) => onProgress(before + added, total),
      ...(signal ? { signal } : {}),
    });
    before += labels[kind].length;
    try {
      await graph.write(file);
      for (const [part, content] of partsOf(
        stripVectors(await readFile(file), embedder.dimensions),
      ).entries())
        segments.push({ key: `graph/${kind}/${String(part).padStart(5, '0')}`, content });
    } finally {
      await rm(file, { force: true });
    }
  }
  onProgress(total, total);
  return segments;
}

function labelsInOrder(database: Sqlite): Readonly<Record<VectorKind, Labels>> {
  const passages: { label: number; hash: string }[] = [];
  const titles: { label: number; hash: string }[] = [];
  for (const { article, chunks } of createArrivingArticles(database, 'all').articles()) {
    if (chunks.length > 0) titles.push({ label: passages.length + 1, hash: titleKey(article.title) });
    for (const { hash } of chunks) passages.push({ label: passages.length + 1, hash });
  }
  return { passages, titles };
}

function sourceOf(
  database: Sqlite,
  labels: Labels,
  { id, dimensions }: { readonly id: string; readonly dimensions: number },
): VectorSource {
  const stored = createArrivingArticles(database, 'all');
  const hashOf = new Map(labels.map(({ label, hash }) => [label, hash]));
  return {
    labels: labels.map(({ label }) => label),
    dimensions,
    *rows(wanted) {
      for (let start = 0; start < wanted.length; start += PAGE) {
        const page = wanted.slice(start, start + PAGE);
        const hashes = page.flatMap((label) => hashOf.get(label) ?? []);
        const vectors = new Map(stored.vectors(id, hashes).map(({ hash, vector }) => [hash, vector]));
        for (const label of page) {
          const vector = vectors.get(hashOf.get(label) ?? '');
          if (vector) yield { label, vector };
        }
      }
    },
  };
}
