import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { delimiterOf, invalidData, jsonRows, readDataFile, type DataRow } from './data-file.js';

/**
 * Reads a data set: JSON Lines, a JSON array, or CSV/TSV with a header. A cell that holds a JSON array or object is read as such.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND; EVALUATION_DATA_INVALID with the line that is wrong, or when there is no row.
 */
export async function readDataRows<T>(file: string, schema: z.ZodType<T>): Promise<DataRow<T>[]> {
  const text = await readDataFile(file);
  const rows = (jsonRows(file, text) ?? tableRows(file, text)).map(({ line, value }) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { line, value: parsed.data };
    throw invalidData(file, line, z.prettifyError(parsed.error));
  });
  if (rows.length === 0)
    throw invalidData(file, 1, 'no rows: neither JSON Lines, a JSON array, nor CSV or TSV with a header');
  return rows;
}

function tableRows(file: string, text: string): DataRow<unknown>[] {
  try {
    const rows = parse(text, {
      columns: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_quotes: true,
    }) as unknown as Record<string, string>[];
    return rows.map((row, at) => ({
      line: at + 2,
      value: Object.fromEntries(Object.entries(row).map(([key, cell]) => [key.trim(), cellValue(cell)])),
    }));
  } catch (error) {
    throw invalidData(file, 1, error instanceof Error ? error.message : String(error));
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
