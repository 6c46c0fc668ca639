import { AppErrorException } from '../shared/errors/app-error.js';

/**
 * An index file of hnswlib 0.8 without its vectors, which are in the article segments already: links and labels are a tenth of the file.
 *
 * The layout, as hnswlib's `saveIndex` writes it on a 64-bit little-endian machine: a head of 96 bytes, then per element of level 0 its
 * links, its vector and its label (8 bytes), then the links of the higher levels.
 */
const HEAD_BYTES = 96;
const LABEL_BYTES = 8;
/** Parts of at most this size, so that a cut download loses little. */
const PART_BYTES = 1024 * 1024;

interface Layout {
  readonly elements: number;
  readonly stride: number;
  readonly vectorAt: number;
  readonly vectorBytes: number;
}

/** @throws AppErrorException RELEASE_DAMAGED when the head is none of hnswlib's, or of other dimensions. */
function layoutOf(head: Buffer, dimensions: number): Layout {
  if (head.length < HEAD_BYTES) throw noGraph();
  const word = (at: number): number => Number(head.readBigUInt64LE(at));
  const [level0At, elements, stride] = [word(0), word(16), word(24)];
  const [labelAt, vectorAt] = [word(32), word(40)];
  const vectorBytes = dimensions * 4;
  const fits =
    level0At === 0 &&
    labelAt === vectorAt + vectorBytes &&
    stride === labelAt + LABEL_BYTES &&
    vectorAt < 4096;
  if (!fits) throw noGraph();
  return { elements, stride, vectorAt, vectorBytes };
}

/** Takes the vectors out of an index file. */
export function stripVectors(file: Buffer, dimensions: number): Buffer {
  const { elements, stride, vectorAt, vectorBytes } = layoutOf(file, dimensions);
  const levelsAt = HEAD_BYTES + elements * stride;
  if (levelsAt > file.length) throw noGraph();
  const kept = stride - vectorBytes;
  const out = Buffer.alloc(HEAD_BYTES + elements * kept + (file.length - levelsAt));
  file.copy(out, 0, 0, HEAD_BYTES);
  for (let i = 0; i < elements; i++) {
    const from = HEAD_BYTES + i * stride;
    const to = HEAD_BYTES + i * kept;
    file.copy(out, to, from, from + vectorAt);
    file.copy(out, to + vectorAt, from + vectorAt + vectorBytes, from + stride);
  }
  file.copy(out, HEAD_BYTES + elements * kept, levelsAt);
  return out;
}

/** Labels of a stripped graph, in the order its elements stand in. */
export function labelsOf(stripped: Buffer, dimensions: number): number[] {
  const { elements, stride, vectorBytes } = layoutOf(stripped, dimensions);
  const kept = stride - vectorBytes;
  if (HEAD_BYTES + elements * kept > stripped.length) throw noGraph();
  return Array.from({ length: elements }, (_, i) =>
    Number(stripped.readBigUInt64LE(HEAD_BYTES + (i + 1) * kept - LABEL_BYTES)),
  );
}

/**
 * Puts an index file together again. `vectorOf` is asked for the vector of each label, in the order of the file.
 * @throws AppErrorException RELEASE_DAMAGED when the graph does not have its size or a label has no vector.
 */
export function restoreVectors(
  stripped: Buffer,
  dimensions: number,
  vectorOf: (label: number) => Float32Array | undefined,
): Buffer {
  const { elements, stride, vectorAt, vectorBytes } = layoutOf(stripped, dimensions);
  const kept = stride - vectorBytes;
  const levelsAt = HEAD_BYTES + elements * kept;
  if (levelsAt > stripped.length) throw noGraph();
  const out = Buffer.alloc(stripped.length + elements * vectorBytes);
  stripped.copy(out, 0, 0, HEAD_BYTES);
  for (let i = 0; i < elements; i++) {
    const from = HEAD_BYTES + i * kept;
    const to = HEAD_BYTES + i * stride;
    const vector = vectorOf(Number(stripped.readBigUInt64LE(from + kept - LABEL_BYTES)));
    if (vector?.length !== dimensions) throw noGraph();
    stripped.copy(out, to, from, from + vectorAt);
    Buffer.from(vector.buffer, vector.byteOffset, vectorBytes).copy(out, to + vectorAt);
    stripped.copy(out, to + vectorAt + vectorBytes, from + vectorAt, from + kept);
  }
  stripped.copy(out, HEAD_BYTES + elements * stride, levelsAt);
  return out;
}

/** Cuts a stripped graph into the contents of its segments, `graph/<kind>/<part>`; put together by joining them. */
export function partsOf(stripped: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(stripped.length / PART_BYTES) }, (_, i) =>
    stripped.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
  );
}

/** The key of a part; numbers have four digits, so that keys sort as parts do. */
export const graphKey = (kind: 'passages' | 'titles', part: number): string =>
  `graph/${kind}/${String(part).padStart(4, '0')}`;

const noGraph = (): AppErrorException =>
  new AppErrorException('RELEASE_DAMAGED', 'not a graph of this shape');
