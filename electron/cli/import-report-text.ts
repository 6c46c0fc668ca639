import type { ImportFailure, ImportReport } from '../../shared/domain/knowledge-source.js';
import { durationText } from './import-progress-line.js';

/** How many of a kind are named; `--json` lists all. */
const LISTED = 20;

/** An import report in words: what came in, what could not be read, what says the same. */
export function importReportText(report: ImportReport): string {
  const { articles, chunks, reusedChunks, removedArticles, unchangedFiles, failures } = report;
  const lines = [
    `Articles: ${String(articles)} (${String(removedArticles)} removed). Passages: ${String(chunks)} (${String(reusedChunks)} unchanged).`,
    `Files that had not changed: ${String(unchangedFiles)}. Time: ${durationText(report.durationMs)}.`,
    ...failures.slice(0, LISTED).map(failureText),
    ...rest(failures.length, 'more that could not be read'),
    ...(report.duplicateCount === 0
      ? []
      : [`Passages that other articles repeat: ${String(report.duplicateCount)}.`]),
    ...report.duplicates.slice(0, LISTED).map(({ kind, similarity, first, second }) => {
      const how = kind === 'exact' ? 'the same' : `${String(Math.round(similarity * 100))} % the same`;
      return `  ${printable(first.articleId)} and ${printable(second.articleId)}: ${how}`;
    }),
    ...rest(report.duplicateCount, 'more pairs'),
  ];
  return `${lines.join('\n')}\n`;
}

function failureText({ path, place, reason }: ImportFailure): string {
  const at =
    place === null ? '' : ` (${path.toLowerCase().endsWith('.pdf') ? 'page' : 'line'} ${String(place)})`;
  return `Not read: ${printable(path)}${at}: ${reason}`;
}

function rest(count: number, what: string): string[] {
  return count > LISTED ? [`  and ${String(count - LISTED)} ${what} (--json lists them)`] : [];
}

/** A file name may hold what moves the cursor of a terminal. */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
