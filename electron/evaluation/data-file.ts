import { readFile } from 'node:fs/promises';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** One row of a data set with the line it stands on, for messages. */
export interface DataRow<T> {
  readonly line: number;
  readonly value: T;
}

/**
 * The text of a data set without its byte order mark.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND.
 */
export async function readDataFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('EVALUATION_DATA_NOT_FOUND', `${file}: ${reason}`, { cause: error });
  }
}

/**
 * The rows of JSON Lines or of a JSON array; null for a text that is neither.
 * @throws AppErrorException EVALUATION_DATA_INVALID with the line.
 */
export function jsonRows(file: string, text: string): DataRow<unknown>[] | null {
  const first = text.trimStart().slice(0, 1);
  if (first === '[') {
    const rows = parseJson(file, 1, text);
    return Array.isArray(rows) ? rows.map((value: unknown, at) => ({ line: at + 1, value })) : [];
  }
  if (first !== '{') return null;
  return text
    .split('\n')
    .map((source, at) => ({ source, line: at + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ line, value: parseJson(file, line, source) }));
}

/** @throws AppErrorException EVALUATION_DATA_INVALID with the line. */
export function parseJson(file: string, line: number, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw invalidData(file, line, error instanceof Error ? error.message : String(error));
  }
}

/** Tab or comma, by what stands in the first line. */
export function delimiterOf(text: string): string {
  return (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ',';
}

export function invalidData(file: string, line: number, reason: string): AppErrorException {
  return new AppErrorException('EVALUATION_DATA_INVALID', `${file}, line ${String(line)}: ${reason}`);
}
