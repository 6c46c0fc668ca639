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

/** Elements written at a time. */
const PAGE = 1000;

/**
 * Puts an index file together again, a piece at a time. `vectorOf` is asked for the vector of each label, in the order of the file.
 * @throws AppErrorException RELEASE_DAMAGED when the graph does not have its size, a link leads nowhere or a label has no vector.
 */
export function* restoreVectors(
  stripped: Buffer,
  dimensions: number,
  vectorOf: (label: number) => Float32Array | undefined,
): Generator<Buffer> {
  const { elements, stride, vectorAt, vectorBytes } = layoutOf(stripped, dimensions);
  const kept = stride - vectorBytes;
  const levelsAt = HEAD_BYTES + elements * kept;
  if (levelsAt > stripped.length) throw noGraph();
  checkLinks(stripped, { elements, kept, vectorAt, levelsAt });
  yield stripped.subarray(0, HEAD_BYTES);
  for (let first = 0; first < elements; first += PAGE) {
    const count = Math.min(PAGE, elements - first);
    const out = Buffer.alloc(count * stride);
    for (let i = 0; i < count; i++) {
      const from = HEAD_BYTES + (first + i) * kept;
      const to = i * stride;
      const vector = vectorOf(Number(stripped.readBigUInt64LE(from + kept - LABEL_BYTES)));
      if (vector?.length !== dimensions) throw noGraph();
      stripped.copy(out, to, from, from + vectorAt);
      Buffer.from(vector.buffer, vector.byteOffset, vectorBytes).copy(out, to + vectorAt);
      stripped.copy(out, to + vectorAt + vectorBytes, from + vectorAt, from + kept);
    }
    yield out;
  }
  yield stripped.subarray(levelsAt);
}

interface Links {
  readonly elements: number;
  /** Bytes of an element on level 0. */
  readonly kept: number;
  /** Bytes of its links there. */
  readonly vectorAt: number;
  readonly levelsAt: number;
}

/**
 * The library follows every link it reads, into whatever memory: none may lead past the last element. A list is its length (2 bytes of 4) and
 * the numbers of its elements (4 bytes each); above level 0 an element has its bytes in all (4) and a list a level.
 */
function checkLinks(stripped: Buffer, { elements, kept, vectorAt, levelsAt }: Links): void {
  const checkList = (at: number, room: number): void => {
    const count = stripped.readUInt16LE(at);
    if (4 + count * 4 > room) throw noGraph();
    for (let i = 1; i <= count; i++) if (stripped.readUInt32LE(at + i * 4) >= elements) throw noGraph();
  };
  const [maxLevel, entry] = [stripped.readInt32LE(48), stripped.readInt32LE(52)];
  const upperBytes = Number(stripped.readBigUInt64LE(56)) * 4 + 4;
  if (elements > 0 && (entry < 0 || entry >= elements || maxLevel < 0)) throw noGraph();
  for (let i = 0; i < elements; i++) checkList(HEAD_BYTES + i * kept, vectorAt);
  let at = levelsAt;
  for (let i = 0; i < elements; i++) {
    if (at + 4 > stripped.length) throw noGraph();
    const bytes = stripped.readUInt32LE(at);
    at += 4;
    const levels = bytes / upperBytes;
    const isEntry = i === entry;
    if (!Number.isInteger(levels) || levels > maxLevel || (isEntry && levels !== maxLevel)) throw noGraph();
    if (at + bytes > stripped.length) throw noGraph();
    for (let level = 0; level < levels; level++) checkList(at + level * upperBytes, upperBytes);
    at += bytes;
  }
  if (at !== stripped.length) throw noGraph();
}

/** Cuts a stripped graph into the contents of its segments, `graph/<kind>/<part>`; put together by joining them. */
export function partsOf(stripped: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(stripped.length / PART_BYTES) }, (_, i) =>
    stripped.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
  );
}

const noGraph = (): AppErrorException =>
  new AppErrorException('RELEASE_DAMAGED', 'not a graph of this shape');
