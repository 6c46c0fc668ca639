import path from 'node:path';

import { generatedQuestions } from '../evaluation/generated-articles.js';
import { machineLine } from '../evaluation/machine.js';
import { textTable } from '../evaluation/text-table.js';
import { benchEncodings, type EncodingFigures } from '../evaluation/vector-bench.js';
import { makeVectors } from '../evaluation/vectors-of-texts.js';
import type { IndexedVectors } from '../knowledge/index/knowledge-index.js';
import { openSqlite } from '../knowledge/store/sqlite.js';
import { createVectorList } from '../knowledge/store/vector-list.js';
import type { Embedder } from '../models/embedder.js';
import { openEmbedderFolder } from '../models/open-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';

export interface BenchVectorsCommand {
  /** So many generated passages, or of the corpus, instead of a workspace. */
  readonly chunks?: number;
  readonly corpus?: string;
  /** The demo workspace when left out. */
  readonly workspace?: string;
  /** Keeps the vectors there for the next run. */
  readonly cache?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

const QUERIES = 500;
const SEED = 1;

interface Measured {
  readonly source: IndexedVectors;
  readonly queries: readonly Float32Array[];
  readonly texts: string;
}

/**
 * `cuecard bench vectors`: how many of the ten true neighbours are found where vectors travelled as float16 or int8, and how many bytes a
 * passage takes.
 */
export async function runBenchVectors(command: BenchVectorsCommand): Promise<number> {
  const embedder = await openEmbedderFolder(command.resources.embedderDir);
  try {
    const { source, queries, texts } =
      command.chunks === undefined ? await ofWorkspace(command, embedder) : await ofTexts(command, embedder);
    const report = {
      machine: machineLine(),
      ...{ texts, embedder: embedder.id, dimensions: source.dimensions },
      ...{ passages: source.labels.length, questions: queries.length },
      encodings: benchEncodings(source, queries),
    };
    process.stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return 0;
  } finally {
    await embedder.close();
  }
}

async function ofWorkspace(
  { workspace, resources }: BenchVectorsCommand,
  embedder: Embedder,
): Promise<Measured> {
  const dir = workspace ?? resources.demoWorkspaceDir;
  const database = openSqlite(path.join(dir, 'knowledge.db'), { readonly: true });
  try {
    const { id: embedderId, dimensions } = embedder;
    const stored = createVectorList(database, { kind: 'passages', embedderId, dimensions }).load();
    const questions = [...generatedQuestions(resources.demoDir, SEED, QUERIES)];
    return {
      source: { ...stored, dimensions },
      queries: await embedder.embed(questions),
      texts: workspace === undefined ? 'demo team' : path.basename(dir),
    };
  } finally {
    database.close();
  }
}

async function ofTexts(
  { chunks = 0, corpus, cache, resources }: BenchVectorsCommand,
  embedder: Embedder,
): Promise<Measured> {
  const { vectors, queries, dimensions } = await makeVectors({
    ...{ chunks, queries: QUERIES, embedder, demoDir: resources.demoDir },
    ...{ corpus: corpus ?? null, cacheDir: cache ?? null },
    onProgress: (done, total) => {
      if (process.stderr.isTTY) process.stderr.write(`\rEmbedding ${String(done)} of ${String(total)} `);
    },
  });
  const labels = Array.from({ length: chunks }, (_, i) => i + 1);
  const texts = corpus === undefined ? 'generated articles, seed 1' : path.basename(corpus);
  return { source: { labels, vectors, dimensions }, queries, texts };
}

interface Report extends Pick<Measured, 'texts'> {
  readonly machine: string;
  readonly embedder: string;
  readonly dimensions: number;
  readonly passages: number;
  readonly questions: number;
  readonly encodings: readonly EncodingFigures[];
}

function reportText({
  machine,
  texts,
  embedder,
  dimensions,
  passages,
  questions,
  encodings,
}: Report): string {
  const percent = (share: number): string => (100 * share).toFixed(2);
  return [
    machine,
    `${String(passages)} passages (${texts}), ${String(dimensions)} numbers each (${embedder}); ${String(questions)} questions`,
    '',
    textTable(
      ['vectors as', 'bytes', 'packed', 'recall@10 %', 'first right %'],
      encodings.map(({ encoding, bytes, packedBytes, recall, first }) => [
        ...[encoding, String(bytes), String(packedBytes), percent(recall), percent(first)],
      ]),
    ),
    '',
  ].join('\n');
}
