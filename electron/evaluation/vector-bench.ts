import { gzipSync } from 'node:zlib';

import { VectorEncoding } from '../../shared/domain/release.js';
import { bytesPerVector, decodeVectors, encodeVectors } from '../../release/vectors/encode-vectors.js';
import { createFlatIndex } from '../knowledge/index/flat-index.js';
import type { IndexedVectors } from '../knowledge/index/knowledge-index.js';

/** What an encoding of vectors costs and loses. */
export interface EncodingFigures {
  readonly encoding: VectorEncoding;
  readonly bytes: number;
  /** Packed as a release travels. */
  readonly packedBytes: number;
  /** Share of the ten true neighbours that are found, 0 to 1. */
  readonly recall: number;
  /** Share of the questions whose nearest passage is the true one. */
  readonly first: number;
}

const RECALL_AT = 10;
/** Vectors encoded together. */
const PAGE = 1000;
/** Passages of the same words are as near as each other: which of them is found does not matter. */
const TIE = 1e-6;

/** Compares each encoding, written and read as a release is, with the float32 vectors it came from; all neighbours by comparing all. */
export function benchEncodings(source: IndexedVectors, queries: readonly Float32Array[]): EncodingFigures[] {
  const exact = createFlatIndex(source);
  const truths = queries.map((query) => exact.search(query, RECALL_AT));
  return VectorEncoding.options.map((encoding) => {
    const { vectors, packedBytes } = through(source, encoding);
    const index = createFlatIndex({ ...source, vectors });
    let found = 0;
    let wanted = 0;
    let first = 0;
    for (const [i, query] of queries.entries()) {
      const truth = truths[i] ?? [];
      const cosines = index.search(query, RECALL_AT).map(({ label }) => exact.cosine([query], label) ?? -1);
      const bar = (truth.at(-1)?.cosine ?? 1) - TIE;
      wanted += truth.length;
      found += cosines.filter((cosine) => cosine >= bar).length;
      if ((cosines[0] ?? -1) >= (truth[0]?.cosine ?? 1) - TIE) first += 1;
    }
    return {
      encoding,
      bytes: bytesPerVector(encoding, source.dimensions),
      packedBytes,
      recall: found / Math.max(1, wanted),
      first: first / Math.max(1, queries.length),
    };
  });
}

/** @returns the vectors as a device has them, and packed bytes of one. */
function through(
  { vectors, dimensions }: IndexedVectors,
  encoding: VectorEncoding,
): { vectors: Float32Array; packedBytes: number } {
  const arrived = new Float32Array(vectors.length);
  const count = vectors.length / dimensions;
  let packed = 0;
  for (let start = 0; start < count; start += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - start) }, (_, i) =>
      vectors.subarray((start + i) * dimensions, (start + i + 1) * dimensions),
    );
    const content = encodeVectors(page, encoding);
    packed += gzipSync(content, { level: 4 }).length;
    for (const [i, vector] of decodeVectors(content, encoding, dimensions).entries())
      arrived.set(vector, (start + i) * dimensions);
  }
  return { vectors: arrived, packedBytes: Math.round(packed / Math.max(1, count)) };
}
