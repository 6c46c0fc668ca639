import { stallText } from '../evaluation/loop-stalls.js';
import type { Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import type { ImportFigures } from './bench-retrieval-import.js';

/** What `cuecard bench retrieval` measured. */
export interface RetrievalBenchReport {
  readonly machine: string;
  readonly articles: number;
  readonly seed: number;
  readonly chunks: number;
  /** Null when the workspace was there already. */
  readonly import: ImportFigures | null;
  readonly databaseMb: number;
  readonly indexMb: number;
  readonly openMs: number;
  readonly rssMb: number;
  readonly searches: readonly (Spread & { readonly what: string })[];
}

export function retrievalBenchText(report: RetrievalBenchReport): string {
  const { import: imported, searches } = report;
  const s = (ms: number): string => (ms / 1000).toFixed(1);
  const row = ({ count, p50Ms, p95Ms, maxMs }: Spread): (string | number)[] => [
    count,
    ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(1)),
  ];
  const lines = [
    report.machine,
    `${String(report.articles)} generated articles (seed ${String(report.seed)}), ${String(report.chunks)} passages`,
  ];
  if (imported) {
    const { own, idleProcess, busyShare } = imported.mainLoop;
    const phases = Object.entries(imported.phasesMs).map(([name, ms]) => `${name} ${s(ms)}`);
    lines.push(
      `Import: ${s(imported.totalMs)} s (${phases.join(', ')}), memory of all threads up to ${String(imported.peakRssMb)} MB`,
      `Main's event loop meanwhile: ${stallText(own)}; it had work ${(100 * busyShare).toFixed(1)} % of the time`,
      `An idle process at the same time: ${stallText(idleProcess)}`,
    );
  }
  return [
    ...lines,
    `Files: database ${String(report.databaseMb)} MB, index ${String(report.indexMb)} MB. Opened and first answer after ${String(Math.round(report.openMs))} ms. Memory of all threads ${String(report.rssMb)} MB`,
    '',
    textTable(
      ['', 'count', 'p50 ms', 'p95 ms', 'max ms'],
      [
        ...searches.map((spread) => [spread.what, ...row(spread)]),
        ...(imported
          ? [
              ['question, while importing', ...row(imported.searchesMeanwhile)],
              ['of these, after embedding', ...row(imported.searchesAfterEmbedding)],
            ]
          : []),
      ],
    ),
    '',
  ].join('\n');
}
