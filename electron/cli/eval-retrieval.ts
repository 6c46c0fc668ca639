import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { scopeOf } from '../evaluation/beir-scope.js';
import { readBeirSet } from '../evaluation/beir-set.js';
import { machineLine } from '../evaluation/machine.js';
import { openEmbedderFolder } from '../models/open-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { openBeirKnowledge } from './beir-knowledge.js';
import { measureRetrieval, timed } from './measure-retrieval.js';
import { retrievalReportText, type RetrievalReport } from './retrieval-report.js';

export interface EvalRetrievalCommand {
  readonly dir: string;
  readonly split: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly noise?: boolean;
  /** Folder of another embedder than the bundled one. */
  readonly embedder?: string;
  /** Keeps the imported corpus for the next run; a temporary folder when left out. */
  readonly workspace?: string;
  readonly resources: ResourceLocations;
}

/**
 * `cuecard eval retrieval`: imports a BEIR set into a workspace as a team's articles, searches it as the app does, and prints how well and how
 * fast, beside full text alone, vectors alone and the two fused.
 */
export async function runEvalRetrieval(command: EvalRetrievalCommand): Promise<number> {
  const { resources, json } = command;
  const set = await readBeirSet(command.dir, command.split);
  const scope = scopeOf(set);
  const queries = set.queries.slice(0, command.limit);
  const dir = command.workspace ?? (await mkdtemp(path.join(tmpdir(), 'cuecard-eval-')));
  await mkdir(dir, { recursive: true });
  const embedder = timed(await openEmbedderFolder(command.embedder ?? resources.embedderDir));
  try {
    const startedAt = performance.now();
    const { knowledge, imported } = await openBeirKnowledge({ workspaceDir: dir, set, scope, embedder });
    try {
      const importMs = performance.now() - startedAt;
      const report: RetrievalReport = {
        machine: machineLine(),
        set: command.dir,
        embedder: embedder.id,
        documents: imported.articles,
        passages: imported.chunks,
        questions: queries.filter(({ relevant }) => relevant.size > 0).length,
        withoutAnswer: queries.filter(({ relevant }) => relevant.size === 0).length,
        scope: Object.fromEntries(Array.from(scope, ([facet, key]) => [key, facet])),
        importMs: Math.round(importMs),
        ...(await measureRetrieval(knowledge, embedder, queries, scope, command.noise ?? false)),
      };
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : retrievalReportText(report));
      return 0;
    } finally {
      await knowledge.close();
    }
  } finally {
    await embedder.close();
    if (command.workspace === undefined) await rm(dir, { recursive: true, force: true });
  }
}
