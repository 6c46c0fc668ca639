import type { DraftFigures } from './draft-figures.js';
import { textTable } from './text-table.js';
import { shareText } from './wilson-interval.js';

/** The figures of strategies side by side, percent with their 95 percent intervals. */
export function draftReportText(machine: string, figures: readonly DraftFigures[]): string {
  const row = (title: string, cell: (one: DraftFigures) => string): string[] => [title, ...figures.map(cell)];
  const table = textTable(
    ['', ...figures.map(({ strategy }) => strategy)],
    [
      row('cases', ({ cases }) => String(cases)),
      row('replied to what the knowledge answers', ({ replied }) => shareText(replied)),
      row('no reply to what it does not', ({ heldBack }) => shareText(heldBack)),
      row('points said', ({ coverage }) => shareText(coverage)),
      row('points said, several asked', ({ coverageOfSeveral }) => shareText(coverageOfSeveral)),
      row('claims supported', ({ grounded }) => shareText(grounded)),
      row('cited articles that are right', ({ citationPrecision }) => shareText(citationPrecision)),
      row('replies that cite a right one', ({ citationRecall }) => shareText(citationRecall)),
      row('words a reply', ({ wordsPerReply }) => String(wordsPerReply)),
      row('run p50 ms', ({ latency }) => latency.p50Ms.toFixed(0)),
      row('run p95 ms', ({ latency }) => latency.p95Ms.toFixed(0)),
      row('USD a case', ({ costMicrosPerCase }) =>
        costMicrosPerCase === null ? 'price not known' : (costMicrosPerCase / 1e6).toFixed(5),
      ),
    ],
  );
  const ends = figures.flatMap(({ strategy, ends: by }) =>
    Object.entries(by).map(([code, count]) => `${strategy}: ${code} ${String(count)} times`),
  );
  return [machine, '', table, '', ...ends, ''].join('\n');
}
