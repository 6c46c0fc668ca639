import { createHash } from 'node:crypto';
import path from 'node:path';

import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';

import { keyOf } from './article-ids.js';
import { csvColumns, csvFields, delimiterOf, type CsvColumns } from './csv-columns.js';
import { UnreadableFile } from './failure-reason.js';
import { readHtml } from './html-to-markdown.js';
import { streamText } from './read-text.js';
import type { ReadItem, SourceFile, SourceReader } from './source-reader.js';
import { markdownOfText } from './text-to-markdown.js';

/** A row longer than this is a quote that was never closed. */
const MAX_ROW_CHARACTERS = 1024 * 1024;

/**
 * `.csv` and `.tsv` of questions and answers: one article a row, the question its title. Read row by row, so that a file may
 * be of any size; of its rows only hashes are held.
 */
export const csvReader: SourceReader = {
  id: 'csv-1',
  async *read(file, signal) {
    const isTab = path.extname(file.relativePath).toLowerCase() === '.tsv';
    const parser = parse({
      delimiter: delimiterOf(headOf(file), isTab),
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_CHARACTERS,
      info: true,
      // A quote in the middle of a word is a quote mark, not the begin of a quoted cell.
      relax_quotes: true,
    });
    const text = streamText(file, signal);
    text.on('error', (cause) => parser.destroy(cause));
    text.pipe(parser);
    const rows = createRows();
    let lastLine = 0;
    try {
      for await (const parsed of parser) {
        const { record, info } = parsed as { record: string[]; info: { lines: number } };
        yield* rows.take(record, lastLine + 1);
        lastLine = info.lines;
      }
    } catch (cause) {
      throw cause instanceof CsvError ? new UnreadableFile(reasonOf(cause, lastLine + 1)) : cause;
    } finally {
      text.destroy();
      parser.destroy();
    }
    yield* rows.end();
  },
};

function reasonOf(cause: CsvError, line: number): string {
  const isQuote = cause.code === 'CSV_MAX_RECORD_SIZE' || cause.code === 'CSV_QUOTE_NOT_CLOSED';
  const rest = 'The rows before it were read.';
  return isQuote
    ? `The row that begins in line ${String(line)} opens a quote and does not close it. ${rest}`
    : `It cannot be read from line ${String(line)} on (${cause.code}). ${rest}`;
}

/** Turns rows into articles. */
function createRows(): {
  take(row: readonly string[], line: number): Generator<ReadItem>;
  end(): Generator<ReadItem>;
} {
  let columns: CsvColumns | null = null;
  /** Eight bytes of a hash of each row, by key: what repeats a row is left out. */
  const seen = new Map<string, string>();
  let repeated = 0;
  let firstRepeated: number | null = null;
  let incomplete = 0;
  let firstIncomplete: number | null = null;

  const keyFor = (row: readonly string[], question: string, content: string): string | null => {
    const id = columns?.id === null || columns?.id === undefined ? '' : (row[columns.id]?.trim() ?? '');
    const key = keyOf(id === '' ? question : id);
    for (let copy = 1; ; copy++) {
      const numbered = copy === 1 ? key : `${key}-${String(copy)}`;
      const known = seen.get(numbered);
      if (known === content) return null;
      if (known !== undefined) continue;
      seen.set(numbered, content);
      return numbered;
    }
  };

  return {
    *take(row, line) {
      if (!columns) {
        columns = csvColumns(row);
        if (!columns) {
          const found = row
            .slice(0, 12)
            .map((name) => `"${name.slice(0, 40)}"`)
            .join(', ');
          throw new UnreadableFile(
            `No column is named "question" (or title) and "answer" (or body, content, text). Found: ${found}.`,
          );
        }
        if (columns.hasHeader) return;
      }
      const question = row[columns.question]?.trim() ?? '';
      const answer = row[columns.answer]?.trim() ?? '';
      if (question === '' || answer === '') {
        incomplete++;
        firstIncomplete ??= line;
        return;
      }
      const key = keyFor(row, question, shortHash(row));
      if (key === null) {
        repeated++;
        firstRepeated ??= line;
        return;
      }
      try {
        const fields = { ...csvFields(row, columns), title: oneLine(question) };
        yield { article: { key, fields, markdown: markdownOfCell(answer), place: line } };
      } catch (cause) {
        yield {
          failure: { place: line, reason: `${cause instanceof Error ? cause.message : String(cause)}.` },
        };
      }
    },
    *end() {
      if (repeated > 0) {
        const reason = `${rowsOf(repeated)} from here on ${repeated === 1 ? 'repeats' : 'repeat'} an earlier row word for word and ${repeated === 1 ? 'was' : 'were'} taken once.`;
        yield { failure: { place: firstRepeated, reason } };
      }
      if (incomplete > 0) {
        const reason = `${rowsOf(incomplete)} from here on ${incomplete === 1 ? 'has' : 'have'} no question or no answer.`;
        yield { failure: { place: firstIncomplete, reason } };
      }
    },
  };
}

const rowsOf = (count: number): string => (count === 1 ? 'One row' : `${String(count)} rows`);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

function shortHash(row: readonly string[]): string {
  return createHash('sha256').update(row.join('\u0000')).digest('base64').slice(0, 11);
}

/** A cell may hold HTML (exports of help centres), Markdown, or words. */
function markdownOfCell(cell: string): string {
  if (/<(?:p|br|div|ul|ol|li|table|strong|em|b|i|a|h[1-6]|span)\b[^<>]*>/i.test(cell))
    return readHtml(cell).markdown;
  if (/\]\([^)\s]+\)|\*\*\S|^#{1,6} |^```|^\s*\|?\s*:?-{3,}:?\s*\|/m.test(cell)) return cell;
  return markdownOfText(cell.replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
}

function headOf({ head, encoding }: SourceFile): string {
  return encoding !== null && iconv.encodingExists(encoding) ? iconv.decode(head, encoding) : '';
}
