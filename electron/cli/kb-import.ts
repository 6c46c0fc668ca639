import path from 'node:path';

import { createEngineClient } from '../engine/engine-client.js';
import type { ImportReport } from '../../shared/domain/knowledge-source.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';
import { ensureWorkspace } from '../workspace/workspace.js';

export interface KbImportCommand {
  readonly paths: readonly string[];
  readonly workspace: string;
  readonly name: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

/** `cuecard kb import`: makes a workspace equal to the Markdown under the paths and says what came in. */
export async function runKbImport(command: KbImportCommand): Promise<number> {
  const { resources } = command;
  const workspace = ensureWorkspace(path.resolve(command.workspace), command.name);
  const engine = createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: {
      workspaceDir: workspace.dir,
      embedderDir: resources.embedderDir,
      team: loadTeam(workspace.teamDir, workspace.name),
    },
    log: silentLogger,
  });
  const stop = engine.knowledge.onStatusChanged((status) => {
    if (status.state !== 'indexing' || !process.stderr.isTTY) return;
    process.stderr.write(`\rIndexing ${String(status.done)} of ${String(status.total)} passages `);
  });
  try {
    const report = await engine.knowledge.importArticles(command.paths.map((item) => path.resolve(item)));
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.stdout.write(
      command.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, workspace.dir),
    );
    return 0;
  } finally {
    stop();
    await engine.close();
  }
}

function reportText(report: ImportReport, dir: string): string {
  const { articles, chunks, reusedChunks, removedArticles, failures } = report;
  const lines = [
    `Articles: ${String(articles)} (${String(removedArticles)} removed). Passages: ${String(chunks)} (${String(reusedChunks)} unchanged).`,
    ...failures.map((failure) => `Not read: ${failure.path}: ${failure.reason}`),
    `Workspace: ${dir}`,
  ];
  return `${lines.join('\n')}\n`;
}
