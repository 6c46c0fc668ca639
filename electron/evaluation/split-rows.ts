import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * The rows of one split; all where none is asked for.
 * @throws AppErrorException EVALUATION_SPLIT_UNKNOWN, with the splits there are, when no row is in it: figures of nothing would look real.
 */
export function splitRows<Row>(
  file: string,
  rows: readonly Row[],
  splitOf: (row: Row) => string | null | undefined,
  split: string | null | undefined,
): Row[] {
  if (split === null || split === undefined) return [...rows];
  const chosen = rows.filter((row) => splitOf(row) === split);
  if (chosen.length > 0) return chosen;
  const known = [...new Set(rows.map(splitOf))].filter((name) => name !== null && name !== undefined);
  const there = known.length === 0 ? 'its rows name no split' : `it has: ${known.join(', ')}`;
  throw new AppErrorException('EVALUATION_SPLIT_UNKNOWN', `${file}: no "${split}"; ${there}`);
}
