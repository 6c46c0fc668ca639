import { AppErrorException } from '../shared/errors/app-error.js';
import { sha256 } from './canonical-json.js';

/** One segment on the wire or in a store. */
export interface Segment {
  /** SHA-256 of `content`. */
  readonly hash: string;
  readonly content: Buffer;
}

/** The largest segment there may be; whatever would be larger comes in parts. */
export const MAX_SEGMENT_BYTES = 32 * 1024 * 1024;

const HASH_BYTES = 32;
const HEAD_BYTES = HASH_BYTES + 4;
/** Says that nothing was cut off. No content has the hash 0. */
const END = Buffer.alloc(HEAD_BYTES);

/** Frames as they travel: 32 bytes hash, 4 bytes length (big-endian), content; 36 zero bytes after the last. */
export async function* encodeFrames(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
): AsyncGenerator<Buffer> {
  for await (const { hash, content } of segments) {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(hash, 'hex');
    head.writeUInt32BE(content.length, HASH_BYTES);
    yield head;
    yield content;
  }
  yield END;
}

/**
 * Reads frames from chunks of any size and gives each segment once its content has proved to have its hash.
 * @throws AppErrorException RELEASE_DAMAGED when a hash is wrong, a frame is larger than {@link MAX_SEGMENT_BYTES}, or the stream ends
 *   before its end mark or goes on after it; what was given before is whole.
 */
export async function* decodeFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Segment> {
  const waiting: Uint8Array[] = [];
  let have = 0;
  let frame: { hash: string; bytes: number } | null = null;
  let hasEnded = false;

  const take = (bytes: number): Buffer => {
    const all = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting, have);
    const whole = Buffer.from(all.buffer, all.byteOffset, all.byteLength);
    waiting.length = 0;
    have -= bytes;
    if (have > 0) waiting.push(whole.subarray(bytes));
    return whole.subarray(0, bytes);
  };

  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    if (hasEnded) throw damaged('the stream goes on after its end');
    waiting.push(chunk);
    have += chunk.length;
    while (have >= (frame ? frame.bytes : HEAD_BYTES)) {
      if (frame) {
        // A copy, so that a small segment does not hold the whole chunk it came in.
        const content = Buffer.from(take(frame.bytes));
        const { hash } = frame;
        frame = null;
        if (sha256(content) !== hash) throw damaged(`segment ${hash.slice(0, 12)} has other content`);
        yield { hash, content };
        continue;
      }
      const head = take(HEAD_BYTES);
      if (head.equals(END)) {
        if (have > 0) throw damaged('the stream goes on after its end');
        hasEnded = true;
        break;
      }
      frame = { hash: head.toString('hex', 0, HASH_BYTES), bytes: head.readUInt32BE(HASH_BYTES) };
      if (frame.bytes > MAX_SEGMENT_BYTES) throw damaged('a segment is too large');
    }
  }
  if (!hasEnded) throw damaged('the stream was cut off');
}

const damaged = (reason: string): AppErrorException => new AppErrorException('RELEASE_DAMAGED', reason);
