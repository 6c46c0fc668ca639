import { describe, expect, it } from 'vitest';

import { factorise, inverseCorner, invertSmall, solve } from './cholesky.js';
import { matrixOf, multiply, type Matrix } from './matrix.js';
import { createSeededRandom } from './seeded-random.js';

const SIZE = 600;
const pause = () => Promise.resolve();

/** Rows of random numbers times their turned self, and something on the diagonal: what a kernel matrix looks like. */
async function positiveDefinite(size: number): Promise<Matrix> {
  const random = createSeededRandom(1);
  const rows = matrixOf(
    size,
    40,
    Float32Array.from({ length: size * 40 }, () => random() - 0.5),
  );
  const product = await multiply(rows, rows, { turnsB: true });
  for (let i = 0; i < size; i++) product.data[i * size + i] = (product.data[i * size + i] ?? 0) + 0.5;
  return product;
}

function part(
  { columns, data }: Matrix,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
) {
  const cut = matrixOf(bottom - top, right - left);
  for (let row = top; row < bottom; row++)
    cut.data.set(data.subarray(row * columns + left, row * columns + right), (row - top) * cut.columns);
  return cut;
}

const largest = (a: Matrix, b: Matrix): number =>
  a.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b.data[i] ?? 0))), 0);

describe('The factorisation over several blocks', () => {
  it('solves, and inverts its last corner', async () => {
    const a = await positiveDefinite(SIZE);
    const factor = await factorise(SIZE, (rows, columns) => Promise.resolve(part(a, rows, columns)), pause);
    const random = createSeededRandom(2);
    const wanted = matrixOf(
      SIZE,
      3,
      Float32Array.from({ length: SIZE * 3 }, () => random() - 0.5),
    );
    expect(largest(await solve(factor, await multiply(a, wanted)), wanted)).toBeLessThan(1e-3);
    const whole = await inverseCorner(factor, SIZE, pause);
    const corner = await inverseCorner(factor, 300, pause);
    expect(largest(corner, part(whole, [300, SIZE], [300, SIZE]))).toBeLessThan(1e-3);
    const unit = await multiply(a, whole);
    expect(unit.data[0]).toBeCloseTo(1, 2);
    expect(unit.data[SIZE - 1]).toBeCloseTo(0, 2);
  });

  it('inverts small ones, and says when one cannot be', async () => {
    const small = matrixOf(2, 2, Float32Array.of(2, 1, 1, 2));
    expect([...(await invertSmall(small)).data].map((value) => Math.round(value * 3))).toEqual([
      2, -1, -1, 2,
    ]);
    await expect(invertSmall(matrixOf(2, 2, Float32Array.of(1, 2, 2, 1)))).rejects.toThrow(
      'positive definite',
    );
  });
});
