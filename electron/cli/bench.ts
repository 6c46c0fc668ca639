import { randomUUID } from 'node:crypto';
import os from 'node:os';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { composeAssist } from '../compose.js';
import { toConversation } from '../helpdesk/conversation-file.js';
import { demoScripts } from '../helpdesk/demo-scripts.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';

export interface BenchCommand {
  readonly rounds: number;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
  readonly env: NodeJS.ProcessEnv;
}

interface Spread {
  readonly what: string;
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/**
 * `cuecard bench`: runs every demo conversation through the warm graph, `rounds` times, and prints how long cards and stages take,
 * with the machine. One run at a time; the first round warms up and is not counted. Percentiles are nearest-rank.
 */
export async function runBench({ rounds, json, resources, env }: BenchCommand): Promise<number> {
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(cuecardHome(env)));
  const { scripts } = demoScripts(resources.demoDir, {});
  const startedAt = performance.now();
  const assist = composeAssist({
    workspace,
    resources,
    createLogger: () => silentLogger,
    now: () => new Date(),
    runsDatabase: null,
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
      machine: machine(),
      firstCardMs: Math.round(firstCardMs),
      spreads: spreadsOf(suggestions),
    };
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return 0;
  } finally {
    await assist.close();
  }
}

function spreadsOf(suggestions: readonly Suggestion[]): Spread[] {
  const byStage = new Map<string, number[]>();
  for (const { timings, totalMs } of suggestions) {
    for (const { stage, durationMs } of timings)
      byStage.set(stage, [...(byStage.get(stage) ?? []), durationMs]);
    byStage.set('card', [...(byStage.get('card') ?? []), totalMs]);
  }
  return [...byStage].map(([what, times]) => spread(what, times));
}

function spread(what: string, times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { what, count: sorted.length, p50Ms: rank(0.5), p95Ms: rank(0.95), maxMs: rank(1) };
}

function machine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${String(os.cpus().length)} cores, ${String(memory)} GiB, ${os.platform()}, Node ${process.versions.node}`;
}

function reportText(report: { machine: string; firstCardMs: number; spreads: readonly Spread[] }): string {
  const row = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(12) : cell.padStart(10))).join('');
  const ms = (value: number): string => value.toFixed(1);
  return [
    report.machine,
    `First card, everything cold: ${String(report.firstCardMs)} ms`,
    row(['', 'runs', 'p50 ms', 'p95 ms', 'max ms']),
    ...report.spreads.map(({ what, count, p50Ms, p95Ms, maxMs }) =>
      row([what, String(count), ms(p50Ms), ms(p95Ms), ms(maxMs)]),
    ),
    '',
  ].join('\n');
}
