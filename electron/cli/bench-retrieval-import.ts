import { rm } from 'node:fs/promises';
import path from 'node:path';

import { watchLoop, type WatchedLoop } from '../evaluation/loop-stalls.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { benchRequest, startBenchEngine } from './bench-retrieval-engine.js';
import { writeGeneratedArticles } from './write-generated-articles.js';

/** What an import cost, and what others felt of it. */
export interface ImportFigures {
  readonly totalMs: number;
  readonly phasesMs: Readonly<Record<string, number>>;
  readonly peakRssMb: number;
  /** All searches asked while it ran. */
  readonly searchesMeanwhile: Spread;
  /** Those of them that were asked after the articles were read and embedded: from then on there is something to search. */
  readonly searchesAfterEmbedding: Spread;
  readonly mainLoop: WatchedLoop;
}

export interface ImportBench {
  /** A folder for the articles; they are removed from it afterwards. */
  readonly dir: string;
  readonly workspaceDir: string;
  readonly articles: number;
  readonly seed: number;
  readonly questions: readonly string[];
  readonly resources: ResourceLocations;
}

/** How often somebody asks while the import runs. */
const ASK_EVERY_MS = 500;

/** Imports generated articles as the app does and asks a question every half second meanwhile. */
export async function measureImport(bench: ImportBench): Promise<ImportFigures> {
  const source = path.join(bench.dir, 'articles');
  await writeGeneratedArticles(source, { ...bench, demoDir: bench.resources.demoDir });
  const engine = startBenchEngine(bench.workspaceDir, bench.resources);
  await engine.knowledge.list();
  const phasesMs: Record<string, number> = {};
  let phase = { name: 'reading', startedAt: performance.now() };
  const endPhase = (next: string): void => {
    const now = performance.now();
    phasesMs[phase.name] = Math.round((phasesMs[phase.name] ?? 0) + now - phase.startedAt);
    phase = { name: next, startedAt: now };
  };
  engine.knowledge.onImportProgress((progress) => {
    if (progress && progress.phase !== phase.name) endPhase(progress.phase);
    if (progress && process.stderr.isTTY)
      process.stderr.write(`\r${progress.phase} ${String(progress.done)} of ${String(progress.total)}      `);
  });
  let peakRss = 0;
  const times: { readonly ms: number; readonly isAfterEmbedding: boolean }[] = [];
  const pending: Promise<unknown>[] = [];
  let asked = 0;
  const asking = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    const startedAt = performance.now();
    const question = bench.questions[asked++ % bench.questions.length] ?? '';
    const isAfterEmbedding = phase.name === 'writing' || phase.name === 'indexing';
    const answer = engine.knowledge.search(benchRequest(question));
    pending.push(answer.then(() => times.push({ ms: performance.now() - startedAt, isAfterEmbedding })));
  }, ASK_EVERY_MS);
  const stopWatching = await watchLoop();
  const startedAt = performance.now();
  await engine.knowledge.importArticles([source]);
  const totalMs = performance.now() - startedAt;
  const mainLoop = await stopWatching();
  clearInterval(asking);
  endPhase('done');
  await Promise.all(pending);
  await engine.close();
  await rm(source, { recursive: true, force: true });
  return {
    totalMs,
    phasesMs,
    peakRssMb: Math.round(peakRss / 2 ** 20),
    searchesMeanwhile: spreadOf(times.map(({ ms }) => ms)),
    searchesAfterEmbedding: spreadOf(
      times.filter(({ isAfterEmbedding }) => isAfterEmbedding).map(({ ms }) => ms),
    ),
    mainLoop,
  };
}
