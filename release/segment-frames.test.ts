import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppErrorException } from '../shared/errors/app-error.js';
import { sha256 } from './canonical-json.js';
import { decodeFrames, encodeFrames, type Segment } from './segment-frames.js';

const segments = fc
  .array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 })
  .map((contents): Segment[] =>
    contents.map((bytes) => ({ hash: sha256(bytes), content: Buffer.from(bytes) })),
  );

async function bytesOf(frames: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const frame of frames) all.push(frame);
  return Buffer.concat(all);
}

/** Reads bytes that arrive in pieces of some size. @returns what was given before the stream ended, and how it ended. */
async function read(bytes: Buffer, piece: number): Promise<{ given: Segment[]; end: string }> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += piece)
      yield await Promise.resolve(bytes.subarray(at, at + piece));
  }
  const given: Segment[] = [];
  try {
    for await (const segment of decodeFrames(pieces())) given.push(segment);
    return { given, end: 'whole' };
  } catch (cause) {
    if (cause instanceof AppErrorException) return { given, end: cause.error.code };
    throw cause;
  }
}

describe('segment frames', () => {
  it('give back what went in, in whatever pieces it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(segments, fc.integer({ min: 1, max: 80 }), async (sent, piece) => {
        expect(await read(await bytesOf(encodeFrames(sent)), piece)).toEqual({ given: sent, end: 'whole' });
      }),
    );
  });

  it('show when they were cut off, and what came before is whole', async () => {
    await fc.assert(
      fc.asyncProperty(segments, fc.nat(), async (sent, at) => {
        const bytes = await bytesOf(encodeFrames(sent));
        const { given, end } = await read(bytes.subarray(0, at % bytes.length), 17);
        expect(end).toBe('RELEASE_DAMAGED');
        expect(given).toEqual(sent.slice(0, given.length));
      }),
    );
  });

  it('never give a segment that is not what was sent, whichever bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(segments, fc.nat(), fc.nat(7), async (sent, at, bit) => {
        const bytes = await bytesOf(encodeFrames(sent));
        const flipped = at % bytes.length;
        bytes[flipped] = (bytes[flipped] ?? 0) ^ (1 << bit);
        const { given, end } = await read(bytes, 33);
        expect(end).toBe('RELEASE_DAMAGED');
        expect(given).toEqual(sent.slice(0, given.length));
      }),
    );
  });

  it('refuse what comes after the end, and a length no segment has', async () => {
    const bytes = await bytesOf(encodeFrames([]));
    expect((await read(Buffer.concat([bytes, bytes]), 36)).end).toBe('RELEASE_DAMAGED');
    const head = Buffer.alloc(36, 0xff);
    expect((await read(head, 36)).end).toBe('RELEASE_DAMAGED');
  });
});
