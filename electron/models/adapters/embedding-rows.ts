import { AppErrorException } from '../../../shared/errors/app-error.js';
import { toUnitLength } from './pooling.js';

/** One row of a service's answer, not yet trusted. */
export interface EmbeddingRow {
  /** Place of its text in the request. */
  readonly index: number;
  /** A list of numbers, or 32-bit floats as base64. */
  readonly embedding: unknown;
}

/**
 * Unit vectors in the order of the request, whatever the order of the answer. Without `dimensions` the first row says
 * how long all must be.
 * @throws AppErrorException EMBEDDER_BAD_ANSWER when a row is missing, doubled, of another length or not of finite numbers.
 */
export function readEmbeddings(
  rows: readonly EmbeddingRow[],
  { count, dimensions }: { readonly count: number; readonly dimensions: number | null },
): Float32Array[] {
  if (rows.length !== count) throw badAnswer(`${String(rows.length)} vectors for ${String(count)} texts`);
  const vectors = new Map<number, Float32Array>();
  let length = dimensions;
  for (const { index, embedding } of rows) {
    if (index < 0 || index >= count || vectors.has(index))
      throw badAnswer(`the vector of text ${String(index)} came twice or for no text`);
    const vector = readVector(embedding, length);
    length = vector.length;
    vectors.set(index, vector);
  }
  return Array.from(vectors)
    .sort(([a], [b]) => a - b)
    .map(([, vector]) => vector);
}

function readVector(embedding: unknown, dimensions: number | null): Float32Array {
  const vector = typeof embedding === 'string' ? fromBase64(embedding) : fromNumbers(embedding);
  if (vector.length === 0 || (dimensions !== null && vector.length !== dimensions))
    throw badAnswer(`a vector of ${String(vector.length)} numbers, not of ${String(dimensions ?? 'any')}`);
  if (!vector.every(Number.isFinite)) throw badAnswer('a vector with a number that is not finite');
  if (vector.every((value) => value === 0)) throw badAnswer('a vector of zeros');
  return toUnitLength(vector);
}

function fromNumbers(embedding: unknown): Float32Array {
  if (!Array.isArray(embedding) || !embedding.every((value) => typeof value === 'number'))
    throw badAnswer('a vector that is no list of numbers');
  return Float32Array.from(embedding);
}

/** Little-endian, as all machines Cuecard runs on are. */
function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(Uint8Array.from(bytes).buffer, 0, Math.floor(bytes.length / 4));
}

const badAnswer = (detail: string): AppErrorException => new AppErrorException('EMBEDDER_BAD_ANSWER', detail);
