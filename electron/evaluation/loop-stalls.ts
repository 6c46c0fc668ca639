import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';

/** How late the turns of an event loop came. */
export interface LoopStalls {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** How many turns came later than each limit, in milliseconds. */
  readonly laterThan: Readonly<Record<string, number>>;
}

/** Stalls of this thread's loop beside those of a process that does nothing at the same time. */
export interface WatchedLoop {
  readonly own: LoopStalls;
  /** What the machine alone costs: a busy core lets an idle process wait, too. */
  readonly idleProcess: LoopStalls;
  /** Share of the time, 0 to 1, in which this loop had anything to do at all. */
  readonly busyShare: number;
}

const LIMITS_MS = [5, 10, 20, 50, 100, 200];
const RESOLUTION_MS = 1;

/** What the other process runs: it measures until its input ends, then prints percentiles and count. */
const IDLE_PROCESS = `
const { monitorEventLoopDelay } = require('node:perf_hooks');
const delay = monitorEventLoopDelay({ resolution: ${String(RESOLUTION_MS)} });
delay.enable();
process.stdout.write('ready\\n');
process.stdin.on('end', () => {
  delay.disable();
  process.stdout.write(JSON.stringify({ count: delay.count, max: delay.max, percentiles: [...delay.percentiles] }));
}).resume();`;

type Counted = Pick<IntervalHistogram, 'count' | 'max'> & {
  readonly percentiles: Iterable<[number, number]>;
};

/** Watches this thread's event loop, and an idle process beside it, until the returned function is called. */
export async function watchLoop(): Promise<() => Promise<WatchedLoop>> {
  const child = spawn(process.execPath, ['-e', IDLE_PROCESS], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  await once(child.stdout, 'data');
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = performance.eventLoopUtilization();
  delay.enable();
  return async () => {
    delay.disable();
    const { utilization } = performance.eventLoopUtilization(before);
    child.stdin.end();
    await once(child, 'close');
    const idle = JSON.parse(output.slice(output.indexOf('\n') + 1)) as Counted;
    return { own: stallsOf(delay), idleProcess: stallsOf(idle), busyShare: utilization };
  };
}

function stallsOf({ count, max, percentiles }: Counted): LoopStalls {
  const values = [...percentiles];
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  const at = (percentile: number): number => ms(values.find(([share]) => share >= percentile)?.[1] ?? max);
  const laterThan = Object.fromEntries(
    LIMITS_MS.map((limit) => {
      const share = values.filter(([, value]) => ms(value) <= limit).at(-1)?.[0] ?? 0;
      return [String(limit), Math.round(count * (1 - share / 100))];
    }),
  );
  return { p50Ms: at(50), p99Ms: at(99), maxMs: ms(max), laterThan };
}

export function stallText({ p50Ms, p99Ms, maxMs, laterThan }: LoopStalls): string {
  const counts = Object.entries(laterThan).map(([limit, count]) => `${limit} ms: ${String(count)}`);
  return `p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}, longest ${maxMs.toFixed(1)} ms; later than ${counts.join(', ')}`;
}
