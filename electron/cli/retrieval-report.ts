import type { CoveragePoint } from '../evaluation/abstention.js';
import type { RankMetrics } from '../evaluation/rank-metrics.js';
import type { Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';

export interface MethodResult extends RankMetrics {
  readonly method: string;
}

/** What `cuecard eval retrieval` prints. */
export interface RetrievalReport {
  readonly machine: string;
  readonly set: string;
  readonly embedder: string;
  readonly documents: number;
  readonly passages: number;
  readonly questions: number;
  readonly withoutAnswer: number;
  readonly scope: Readonly<Record<string, string>>;
  readonly importMs: number;
  readonly methods: readonly MethodResult[];
  readonly abstention: {
    readonly answered: number;
    readonly precisionAt1OfAnswered: number;
    /** Of the questions that no document answers; null without such. */
    readonly heldBackWithoutAnswer: number | null;
    /** The same questions with the documents that answer them left out, so that a sound answer is impossible. */
    readonly hidden: {
      /** Share of them that is held back. */
      readonly heldBack: number;
      /** Chance that a right answer is surer than one of these (area under the ROC curve); null without both. */
      readonly auroc: number | null;
    };
    readonly curve: readonly CoveragePoint[];
  };
  readonly times: Readonly<Record<'search' | 'embedding', Spread>>;
}

export function retrievalReportText(report: RetrievalReport): string {
  const percent = (value: number): string => (value * 100).toFixed(1);
  const { abstention, times, scope } = report;
  const scopeText = Object.entries(scope)
    .map(([key, facet]) => `${key} as ${facet}`)
    .join(', ');
  return [
    report.machine,
    `${report.set}: ${String(report.documents)} documents, ${String(report.passages)} passages (imported in ${(report.importMs / 1000).toFixed(1)} s), ${String(report.questions)} questions with an answer, ${String(report.withoutAnswer)} without; embedder ${report.embedder}`,
    `Scope: ${scopeText || 'none'}`,
    '',
    textTable(
      ['%', 'recall@1', 'recall@5', 'recall@10', 'hit@1', 'hit@5', 'hit@10', 'MRR@10', 'nDCG@10'],
      report.methods.map((row) =>
        [
          row.method,
          ...[row.recallAt1, row.recallAt5, row.recallAt10, row.hitAt1, row.hitAt5, row.hitAt10],
          ...[row.mrrAt10, row.ndcgAt10],
        ].map((cell) => (typeof cell === 'number' ? percent(cell) : cell)),
      ),
    ),
    '',
    `Answers ${percent(abstention.answered)} % of all questions, ${percent(abstention.precisionAt1OfAnswered)} % of them from a relevant document.` +
      (abstention.heldBackWithoutAnswer === null
        ? ''
        : ` Holds back ${percent(abstention.heldBackWithoutAnswer)} % of those no document answers.`),
    `With the relevant documents left out it holds back ${percent(abstention.hidden.heldBack)} % of the questions` +
      (abstention.hidden.auroc === null
        ? '.'
        : `; AUROC of right answers against these ${percent(abstention.hidden.auroc)}.`),
    textTable(
      ['answered %', ...abstention.curve.map(({ coverage }) => percent(coverage))],
      [
        ['right %', ...abstention.curve.map(({ precisionAt1 }) => percent(precisionAt1))],
        ['from confidence', ...abstention.curve.map(({ confidence }) => confidence.toFixed(3))],
      ],
    ),
    '',
    textTable(
      ['ms', 'questions', 'p50', 'p95', 'max'],
      Object.entries(times).map(([what, { count, p50Ms, p95Ms, maxMs }]) => [
        what === 'search' ? 'search without embedding' : 'embedding',
        count,
        ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(1)),
      ]),
    ),
    '',
  ].join('\n');
}
