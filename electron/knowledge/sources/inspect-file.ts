import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import chardet from 'chardet';

import type { TextEncoding } from './text-encoding.js';

/** What one pass over a file's bytes tells, whatever its size. */
export interface InspectedFile {
  readonly sha256: string;
  /** Its first bytes. */
  readonly head: Buffer;
  /** Null for what is not text. */
  readonly encoding: TextEncoding | null;
}

const BLOCK_BYTES = 256 * 1024;
const HEAD_BYTES = 4096;
/** What the guess of an encoding is made from: the beginning, and the place where UTF-8 ended to be true. */
const SAMPLE_BYTES = 64 * 1024;
/** Of 100. Three words of German are taken for Polish or Turkish with 23. */
const SURE = 30;

/**
 * Reads a file once from end to end: its hash, its first bytes, and how it is text. Valid UTF-8 is never taken for
 * anything else; other bytes are guessed by byte order mark, zeros (UTF-16) and letter statistics (chardet).
 */
export async function inspectFile(file: string, signal?: AbortSignal): Promise<InspectedFile> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let hasZero = false;
  let head = Buffer.alloc(0);
  let sample = Buffer.alloc(0);
  for await (const block of createReadStream(file, { highWaterMark: BLOCK_BYTES, signal })) {
    const bytes = block as Buffer;
    hash.update(bytes);
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes.subarray(0, HEAD_BYTES - head.length)]);
    if (sample.length < SAMPLE_BYTES) {
      sample = Buffer.concat([sample, bytes.subarray(0, SAMPLE_BYTES - sample.length)]);
    }
    hasZero ||= bytes.includes(0);
    if (!isUtf8) continue;
    isUtf8 = decodes(utf8, bytes);
    if (!isUtf8) sample = Buffer.concat([sample, around(bytes)]);
  }
  isUtf8 &&= ends(utf8);
  return { sha256: hash.digest('hex'), head, encoding: encodingOf(head, sample, isUtf8, hasZero) };
}

/** How bytes that are held whole are text; null for what is not text. */
export function encodingOfBytes(bytes: Buffer): TextEncoding | null {
  const isUtf8 = decodes(new TextDecoder('utf-8', { fatal: true }), bytes, false);
  return encodingOf(
    bytes.subarray(0, HEAD_BYTES),
    bytes.subarray(0, SAMPLE_BYTES),
    isUtf8,
    bytes.includes(0),
  );
}

function encodingOf(head: Buffer, sample: Buffer, isUtf8: boolean, hasZero: boolean): TextEncoding | null {
  if (startsWith(head, 0xff, 0xfe, 0, 0)) return 'utf-32le';
  if (startsWith(head, 0, 0, 0xfe, 0xff)) return 'utf-32be';
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be';
  if (hasZero) return utf16Of(head);
  if (isUtf8) return 'utf-8';
  if (isBinary(sample)) return null;
  const guess = chardet.analyse(sample)[0];
  // ISO-8859-1 leaves 0x80 to 0x9f unused; what is written there is Windows' quotes and dashes. A weak guess is none.
  const isUseless = !guess || guess.confidence < SURE || /^(?:UTF-8|ISO-8859-1|ASCII)$/i.test(guess.name);
  return isUseless ? 'windows-1252' : guess.name.toLowerCase();
}

/** Text of letters below 256 has its zeros on one side; anything else with zeros is no text. */
function utf16Of(head: Buffer): TextEncoding | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = Math.max(1, Math.floor(head.length / 2));
  if (odd > pairs * 0.4 && even === 0) return 'utf-16le';
  if (even > pairs * 0.4 && odd === 0) return 'utf-16be';
  return null;
}

/** Control characters other than white space do not occur in text of any single-byte encoding. */
function isBinary(sample: Buffer): boolean {
  let controls = 0;
  for (const byte of sample) if (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) controls++;
  return controls > sample.length * 0.005;
}

function decodes(decoder: Utf8Decoder, bytes: Buffer, isPart = true): boolean {
  try {
    decoder.decode(bytes, { stream: isPart });
    return true;
  } catch {
    return false;
  }
}

function ends(decoder: Utf8Decoder): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The bytes around the first ones above ASCII. */
function around(bytes: Buffer): Buffer {
  const at = Math.max(0, bytes.findIndex((byte) => byte > 127) - 1024);
  return bytes.subarray(at, at + SAMPLE_BYTES);
}

type Utf8Decoder = InstanceType<typeof TextDecoder>;

const startsWith = (bytes: Buffer, ...marks: number[]): boolean =>
  bytes.length >= marks.length && marks.every((mark, i) => bytes[i] === mark);
