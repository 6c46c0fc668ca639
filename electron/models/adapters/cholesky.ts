import { matrixOf, multiply, rowsOf, type Matrix } from './matrix.js';

/** Rows of one block: small enough that the part done here takes milliseconds, large enough that native products pay. */
const BLOCK = 256;

/** A block of rows and columns of the matrix to factorise; both ends exclusive. */
export type BlockSource = (
  rows: readonly [number, number],
  columns: readonly [number, number],
) => Promise<Matrix>;

/** `A = R' R` with R upper triangular. */
export interface Cholesky {
  readonly size: number;
  /** For each block of columns its part of R, all rows down to the diagonal block. */
  readonly panels: readonly Matrix[];
  /** Inverse of each diagonal block of R', lower triangular. */
  readonly inverses: readonly Matrix[];
}

const blocksOf = (size: number): (readonly [number, number])[] =>
  Array.from(
    { length: Math.ceil(size / BLOCK) },
    (_, k) => [k * BLOCK, Math.min(size, (k + 1) * BLOCK)] as const,
  );

/**
 * Factorises a symmetric positive definite matrix block by block (Golub and Van Loan, Matrix Computations, 4.2): memory for half the matrix,
 * n^3 / 3 operations in native code, no step here above some ten milliseconds.
 */
export async function factorise(
  size: number,
  source: BlockSource,
  pause: () => Promise<void>,
): Promise<Cholesky> {
  const blocks = blocksOf(size);
  const panels = blocks.map(([start, end]) => matrixOf(end, end - start));
  const inverses: Matrix[] = [];
  for (const [k, own] of blocks.entries()) {
    const ownPanel = panels[k];
    if (!ownPanel) break;
    const above = rowsOf(ownPanel, 0, own[0]);
    let inverse: Matrix | null = null;
    for (let i = k; i < blocks.length; i++) {
      const [columns, panel] = [blocks[i], panels[i]];
      if (!columns || !panel) break;
      let rest = await source(own, columns);
      if (k > 0) rest = await multiply(above, rowsOf(panel, 0, own[0]), { turnsA: true }, rest);
      if (inverse === null) {
        const lower = lowerFactor(rest);
        inverse = invertLower(lower);
        inverses.push(inverse);
        writeTurned(lower, panel, own[0]);
      } else {
        panel.data.set((await multiply(inverse, rest)).data, own[0] * panel.columns);
      }
      await pause();
    }
  }
  return { size, panels, inverses };
}

/** X with A X = B; B has a row for each row of A. */
export async function solve({ size, panels, inverses }: Cholesky, b: Matrix): Promise<Matrix> {
  const x = matrixOf(size, b.columns);
  const blocks = blocksOf(size);
  for (const [k, [start, end]] of blocks.entries()) {
    const [panel, inverse] = [panels[k], inverses[k]];
    if (!panel || !inverse) break;
    let rest = rowsOf(b, start, end);
    if (k > 0) rest = await multiply(rowsOf(panel, 0, start), rowsOf(x, 0, start), { turnsA: true }, rest);
    x.data.set((await multiply(inverse, rest)).data, start * b.columns);
  }
  for (const [k, [start, end]] of [...blocks.entries()].reverse()) {
    const inverse = inverses[k];
    if (!inverse) break;
    let rest = rowsOf(x, start, end);
    for (let i = k + 1; i < blocks.length; i++) {
      const [columns, panel] = [blocks[i], panels[i]];
      if (columns && panel) rest = await multiply(rowsOf(panel, start, end), rowsOf(x, ...columns), {}, rest);
    }
    x.data.set((await multiply(inverse, rest, { turnsA: true })).data, start * b.columns);
  }
  return x;
}

/** The lower right corner of the inverse of A, `count` rows of it: it depends on the corner of R alone. */
export async function inverseCorner(
  { size, panels }: Cholesky,
  count: number,
  pause: () => Promise<void>,
): Promise<Matrix> {
  const first = size - count;
  const corner = matrixOf(count, count);
  blocksOf(size).forEach(([start, end], k) => {
    const panel = panels[k];
    for (let column = Math.max(start, first); panel && column < end; column++)
      for (let row = first; row <= column; row++)
        corner.data[(column - first) * count + row - first] =
          panel.data[row * panel.columns + column - start] ?? 0;
  });
  await pause();
  const inverse = await invertLowerInSlices(corner, pause);
  return multiply(inverse, inverse, { turnsA: true });
}

/** The inverse of a small symmetric positive definite matrix. */
export async function invertSmall(matrix: Matrix): Promise<Matrix> {
  const inverse = invertLower(lowerFactor(matrix));
  return multiply(inverse, inverse, { turnsA: true });
}

// The loops below are the part of the factorisation that runs here; indices are in range by construction.
/* eslint-disable @typescript-eslint/no-non-null-assertion */
/** @throws Error when the matrix is not positive definite; a kernel with a ridge always is. */
function lowerFactor({ rows: size, data }: Matrix): Matrix {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = data[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      if (row === column && !(sum > 0)) throw new Error('The kernel matrix is not positive definite.');
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / lower[column * size + column]!;
    }
  }
  return matrixOf(size, size, Float32Array.from(lower));
}

function invertLower(lower: Matrix): Matrix {
  const inverse = matrixOf(lower.rows, lower.rows);
  for (let row = 0; row < lower.rows; row++) invertRow(lower, inverse, row);
  return inverse;
}

async function invertLowerInSlices(lower: Matrix, pause: () => Promise<void>): Promise<Matrix> {
  const inverse = matrixOf(lower.rows, lower.rows);
  for (let row = 0; row < lower.rows; row++) {
    invertRow(lower, inverse, row);
    await pause();
  }
  return inverse;
}

/** One more row of the inverse of a lower triangular matrix, from the rows above it. */
function invertRow({ rows: size, data }: Matrix, inverse: Matrix, row: number): void {
  const sums = new Float64Array(row + 1);
  for (let k = 0; k < row; k++) {
    const factor = data[row * size + k]!;
    if (factor === 0) continue;
    for (let column = 0; column <= k; column++) sums[column]! -= factor * inverse.data[k * size + column]!;
  }
  const diagonal = data[row * size + row]!;
  for (let column = 0; column < row; column++) inverse.data[row * size + column] = sums[column]! / diagonal;
  inverse.data[row * size + row] = 1 / diagonal;
}

function writeTurned({ rows: size, data }: Matrix, panel: Matrix, firstRow: number): void {
  for (let row = 0; row < size; row++)
    for (let column = row; column < size; column++)
      panel.data[(firstRow + row) * panel.columns + column] = data[column * size + row]!;
}
/* eslint-enable @typescript-eslint/no-non-null-assertion */
