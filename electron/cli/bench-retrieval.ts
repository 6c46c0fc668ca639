import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Team } from '../../shared/domain/team.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createEngineClient } from '../engine/engine-client.js';
import type { Engine } from '../engine/engine.js';
import { generateArticles, generatedQuestions } from '../evaluation/generated-articles.js';
import { stallText, watchLoop, type WatchedLoop } from '../evaluation/loop-stalls.js';
import { machineLine } from '../evaluation/machine.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import type { SearchRequest } from '../knowledge/knowledge-base.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

export interface BenchRetrievalCommand {
  readonly chunks: number;
  /** Keeps the workspace there; a second run then measures loading and searching only. */
  readonly workspace?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

const SEED = 1;
const QUESTIONS = 200;
/** About so many passages an article of {@link generateArticles} is cut into. */
const PASSAGES_AN_ARTICLE = 4.6;
const FOLDER_SIZE = 500;
/** How often somebody asks while the import runs. */
const ASK_EVERY_MS = 500;

interface Report {
  readonly machine: string;
  readonly articles: number;
  readonly chunks: number;
  readonly import: {
    readonly totalMs: number;
    readonly phasesMs: Readonly<Record<string, number>>;
    readonly peakRssMb: number;
    readonly searchesMeanwhile: Spread;
    readonly mainLoop: WatchedLoop;
  } | null;
  readonly databaseMb: number;
  readonly indexMb: number;
  readonly openMs: number;
  readonly rssMb: number;
  readonly searches: readonly (Spread & { readonly what: string })[];
}

/**
 * `cuecard bench retrieval`: imports generated articles of so many passages into a workspace as the app does, asks while it runs, opens the
 * workspace again and asks. Prints times, sizes, memory and how long the main thread's event loop ever stood still.
 */
export async function runBenchRetrieval(command: BenchRetrievalCommand): Promise<number> {
  const { resources } = command;
  const dir = command.workspace ?? (await mkdtemp(path.join(tmpdir(), 'cuecard-bench-')));
  const workspaceDir = path.join(dir, 'workspace');
  const articles = Math.ceil(command.chunks / PASSAGES_AN_ARTICLE);
  const questions = [...generatedQuestions(resources.demoDir, SEED, QUESTIONS)];
  try {
    const imported = existsSync(path.join(workspaceDir, 'knowledge.db'))
      ? null
      : await measureImport({ dir, workspaceDir, articles, questions, resources });
    const startedAt = performance.now();
    const engine = startEngine(workspaceDir, resources);
    await engine.knowledge.search(requestFor(questions[0] ?? ''));
    const openMs = performance.now() - startedAt;
    const searches = await measureSearches(engine, questions);
    const status = engine.knowledge.status();
    const report: Report = {
      machine: machineLine(),
      articles,
      chunks: status.state === 'ready' ? status.chunks : 0,
      import: imported,
      databaseMb: await megabytes(workspaceDir, /^knowledge\.db$/),
      indexMb: await megabytes(workspaceDir, /^index.*\.hnsw$/),
      openMs,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      searches,
    };
    await engine.close();
    process.stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return 0;
  } finally {
    if (command.workspace === undefined) await rm(dir, { recursive: true, force: true });
  }
}

interface ImportBench {
  readonly dir: string;
  readonly workspaceDir: string;
  readonly articles: number;
  readonly questions: readonly string[];
  readonly resources: ResourceLocations;
}

async function measureImport(bench: ImportBench): Promise<Report['import']> {
  const source = path.join(bench.dir, 'articles');
  await writeArticles(source, bench.articles, bench.resources.demoDir);
  const engine = startEngine(bench.workspaceDir, bench.resources);
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
  const times: number[] = [];
  const pending: Promise<unknown>[] = [];
  let asked = 0;
  const asking = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    const startedAt = performance.now();
    const question = bench.questions[asked++ % bench.questions.length] ?? '';
    const answer = engine.knowledge.search(requestFor(question));
    pending.push(answer.then(() => times.push(performance.now() - startedAt)));
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
    searchesMeanwhile: spreadOf(times),
    mainLoop,
  };
}

async function writeArticles(dir: string, count: number, demoDir: string): Promise<void> {
  let at = 0;
  for (const { title, markdown } of generateArticles(demoDir, SEED)) {
    const folder = path.join(dir, `part-${String(Math.floor(at / FOLDER_SIZE))}`);
    if (at % FOLDER_SIZE === 0) await mkdir(folder, { recursive: true });
    const text = `---\ntitle: ${JSON.stringify(title)}\nlanguage: en\n---\n${markdown}\n`;
    await writeFile(path.join(folder, `article-${String(at)}.md`), text);
    if (++at === count) return;
  }
}

/** A team without intents: training is another bench. */
function startEngine(workspaceDir: string, resources: ResourceLocations): Engine {
  const demo = loadTeam(resources.demoDir, 'bench');
  const team: Team = { ...demo, intents: [], outOfScope: [] };
  return createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: { workspaceDir, embedderDir: resources.embedderDir, team },
    log: silentLogger,
  });
}

const requestFor = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  query,
  limit: 5,
  audiences: ['public', 'internal'],
  language: 'en',
  ...more,
});

async function measureSearches(engine: Engine, questions: readonly string[]): Promise<Report['searches']> {
  const time = async (what: string, ask: (question: string) => Promise<unknown>) => {
    for (const question of questions.slice(0, 10)) await ask(question);
    const times: number[] = [];
    for (const question of questions) {
      const startedAt = performance.now();
      await ask(question);
      times.push(performance.now() - startedAt);
    }
    return { what, ...spreadOf(times) };
  };
  const long = (question: string): string =>
    [...questions.slice(0, 5), question].join(' I am not sure what to do. ');
  return [
    await time('question', (question) => engine.knowledge.search(requestFor(question))),
    await time('with a topic', (question) =>
      engine.knowledge.search(requestFor(question, { topic: 'Returns: send an item back' })),
    ),
    await time('long message', (question) => engine.knowledge.search(requestFor(long(question)))),
    await time('embedding alone', (question) => engine.embedder.embed([question])),
  ];
}

async function megabytes(dir: string, names: RegExp): Promise<number> {
  const found = (await readdir(dir)).filter((name) => names.test(name));
  const sizes = await Promise.all(found.map(async (name) => (await stat(path.join(dir, name))).size));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e5) / 10;
}

function reportText(report: Report): string {
  const { import: imported, searches } = report;
  const s = (ms: number): string => (ms / 1000).toFixed(1);
  const row = ({ count, p50Ms, p95Ms, maxMs }: Spread): (string | number)[] => [
    count,
    ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(1)),
  ];
  const lines = [
    report.machine,
    `${String(report.articles)} generated articles (seed ${String(SEED)}), ${String(report.chunks)} passages`,
  ];
  if (imported) {
    const { own, idleProcess, busyShare } = imported.mainLoop;
    const phases = Object.entries(imported.phasesMs).map(([name, ms]) => `${name} ${s(ms)}`);
    lines.push(
      `Import: ${s(imported.totalMs)} s (${phases.join(', ')}), memory of all threads up to ${String(imported.peakRssMb)} MB`,
      `Main's event loop meanwhile: ${stallText(own)}; it had work ${(100 * busyShare).toFixed(1)} % of the time`,
      `An idle process at the same time: ${stallText(idleProcess)}`,
    );
  }
  return [
    ...lines,
    `Files: database ${String(report.databaseMb)} MB, index ${String(report.indexMb)} MB. Opened and first answer after ${String(Math.round(report.openMs))} ms. Memory of all threads ${String(report.rssMb)} MB`,
    '',
    textTable(
      ['', 'count', 'p50 ms', 'p95 ms', 'max ms'],
      [
        ...searches.map((spread) => [spread.what, ...row(spread)]),
        ...(imported ? [['question, while importing', ...row(imported.searchesMeanwhile)]] : []),
      ],
    ),
    '',
  ].join('\n');
}
