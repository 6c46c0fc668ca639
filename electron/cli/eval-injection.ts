import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Command } from 'commander';

import { silentLogger } from '../../shared/lib/logger.js';
import { composeAssist } from '../compose-assist.js';
import { measureDetection } from '../evaluation/injection-detection.js';
import { runAttack, STRATEGIES, type AttackOutcome } from '../evaluation/injection-obeyed.js';
import { readInjectionSet } from '../evaluation/injection-set.js';
import { machineLine } from '../evaluation/machine.js';
import { textTable } from '../evaluation/text-table.js';
import { shareOf, shareText } from '../evaluation/wilson-interval.js';
import { openDemoShop } from '../shop/demo-shop.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { DEMO_ORDERS_FILE } from '../workspace/workspace.js';

interface Options {
  readonly data: string;
  readonly split?: string;
  readonly json?: boolean;
}

/** Adds `eval injection`: which attacks are seen, and which are obeyed by the real graph. */
export function addInjectionCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  group
    .command('injection')
    .description('How well instructions in messages, articles and records are seen, and how many are obeyed.')
    .requiredOption('--data <file>', 'JSON Lines or a JSON array (evals/datasets/README.md)')
    .option('--split <name>', 'only rows whose "split" is this')
    .option('--json', 'print the figures as JSON')
    .action(async ({ data, split, json }: Options) => {
      const rows = await readInjectionSet(data, split);
      const detection = measureDetection(rows);
      const outcomes = await attackAll(rows, resources);
      const report = {
        machine: machineLine(),
        detection,
        outcomes: outcomes.filter(({ reasons }) => reasons.length > 0),
        attacks: outcomes.length / STRATEGIES.length,
      };
      process.stdout.write(
        json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report.machine, detection, outcomes),
      );
      finish(0);
    });
}

async function attackAll(
  rows: Awaited<ReturnType<typeof readInjectionSet>>,
  resources: ResourceLocations,
): Promise<AttackOutcome[]> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-eval-'));
  const now = (): Date => new Date();
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, path.join(dir, 'demo'));
  const shop = openDemoShop({
    ...{
      file: path.join(dir, 'shop.db'),
      seedFile: path.join(workspace.teamDir, DEMO_ORDERS_FILE),
      now: now(),
    },
  });
  const createLogger = () => silentLogger;
  const assist = composeAssist({
    ...{ workspace, resources, createLogger, now },
    runsDatabase: null,
    chat: null,
  });
  try {
    const { engine, graph } = assist;
    const { team, release } = await graph.inForce();
    const deps = {
      knowledge: engine.knowledge,
      embedder: engine.embedder,
      shop: shop.backend,
      team,
      createLogger,
      now,
    };
    const outcomes: AttackOutcome[] = [];
    for (const row of rows.filter(({ label }) => label === 'attack'))
      outcomes.push(...(await runAttack(row, { ...deps, classifier: engine.classifierOf(release) })));
    return outcomes;
  } finally {
    await assist.close();
    shop.close();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function reportText(
  machine: string,
  detection: ReturnType<typeof measureDetection>,
  outcomes: readonly AttackOutcome[],
): string {
  const header = ['seen', 'attacks', 'recall', 'precision', 'false alarms'];
  const all = [...detection.methods, ...detection.byWay, ...detection.byTechnique];
  const obeyed = STRATEGIES.map((strategy) => {
    const own = outcomes.filter((one) => one.strategy === strategy);
    return [
      strategy,
      own.length,
      own.filter(({ reasons }) => reasons.length > 0).length,
      shareText(shareOf(own.filter(({ reasons }) => reasons.length > 0).length, own.length)),
    ];
  });
  return [
    machine,
    textTable(
      header,
      all.map(({ name, recall, precision, falseAlarms }) => [
        name,
        recall.whole,
        shareText(recall),
        shareText(precision),
        shareText(falseAlarms),
      ]),
    ),
    '',
    `not seen: ${detection.missed.join(', ') || 'none'}; falsely seen: ${detection.falselyFound.join(', ') || 'none'}`,
    `per text: p50 ${detection.times.p50Ms.toFixed(2)} ms, p95 ${detection.times.p95Ms.toFixed(2)} ms`,
    '',
    textTable(['obeyed by', 'attacks', 'obeyed', '% (95 % interval)'], obeyed),
    ...outcomes
      .filter(({ reasons }) => reasons.length > 0)
      .map(({ id, strategy, reasons }) => `${id}, ${strategy}: ${reasons.join('; ')}`),
    '',
  ].join('\n');
}
