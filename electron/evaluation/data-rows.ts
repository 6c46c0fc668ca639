import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** One row of a data set with the line it stands on, for messages. */
export interface DataRow<T> {
  readonly line: number;
  readonly value: T;
}

/**
 * Reads a data set: JSON Lines, a JSON array, or CSV/TSV with a header. A cell that holds a JSON array or object is read as such.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND; EVALUATION_DATA_INVALID with the line that is wrong, or when there is no row.
 */
export async function readDataRows<T>(file: string, schema: z.ZodType<T>): Promise<DataRow<T>[]> {
  const text = await readText(file);
  const rows = rawRows(file, text).map(({ line, value }) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { line, value: parsed.data };
    throw invalid(file, line, z.prettifyError(parsed.error));
  });
  if (rows.length === 0) throw invalid(file, 1, 'no rows');
  return rows;
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('EVALUATION_DATA_NOT_FOUND', `${file}: ${reason}`, { cause: error });
  }
}

function rawRows(file: string, text: string): DataRow<unknown>[] {
  const first = text.trimStart().slice(0, 1);
  if (first === '[') {
    const rows = json(file, 1, text);
    return Array.isArray(rows) ? rows.map((value: unknown, at) => ({ line: at + 1, value })) : [];
  }
  if (first === '{') {
    return text
      .split('\n')
      .map((source, at) => ({ source, line: at + 1 }))
      .filter(({ source }) => source.trim() !== '')
      .map(({ source, line }) => ({ line, value: json(file, line, source) }));
  }
  return tableRows(file, text);
}

function tableRows(file: string, text: string): DataRow<unknown>[] {
  const header = text.split('\n', 1)[0] ?? '';
  try {
    const rows = parse(text, {
      columns: true,
      delimiter: header.includes('\t') ? '\t' : ',',
      skip_empty_lines: true,
      relax_quotes: true,
    }) as unknown as Record<string, string>[];
    return rows.map((row, at) => ({
      line: at + 2,
      value: Object.fromEntries(Object.entries(row).map(([key, cell]) => [key.trim(), cellValue(cell)])),
    }));
  } catch (error) {
    throw invalid(file, 1, error instanceof Error ? error.message : String(error));
  }
}

function cellValue(cell: string): unknown {
  if (!/^\s*[[{]/u.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function json(file: string, line: number, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw invalid(file, line, error instanceof Error ? error.message : String(error));
  }
}

function invalid(file: string, line: number, reason: string): AppErrorException {
  return new AppErrorException('EVALUATION_DATA_INVALID', `${file}, line ${String(line)}: ${reason}`);
}
