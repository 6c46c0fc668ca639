import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { delimiterOf, invalidData, jsonRows, parseJson, readDataFile } from './data-file.js';
import type { LabelledText } from './label-report.js';

const TEXT_NAMES = ['text', 'sentence', 'utterance', 'query'];
const LABEL_NAMES = ['label', 'intent', 'category'];
const Pair = z.tuple([z.string(), z.string()]);

/**
 * Reads texts and their intents: CSV or TSV (a header with text/sentence/utterance/query and label/intent/category, or two columns without
 * one), JSON Lines, or a JSON array of `[text, label]` or of objects. `file.json#train+val` takes the lists of those names out of one object.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND; EVALUATION_DATA_INVALID with what is wrong and where.
 */
export async function readIntentSet(place: string): Promise<LabelledText[]> {
  const [file = '', keys] = place.split(/#(?=[^#]*$)/);
  const rows = rowsOf(file, await readDataFile(file), keys?.split('+') ?? null);
  if (rows.length === 0) throw invalidData(file, 1, 'it has no rows');
  return rows.map(
    (row, at) => labelledText(row) ?? fail(file, `row ${String(at + 1)} has no text and label`),
  );
}

function rowsOf(file: string, text: string, keys: readonly string[] | null): unknown[] {
  if (text.trim() === '') return [];
  if (keys) {
    const lists = z.record(z.string(), z.unknown()).safeParse(parseJson(file, 1, text));
    return keys.flatMap((key) => {
      const list = lists.data?.[key];
      return Array.isArray(list) ? (list as unknown[]) : fail(file, `it has no list "${key}"`);
    });
  }
  return jsonRows(file, text)?.map(({ value }) => value) ?? tableRows(file, text);
}

function tableRows(file: string, text: string): unknown[] {
  let table: string[][];
  try {
    table = parse(text, { delimiter: delimiterOf(text), skip_empty_lines: true, relax_quotes: true });
  } catch (cause) {
    throw invalidData(file, 1, cause instanceof Error ? cause.message : String(cause));
  }
  const header = (table[0] ?? []).map((name) => name.trim().toLowerCase());
  const at = (names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const [textAt, labelAt] = [at(TEXT_NAMES), at(LABEL_NAMES)];
  if (textAt >= 0 && labelAt >= 0) return table.slice(1).map((row) => [row[textAt], row[labelAt]]);
  if (header.length === 2) return table;
  throw invalidData(
    file,
    1,
    `the first line names no text (${TEXT_NAMES.join(', ')}) and label (${LABEL_NAMES.join(', ')})`,
  );
}

function labelledText(row: unknown): LabelledText | null {
  const pair = Pair.safeParse(row);
  if (pair.success) return { text: pair.data[0], label: pair.data[1] };
  const fields = z.record(z.string(), z.unknown()).safeParse(row).data ?? {};
  const value = (names: readonly string[]): unknown =>
    names.map((name) => fields[name]).find((cell) => cell !== undefined);
  const [text, label] = [value(TEXT_NAMES), value(LABEL_NAMES)];
  return typeof text === 'string' && typeof label === 'string' ? { text, label } : null;
}

function fail(file: string, reason: string): never {
  throw new AppErrorException('EVALUATION_DATA_INVALID', `${file}: ${reason}`);
}
