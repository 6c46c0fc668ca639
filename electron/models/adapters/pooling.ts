/** How the vectors of a text's tokens become one: their mean, that of the first token, or that of the last. */
export type Pooling = 'mean' | 'cls' | 'last';

/** Vectors of a batch's tokens: `width` tokens a text, padded at the end, `dimensions` numbers a token. */
export interface TokenVectors {
  readonly data: Float32Array;
  readonly width: number;
  readonly dimensions: number;
}

/** The vector of the text at `row`, of which `length` tokens are real, scaled to length 1. */
export function pool(
  { data, width, dimensions }: TokenVectors,
  row: number,
  length: number,
  pooling: Pooling,
) {
  const tokenAt = (position: number): Float32Array =>
    data.subarray((row * width + position) * dimensions, (row * width + position + 1) * dimensions);
  if (pooling === 'cls') return toUnitLength(tokenAt(0).slice());
  if (pooling === 'last') return toUnitLength(tokenAt(length - 1).slice());
  const sum = new Float32Array(dimensions);
  // Divided by nothing: only the direction of the mean is kept.
  for (let position = 0; position < length; position++)
    tokenAt(position).forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
  return toUnitLength(sum);
}

/** Scales in place; zeros stay zeros. */
export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) vector.forEach((value, i) => (vector[i] = value / length));
  return vector;
}
