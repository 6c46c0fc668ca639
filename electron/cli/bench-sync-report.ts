import type { WireBytes } from '../evaluation/counting-proxy.js';
import { stallText } from '../evaluation/loop-stalls.js';
import type { Published } from '../publishing/published.js';
import type { SyncFigures } from './bench-sync-device.js';

/** One release on its way to a device. */
export interface SyncRound extends SyncFigures {
  readonly published: Published;
  readonly wire: WireBytes;
  /** Bytes of the Markdown files that changed; null for a first sync. */
  readonly changedMarkdown: number | null;
}

/** What `cuecard bench sync` measured. */
export interface SyncBenchReport {
  readonly machine: string;
  readonly articles: number;
  readonly changed: number;
  readonly passages: number;
  /** From articles that are embedded to a release on the hub: the first, and the one with the change. */
  readonly publishMs: readonly number[];
  readonly whole: SyncRound;
  readonly delta: SyncRound;
  /** A device that joins after the change; `published` is the release that made it. */
  readonly late: SyncRound;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

export function syncBenchText({
  machine,
  articles,
  changed,
  passages,
  publishMs,
  whole,
  delta,
  late,
}: SyncBenchReport): string {
  return [
    machine,
    `${String(articles)} generated articles, ${String(passages)} passages; then ${String(changed)} of them change`,
    `Publishing, embedded already: ${publishMs.map(seconds).join(', then ')}`,
    '',
    ...roundText('First sync', whole),
    '',
    ...roundText('Delta', delta),
    '',
    ...roundText('First sync after the change', late),
    '',
  ].join('\n');
}

function roundText(title: string, round: SyncRound): string[] {
  const { fetchedMs, appliedMs, answeredMs, indexedMs, wire, published, changedMarkdown, loop } = round;
  const change = changedMarkdown === null ? '' : `; the changed files are ${megabytes(changedMarkdown)}`;
  return [
    `${title}: fetched after ${seconds(fetchedMs)}, in force after ${seconds(appliedMs)}, answers after ${seconds(answeredMs)}, index whole after ${seconds(indexedMs)}`,
    `  on the wire: ${megabytes(wire.received)} received, ${megabytes(wire.sent)} sent, for ${megabytes(published.bytesSent)} of new content in ${String(published.segmentsSent)} parts${change}`,
    `  event loop of the process that syncs: ${stallText(loop.own)}; it had work ${(100 * loop.busyShare).toFixed(1)} % of the time`,
    `  an idle process at the same time: ${stallText(loop.idleProcess)}`,
  ];
}
