import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { benchFlat, benchGraph, type FlatFigures, type GraphFigures } from '../evaluation/index-bench.js';
import { machineLine } from '../evaluation/machine.js';
import { textTable } from '../evaluation/text-table.js';
import { makeVectors } from '../evaluation/vectors-of-texts.js';
import { HNSW_PARAMETERS } from '../knowledge/index/hnsw-index.js';
import { openEmbedderFolder } from '../models/open-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';

export interface BenchIndexCommand {
  readonly chunks: number;
  /** A JSONL file with a field `text` a line, instead of generated articles. */
  readonly corpus?: string;
  readonly embedder?: string;
  /** Measure other sizes of the graph beside the one that is used. */
  readonly grid?: boolean;
  /** Keeps vectors there for the next run. */
  readonly cache?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

const QUERIES = 500;
const EF = [32, 64, 100, 128, 200];
const GRID = [
  { m: 8, efConstruction: 100 },
  { m: 12, efConstruction: 100 },
  { m: 16, efConstruction: 100 },
  { m: 24, efConstruction: 200 },
];
/** Where comparing all stops being the quicker choice lies among these. */
const FLAT_SIZES = [1000, 2000, 5000, 10_000, 20_000, 50_000];

interface Report {
  readonly machine: string;
  readonly chunks: number;
  readonly dimensions: number;
  readonly embedder: string;
  readonly texts: string;
  readonly used: typeof HNSW_PARAMETERS;
  readonly flat: readonly FlatFigures[];
  readonly graphs: readonly GraphFigures[];
  readonly rssMb: number;
}

/**
 * `cuecard bench index`: how long an index of so many passages takes to build and to load, how large it is, how fast it answers, and how
 * many of the ten true neighbours it finds, against comparing all.
 */
export async function runBenchIndex(command: BenchIndexCommand): Promise<number> {
  const { chunks, corpus, cache, resources } = command;
  const embedder = await openEmbedderFolder(command.embedder ?? resources.embedderDir);
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-bench-'));
  try {
    const { dimensions, vectors, queries } = await makeVectors({
      chunks,
      queries: QUERIES,
      embedder,
      corpus: corpus ?? null,
      demoDir: resources.demoDir,
      cacheDir: cache ?? null,
      onProgress: (done, total) => {
        if (process.stderr.isTTY) process.stderr.write(`\rEmbedding ${String(done)} of ${String(total)} `);
      },
    });
    const source = { labels: Array.from({ length: chunks }, (_, i) => i + 1), vectors, dimensions };
    const flat = FLAT_SIZES.filter((size) => size <= chunks).map((size) => benchFlat(source, queries, size));
    const graphs: GraphFigures[] = [];
    for (const shape of [HNSW_PARAMETERS, ...(command.grid ? GRID : [])])
      graphs.push(await benchGraph({ source, queries, shape, ef: EF, dir }));
    const report: Report = {
      machine: machineLine(),
      chunks,
      dimensions,
      embedder: embedder.id,
      texts: corpus ? path.basename(corpus) : 'generated articles, seed 1',
      used: HNSW_PARAMETERS,
      flat,
      graphs,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
    process.stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return 0;
  } finally {
    await embedder.close();
    await rm(dir, { recursive: true, force: true });
  }
}

function reportText(report: Report): string {
  const { used, flat, graphs } = report;
  const ms = (value: number): string => value.toFixed(2);
  return [
    report.machine,
    `${String(report.chunks)} passages (${report.texts}), ${String(report.dimensions)} numbers each (${report.embedder}); ${String(QUERIES)} questions, 50 neighbours each`,
    `In use: M ${String(used.m)}, efConstruction ${String(used.efConstruction)}, ef ${String(used.ef)}. Memory of this process at the end: ${String(report.rssMb)} MB`,
    '',
    textTable(
      ['compare all', 'p50 ms', 'p95 ms'],
      flat.map(({ size, p50Ms, p95Ms }) => [String(size), ms(p50Ms), ms(p95Ms)]),
    ),
    '',
    textTable(
      ['M / efC', 'build s', 'file MB', 'write s', 'load ms', 'ef', 'recall@10', 'p50 ms', 'p95 ms'],
      graphs.flatMap(({ m, efConstruction, buildMs, fileBytes, writeMs, loadMs, searches }) =>
        searches.map(({ ef, recall, p50Ms, p95Ms }, i) => [
          i === 0 ? `${String(m)} / ${String(efConstruction)}` : '',
          ...(i === 0
            ? [
                (buildMs / 1000).toFixed(1),
                (fileBytes / 1e6).toFixed(1),
                (writeMs / 1000).toFixed(2),
                loadMs.toFixed(0),
              ]
            : ['', '', '', '']),
          ef,
          recall.toFixed(4),
          ms(p50Ms),
          ms(p95Ms),
        ]),
      ),
    ),
    '',
  ].join('\n');
}
