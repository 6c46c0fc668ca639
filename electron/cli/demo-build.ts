import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { createEngineClient } from '../engine/engine-client.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { writeDemoStamp } from '../workspace/demo-workspace.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam, teamFileNames } from '../workspace/team-loader.js';
import { DEMO_ORDERS_FILE, ensureWorkspace } from '../workspace/workspace.js';

export interface DemoBuildCommand {
  readonly out: string;
  readonly resources: ResourceLocations;
}

/** `cuecard demo build`: imports the demo articles and trains its classifier into a folder that the app copies on first start. */
export async function runDemoBuild({ out, resources }: DemoBuildCommand): Promise<number> {
  const finalDir = path.resolve(out);
  const dir = `${finalDir}.new`;
  fs.rmSync(dir, { recursive: true, force: true });
  const workspace = ensureWorkspace(dir, 'demo');
  for (const name of [...teamFileNames, DEMO_ORDERS_FILE]) {
    const file = path.join(resources.demoDir, name);
    if (fs.existsSync(file)) fs.copyFileSync(file, path.join(workspace.teamDir, name));
  }
  const engine = createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: {
      workspaceDir: dir,
      embedderDir: resources.embedderDir,
      team: loadTeam(workspace.teamDir, 'demo'),
    },
    log: silentLogger,
  });
  try {
    const report = await engine.knowledge.importArticles(
      [path.join(resources.demoDir, 'knowledge')],
      undefined,
      { isDetached: true },
    );
    // The first classification waits for the training, so that the copy needs none.
    await engine.classifier.classify('Where is my order?');
    const failed = report.failures
      .map((failure) => `Not read: ${failure.path}: ${failure.reason}\n`)
      .join('');
    process.stdout.write(
      `${failed}Demo team: ${String(report.articles)} articles, ${String(report.chunks)} passages.\n`,
    );
  } finally {
    await engine.close();
  }
  writeDemoStamp(dir, contentHash(dir));
  fs.rmSync(finalDir, { recursive: true, force: true });
  fs.renameSync(dir, finalDir);
  return 0;
}

/** Hash over names and contents of the team files and the database, so that any change of the demo is a new stamp. */
function contentHash(dir: string): string {
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(dir, name);
    if (name === 'workspace.json' || !fs.statSync(file).isFile()) continue;
    hash.update(name).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}
