import { Readable } from 'node:stream';

import { parse } from 'csv-parse';

import { machineLine } from '../evaluation/machine.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import type { HubClient } from '../sync/hub-client.js';
import { startBenchedHub, type BenchedHub } from './bench-hub-process.js';
import {
  clientWith,
  inTurn,
  joinReps,
  openStreams,
  sendFeedback,
  type SentFeedback,
} from './bench-hub-reps.js';

export interface BenchHubCommand {
  readonly reps: number;
  readonly seconds: number;
  /** Feedback events a second, of all reps together. */
  readonly rate: number;
  /** An empty Postgres database instead of the embedded store. */
  readonly databaseUrl?: string;
  readonly json?: boolean;
}

const SYNC_CHECKS = 2000;
const SAMPLE_MS = 500;
const MEBIBYTE = 2 ** 20;

interface Report {
  readonly machine: string;
  readonly store: BenchedHub['store'];
  readonly reps: number;
  readonly openStreams: number;
  readonly rate: number;
  readonly made: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly failedRequests: number;
  readonly perSecond: number;
  readonly storedOnce: number;
  readonly storedOften: number;
  readonly acknowledgement: Spread;
  readonly sync: Spread;
  /** Most resident memory of the hub's process that was seen. */
  readonly hubMemoryMb: number;
  /** Share of one core the hub's process took while feedback came in. */
  readonly hubCores: number;
}

/**
 * `cuecard bench hub`: a hub in a process of its own, so many reps with an open event stream each, and the feedback they send together;
 * then what is stored is read back and counted. Hub and reps share this machine. Percentiles are nearest-rank.
 */
export async function runBenchHub(command: BenchHubCommand): Promise<number> {
  const { reps: count, seconds, rate, databaseUrl, json } = command;
  const hub = await startBenchedHub(databaseUrl);
  const closing = new AbortController();
  const memory = watchMemory(hub);
  try {
    const operator = clientWith(hub.url, hub.hubKey);
    say(`${hub.store}: ${String(count)} reps join`);
    const reps = await joinReps(hub.url, operator, count);
    await openStreams(reps, closing.signal);
    say(`${String(rate)} events a second for ${String(seconds)} s`);
    const streams = await hub.figure('cuecard_hub_event_streams');
    const cpuBefore = await hub.figure('process_cpu_seconds_total');
    const sent = await sendFeedback(reps, rate, seconds);
    const cpuSeconds = (await hub.figure('process_cpu_seconds_total')) - cpuBefore;
    const sync = await askForReleases(reps);
    say('reading back what is stored');
    const stored = await storedTimes(operator, sent);
    const report: Report = {
      ...{ machine: machineLine(), store: hub.store, reps: count, openStreams: streams, rate },
      ...{ made: sent.made, acknowledged: sent.acknowledged.size },
      ...{ refused: sent.refused, failedRequests: sent.failedRequests },
      perSecond: Math.round(sent.acknowledged.size / sent.seconds),
      ...stored,
      acknowledgement: spreadOf(sent.delaysMs),
      sync: spreadOf(sync),
      hubMemoryMb: Math.round(memory.mostBytes() / MEBIBYTE),
      hubCores: cpuSeconds / sent.seconds,
    };
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    const isWhole = stored.storedOnce === sent.made && stored.storedOften === 0;
    return isWhole ? 0 : EXIT_LOST;
  } finally {
    memory.stop();
    closing.abort();
    await hub.stop();
  }
}

/** Something was lost or stored twice: the hub could not do what it is for. */
const EXIT_LOST = 5;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function watchMemory(hub: BenchedHub): { mostBytes: () => number; stop: () => void } {
  let most = 0;
  const timer = setInterval(() => {
    void hub.figure('process_resident_memory_bytes').then(
      (bytes) => (most = Math.max(most, bytes)),
      () => undefined,
    );
  }, SAMPLE_MS);
  return { mostBytes: () => most, stop: () => clearInterval(timer) };
}

/** How long the hub takes to say which release a device should run, in milliseconds. */
async function askForReleases(reps: readonly HubClient[]): Promise<number[]> {
  const timesMs: number[] = [];
  await inTurn(SYNC_CHECKS, async (at) => {
    const startedAt = performance.now();
    const body = { release: null, root: null, appVersion: '0' };
    await reps[at % reps.length]?.request('sync.check', { body });
    timesMs.push(performance.now() - startedAt);
  });
  return timesMs;
}

/** Reads the export and counts each acknowledged event in it. */
async function storedTimes(
  operator: HubClient,
  { acknowledged }: SentFeedback,
): Promise<{ storedOnce: number; storedOften: number }> {
  const query = { format: 'csv' as const, redact: false };
  const csv = Readable.from(await operator.receive('feedback.export', { query }));
  const times = new Map<string, number>();
  for await (const row of csv.pipe(parse({ columns: true, bom: true })) as AsyncIterable<{ id: string }>)
    if (acknowledged.has(row.id)) times.set(row.id, (times.get(row.id) ?? 0) + 1);
  const counts = [...times.values()];
  return {
    storedOnce: counts.filter((count) => count === 1).length,
    storedOften: counts.filter((count) => count > 1).length,
  };
}

function reportText(report: Report): string {
  const row = (what: string, { count, p50Ms, p95Ms, maxMs }: Spread): (string | number)[] => [
    what,
    count,
    ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(1)),
  ];
  return [
    report.machine,
    `Hub on ${report.store}, ${String(report.reps)} reps, ${String(report.openStreams)} event streams open; ${String(report.rate)} events a second asked for`,
    `${String(report.made)} events made, ${String(report.acknowledged)} acknowledged (${String(report.perSecond)} a second), ${String(report.storedOnce)} stored once, ${String(report.storedOften)} more than once, ${String(report.refused)} refused; ${String(report.failedRequests)} requests failed and were repeated`,
    `The hub's process: at most ${String(report.hubMemoryMb)} MB, ${report.hubCores.toFixed(2)} cores while feedback came in`,
    textTable(
      ['', 'times', 'p50 ms', 'p95 ms', 'max ms'],
      [row('sent to acknowledged', report.acknowledgement), row('/v1/sync, no release', report.sync)],
    ),
    '',
  ].join('\n');
}
