import { createSeededRandom } from '../models/adapters/seeded-random.js';

/** A share with its 95 % confidence interval, all 0 to 1. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** Score interval of a share (Wilson, 1927): holds for few trials and for shares near 0 and 1. A share of nothing is 0 to 1. */
export function wilson(right: number, of: number): Interval {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const share = right / of;
  const centre = share + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return { value: share, low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

const ROUNDS = 1_000;
const TAIL = 0.025;

/** Percentile bootstrap (Efron, 1979) of a figure over rows, 1,000 rounds, seeded. */
export function bootstrap<T>(rows: readonly T[], figure: (rows: readonly T[]) => number, seed: number): Interval {
  const random = createSeededRandom(seed);
  const values = Array.from({ length: ROUNDS }, () =>
    figure(Array.from(rows, () => rows[Math.floor(random() * rows.length)] as T)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => values[Math.min(ROUNDS - 1, Math.floor(share * ROUNDS))] ?? 0;
  return { value: figure(rows), low: at(TAIL), high: at(1 - TAIL) };
}
