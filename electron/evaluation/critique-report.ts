import type { Interval } from './confidence.js';
import type { CritiqueEvaluation } from './evaluate-critique.js';
import { textTable } from './text-table.js';

const PERCENT = 100;

/** The evaluation as text: methods, kinds of error of the first, verdicts on supported sentences, times, and the misses when asked for. */
export function critiqueReportText(evaluation: CritiqueEvaluation, withMisses: boolean): string {
  const { machine, set, split, rows, methods, swaps, supportedAs, times, processorTimes, misses } = evaluation;
  return [
    machine,
    `${set}${split === null ? '' : `, split ${split}`}: ${String(rows)} sentences; 95 % confidence intervals in brackets`,
    '',
    textTable(
      ['unsupported found', 'precision', 'recall', 'F1', 'false alarms'],
      methods.map(({ method, precision, recall, f1, falseAlarms }) => [
        method,
        printed(precision),
        printed(recall),
        printed(f1),
        printed(falseAlarms),
      ]),
    ),
    '',
    textTable(
      ['told right', 'label', 'sentences', 'share'],
      swaps.map(({ swap, label, count, right }) => [swap, label, count, printed(right)]),
    ),
    '',
    `supported sentences: ${String(supportedAs.supported)} supported, ${String(supportedAs.weak)} weak, ${String(supportedAs.unsupported)} unsupported, ${String(supportedAs.not_needed)} not needed`,
    `per draft of up to six sentences (${String(times.count)}): p50 ${times.p50Ms.toFixed(1)} ms, p95 ${times.p95Ms.toFixed(1)} ms; processor time p50 ${processorTimes.p50Ms.toFixed(1)} ms, p95 ${processorTimes.p95Ms.toFixed(1)} ms`,
    ...(withMisses
      ? ['', ...misses.map((miss) => `[${miss.label} ${miss.swap}: ${miss.found}] ${miss.sentence} (${miss.kinds.join(', ')})`)]
      : []),
    '',
  ].join('\n');
}

function printed({ value, low, high }: Interval): string {
  const percent = (share: number): string => (share * PERCENT).toFixed(1);
  return `${percent(value)} [${percent(low)}, ${percent(high)}]`;
}
