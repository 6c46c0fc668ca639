import { AppErrorException } from '../shared/errors/app-error.js';

/**
 * An index file as hnswlib 0.8's `saveIndex` writes it on a 64-bit little-endian machine: a head of 96 bytes, then per element of level 0 its
 * links, its vector and its label (8 bytes), then the links of the higher levels. "Stripped" is such a file without its vectors.
 */
export const HEAD_BYTES = 96;
export const LABEL_BYTES = 8;
export interface Layout {
  readonly elements: number;
  readonly stride: number;
  readonly vectorAt: number;
  readonly vectorBytes: number;
}

/** @throws AppErrorException RELEASE_DAMAGED when the head is none of hnswlib's, or of other dimensions. */
export function layoutOf(head: Buffer, dimensions: number): Layout {
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

export interface Links {
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
export function checkLinks(stripped: Buffer, { elements, kept, vectorAt, levelsAt }: Links): void {
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

export const noGraph = (): AppErrorException =>
  new AppErrorException('RELEASE_DAMAGED', 'not a graph of this shape');
