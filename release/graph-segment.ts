import { checkLinks, HEAD_BYTES, LABEL_BYTES, layoutOf, noGraph } from './graph-layout.js';

/** Parts of at most this size, so that a cut download loses little. */
const PART_BYTES = 1024 * 1024;

/** Takes the vectors out of an index file: they are in the article segments already, and links and labels are a tenth of it. */
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

/** Cuts a stripped graph into the contents of its segments, `graph/<kind>/<part>`; put together by joining them. */
export function partsOf(stripped: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(stripped.length / PART_BYTES) }, (_, i) =>
    stripped.subarray(i * PART_BYTES, (i + 1) * PART_BYTES),
  );
}
