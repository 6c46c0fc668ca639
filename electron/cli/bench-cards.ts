import { randomUUID } from 'node:crypto';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { composeAssist } from '../compose-assist.js';
import { machineLine } from '../evaluation/machine.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import { toConversation } from '../helpdesk/conversation-file.js';
import { demoScripts } from '../helpdesk/demo-scripts.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';

export interface BenchCardsCommand {
  readonly rounds: number;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

interface StageSpread extends Spread {
  readonly what: string;
}

/**
 * `cuecard bench`: runs every demo conversation through the warm graph, `rounds` times, and prints how long cards and stages take,
 * with the machine. One run at a time; the first round warms up and is not counted. Percentiles are nearest-rank.
 */
export async function runBenchCards({ rounds, json, resources, env }: BenchCardsCommand): Promise<number> {
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(cuecardHome(env)));
  const { scripts } = demoScripts(resources.demoDir, {});
  const startedAt = performance.now();
  const assist = composeAssist({
    workspace,
    resources,
    createLogger: () => silentLogger,
    now: () => new Date(),
    runsDatabase: null,
    // What is measured is this machine, not somebody's service.
    chat: null,
  });
  try {
    const suggestions: Suggestion[] = [];
    let firstCardMs = 0;
    for (let round = 0; round <= rounds; round += 1) {
      for (const script of scripts) {
        const suggestion = await assist.graph.run({
          runId: randomUUID(),
          conversation: toConversation(script, new Date()),
          variant: 'standard',
          signal: new AbortController().signal,
          onEvent: () => undefined,
        });
        firstCardMs ||= performance.now() - startedAt;
        if (round > 0) suggestions.push(suggestion);
      }
    }
    const report = {
      machine: machineLine(),
      firstCardMs: Math.round(firstCardMs),
      spreads: spreadsOf(suggestions),
    };
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return 0;
  } finally {
    await assist.close();
  }
}

function spreadsOf(suggestions: readonly Suggestion[]): StageSpread[] {
  const byStage = new Map<string, number[]>();
  for (const { timings, totalMs } of suggestions) {
    for (const { stage, durationMs } of timings)
      byStage.set(stage, [...(byStage.get(stage) ?? []), durationMs]);
    byStage.set('card', [...(byStage.get('card') ?? []), totalMs]);
  }
  return [...byStage].map(([what, times]) => ({ what, ...spreadOf(times) }));
}

interface Report {
  readonly machine: string;
  readonly firstCardMs: number;
  readonly spreads: readonly StageSpread[];
}

function reportText({ machine, firstCardMs, spreads }: Report): string {
  const rows = spreads.map(({ what, count, ...times }) => [
    what,
    count,
    ...[times.p50Ms, times.p95Ms, times.maxMs].map((value) => value.toFixed(1)),
  ]);
  return [
    machine,
    `First card, everything cold: ${String(firstCardMs)} ms`,
    textTable(['', 'runs', 'p50 ms', 'p95 ms', 'max ms'], rows),
    '',
  ].join('\n');
}
