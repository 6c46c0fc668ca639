import { randomUUID } from 'node:crypto';
import path from 'node:path';

import type { Command } from 'commander';

import { silentLogger } from '../../shared/lib/logger.js';
import { createSuggestionGraph } from '../agents/create-suggestion-graph.js';
import { shopWriteTools } from '../agents/tools/write-tools.js';
import { composeAssist } from '../compose-assist.js';
import { countingChanges, evaluateTools, toolsReportText } from '../evaluation/evaluate-tools.js';
import { readRetailSet, type RetailTask } from '../evaluation/retail-set.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

/** Adds `eval tools`: look-ups and proposed changes on a public set of shop tasks, by the local strategies. */
export function addToolsCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  group
    .command('tools')
    .description(
      'Right tool, right order, nothing written without an approval, and policy, on tau2-bench retail.',
    )
    .requiredOption('--dir <folder>', 'with db.json and tasks_train.json (evals/datasets/README.md)')
    .option('--json', 'print the figures as JSON')
    .action(async ({ dir, json }: { dir: string; json?: boolean }) => {
      const set = readRetailSet(path.resolve(dir));
      const workspace = prepareDemoWorkspace(
        resources.demoWorkspaceDir,
        demoWorkspaceDir(cuecardHome(process.env)),
      );
      const now = (): Date => new Date('2026-11-05T12:00:00Z');
      const assist = composeAssist({
        ...{ workspace, resources, now, createLogger: () => silentLogger },
        ...{ runsDatabase: null, chat: null },
      });
      const demo = loadTeam(resources.demoDir, 'team');
      const profile = { ...demo.profile, currency: 'USD', patterns: { orderId: '#W\\d{7}' }, products: [] };
      const changes = countingChanges();
      const writeTools = shopWriteTools({ ...{ shop: set.shop, changes, profile, now } });
      const { engine } = assist;
      const graph = createSuggestionGraph({
        ...{ knowledge: engine.knowledge, classifier: engine.classifierOf(null), embedder: engine.embedder },
        ...{ shop: set.shop, writeTools, team: { ...demo, profile }, checkpoints: null, now },
        createLogger: () => silentLogger,
      });
      try {
        const run = (task: RetailTask) =>
          graph.run({
            ...{ runId: randomUUID(), conversation: conversationOf(task, now()), variant: 'standard' },
            ...{ signal: new AbortController().signal, onEvent: () => undefined },
          });
        const report = await evaluateTools(set, run, writeTools, changes);
        process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : toolsReportText(report));
        finish(report.writtenWithoutApproval === 0 ? 0 : 1);
      } finally {
        await assist.close();
      }
    });
}

function conversationOf({ id, text, name, email }: RetailTask, now: Date) {
  const sentAt = now.toISOString();
  return {
    ...{ id, subject: '', channel: 'email' as const, status: 'open' as const, updatedAt: sentAt },
    customer: { name, email },
    messages: [{ id: `${id}-1`, conversationId: id, author: 'customer' as const, text, sentAt }],
  };
}
