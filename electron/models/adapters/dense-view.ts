import { matrixOf, matrixOfRows, multiply, type Matrix } from './matrix.js';
import { createSeededRandom } from './seeded-random.js';

/**
 * How a row of the embedder becomes a point of the kernel: the unit vector as it is, what stands before the model's last layer put on one scale
 * per number and then to length 1, both weighted and turned into few numbers.
 */
export interface DenseView {
  /** Numbers of the unit vector at the start of a row; the rest, when there is any, is deep. */
  readonly dimensions: number;
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  /** Rows at right angles, each of length 1: what the examples differ in most. */
  readonly basis: Matrix;
}

/** Share of the deep numbers in a dot product; 0.3 and 0.5 were level on Banking77, 0.3 better with few examples. */
const DEEP_SHARE = 0.3;
/** As good as all 1,024 with few examples and with many (docs/intents.md), at an eighth of the time and space. */
const KEPT_NUMBERS = 128;
const ROUNDS = 3;
/** Rows of one native product: some ten milliseconds. */
const SLICE = 512;
const SEED = 11;
const TINY = 1e-6;

/**
 * Learns scale and basis from the examples: the leading directions of the rows by subspace iteration from a random start (Halko, Martinsson
 * and Tropp 2011, Finding structure with randomness).
 */
export async function learnDenseView(
  rows: readonly Float32Array[],
  dimensions: number,
  pause: () => Promise<void>,
): Promise<DenseView> {
  const width = rows[0]?.length ?? dimensions;
  const { means, deviations } = scaleOf(rows, dimensions, width);
  const scale = { dimensions, means, deviations };
  const slices: Matrix[] = [];
  for (const slice of slicesOf(rows)) {
    slices.push(scaled(scale, slice, width));
    await pause();
  }
  const kept = Math.min(KEPT_NUMBERS, width, rows.length);
  const random = createSeededRandom(SEED);
  let basis = matrixOf(
    kept,
    width,
    Float32Array.from({ length: kept * width }, () => random() - 0.5),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const next = matrixOf(kept, width);
    for (const slice of slices) {
      const part = await multiply(await multiply(basis, slice, { turnsB: true }), slice);
      for (let i = 0; i < next.data.length; i++) next.data[i] = (next.data[i] ?? 0) + (part.data[i] ?? 0);
      await pause();
    }
    basis = next;
    await makeOrthonormal(basis, pause);
  }
  return { ...scale, basis };
}

/** The points of the rows, one row each. */
export async function pointsOf(view: DenseView, rows: readonly Float32Array[]): Promise<Matrix> {
  const points = matrixOf(rows.length, view.basis.rows);
  for (const [at, slice] of slicesOf(rows).entries()) {
    const part = await multiply(scaled(view, slice, view.basis.columns), view.basis, { turnsB: true });
    points.data.set(part.data, at * SLICE * points.columns);
  }
  return points;
}

function slicesOf(rows: readonly Float32Array[]): (readonly Float32Array[])[] {
  return Array.from({ length: Math.ceil(rows.length / SLICE) }, (_, at) =>
    rows.slice(at * SLICE, (at + 1) * SLICE),
  );
}

function scaleOf(
  rows: readonly Float32Array[],
  dimensions: number,
  width: number,
): Pick<DenseView, 'means' | 'deviations'> {
  const sums = new Float64Array(width - dimensions);
  const squares = new Float64Array(width - dimensions);
  for (const row of rows) {
    for (let d = dimensions; d < width; d++) {
      const value = row[d] ?? 0;
      sums[d - dimensions] = (sums[d - dimensions] ?? 0) + value;
      squares[d - dimensions] = (squares[d - dimensions] ?? 0) + value * value;
    }
  }
  const means = Float32Array.from(sums, (sum) => sum / rows.length);
  const deviations = Float32Array.from(squares, (square, d) =>
    Math.sqrt(Math.max(0, square / rows.length - (means[d] ?? 0) ** 2)),
  );
  return { means, deviations };
}

function scaled(
  { dimensions, means, deviations }: Omit<DenseView, 'basis'>,
  rows: readonly Float32Array[],
  width: number,
): Matrix {
  const isDeep = width > dimensions;
  const unitWeight = isDeep ? Math.sqrt(1 - DEEP_SHARE) : 1;
  const deepWeight = Math.sqrt(DEEP_SHARE);
  const points = rows.map((row) => {
    const point = new Float32Array(width);
    let squares = 0;
    let isEmpty = true;
    for (let d = 0; d < dimensions; d++) {
      const value = row[d] ?? 0;
      if (value !== 0) isEmpty = false;
      point[d] = unitWeight * value;
    }
    // A text without words is nothing, not "far from the mean".
    if (isEmpty) return point;
    for (let d = dimensions; d < width; d++) {
      const value =
        ((row[d] ?? 0) - (means[d - dimensions] ?? 0)) / ((deviations[d - dimensions] ?? 0) + TINY);
      point[d] = value;
      squares += value * value;
    }
    const factor = deepWeight / (Math.sqrt(squares) || 1);
    for (let d = dimensions; d < width; d++) point[d] = (point[d] ?? 0) * factor;
    return point;
  });
  return matrixOfRows(points, width);
}

/** Gram-Schmidt over the rows, in place; a row that adds no direction becomes zeros. */
async function makeOrthonormal({ rows, columns, data }: Matrix, pause: () => Promise<void>): Promise<void> {
  const all = Array.from({ length: rows }, (_, r) => data.subarray(r * columns, (r + 1) * columns));
  for (const [r, row] of all.entries()) {
    const before = Math.sqrt(dot(row, row));
    for (const other of all.slice(0, r)) {
      const overlap = dot(row, other);
      for (let c = 0; c < columns; c++) row[c] = (row[c] ?? 0) - overlap * (other[c] ?? 0);
    }
    const length = Math.sqrt(dot(row, row));
    if (length > TINY * before) for (let c = 0; c < columns; c++) row[c] = (row[c] ?? 0) / length;
    else row.fill(0);
    await pause();
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
