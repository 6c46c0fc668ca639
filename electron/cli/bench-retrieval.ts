import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Engine } from '../engine/engine.js';
import { generatedQuestions } from '../evaluation/generated-articles.js';
import { machineLine } from '../evaluation/machine.js';
import { spreadOf } from '../evaluation/spread.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { benchRequest, startBenchEngine } from './bench-retrieval-engine.js';
import { measureImport } from './bench-retrieval-import.js';
import { retrievalBenchText, type RetrievalBenchReport } from './bench-retrieval-report.js';

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
      : await measureImport({ dir, workspaceDir, articles, seed: SEED, questions, resources });
    const startedAt = performance.now();
    const engine = startBenchEngine(workspaceDir, resources);
    await engine.knowledge.search(benchRequest(questions[0] ?? ''));
    const openMs = performance.now() - startedAt;
    const searches = await measureSearches(engine, questions);
    const status = engine.knowledge.status();
    const report: RetrievalBenchReport = {
      machine: machineLine(),
      articles,
      seed: SEED,
      chunks: status.state === 'ready' ? status.chunks : 0,
      import: imported,
      databaseMb: await megabytes(workspaceDir, /^knowledge\.db$/),
      indexMb: await megabytes(workspaceDir, /^index.*\.hnsw$/),
      openMs,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      searches,
    };
    await engine.close();
    process.stdout.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : retrievalBenchText(report));
    return 0;
  } finally {
    if (command.workspace === undefined) await rm(dir, { recursive: true, force: true });
  }
}

async function measureSearches(
  engine: Engine,
  questions: readonly string[],
): Promise<RetrievalBenchReport['searches']> {
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
    await time('question', (question) => engine.knowledge.search(benchRequest(question))),
    await time('with a topic', (question) =>
      engine.knowledge.search(benchRequest(question, { topic: 'Returns: send an item back' })),
    ),
    await time('long message', (question) => engine.knowledge.search(benchRequest(long(question)))),
    await time('embedding alone', (question) => engine.embedder.embed([question])),
  ];
}

async function megabytes(dir: string, names: RegExp): Promise<number> {
  const found = (await readdir(dir)).filter((name) => names.test(name));
  const sizes = await Promise.all(found.map(async (name) => (await stat(path.join(dir, name))).size));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e5) / 10;
}
