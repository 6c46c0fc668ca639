import { createInflate } from 'node:zlib';

import { throwIfCancelled } from '../cancellation.js';
import { UnreadableFile } from './failure-reason.js';

/** Largest part that is no picture: a page of drawings is some megabytes, a whole font of Chinese about 20. */
const MAX_PART_BYTES = 32 * 1024 * 1024;
/** A page scanned in colour at 600 dpi is 100 MB; pictures are not unpacked for their text. */
const MAX_PICTURE_BYTES = 512 * 1024 * 1024;
/** All parts together, pictures left out: the parser may hold them at once. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
/** What is packed otherwise than deflated at once is not counted, so little of it is taken: deflate unpacks to 1,032 times at most. */
const MAX_UNCOUNTED_BYTES = 256 * 1024;
const STREAM = Buffer.from('stream');
/** How far before a stream its dictionary is looked for. */
const DICTIONARY_BYTES = 4096;
const BLOCK_BYTES = 256 * 1024;

/**
 * Unpacks every part of a PDF into nothing and counts, before the parser opens it and holds what it unpacks: a part is
 * tried whatever its dictionary says, since that may point elsewhere. Parts of a PDF with an owner's password are encrypted and cannot be counted.
 * @throws UnreadableFile for what unpacks to far more than a document holds; SUGGESTION_CANCELLED when the signal aborts.
 */
export async function inspectPdf(data: Buffer, signal?: AbortSignal): Promise<void> {
  let total = 0;
  for (let at = data.indexOf(STREAM); at !== -1; at = data.indexOf(STREAM, at + STREAM.length)) {
    const start = startOf(data, at);
    if (start === null) continue;
    throwIfCancelled(signal);
    const dictionary = dictionaryBefore(data, at);
    const isPicture = /\/Subtype\s*\/Image\b/.test(dictionary);
    const deflated = dictionary.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    if (deflated > 1) throw bomb();
    const isUncounted = /\/(?:LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx)\b/.test(dictionary);
    if (isUncounted && !isPicture && data.indexOf('endstream', start) - start > MAX_UNCOUNTED_BYTES)
      throw bomb();
    const limit = isPicture ? MAX_PICTURE_BYTES : MAX_PART_BYTES;
    const size = await unpackedSize(data.subarray(start), limit);
    if (size > limit) throw bomb();
    if (!isPicture) total += size;
    if (total > MAX_TOTAL_BYTES) throw bomb();
  }
}

function bomb(): UnreadableFile {
  return new UnreadableFile('It unpacks to far more than a document holds (a PDF bomb?) and was not opened.');
}

/** Where the bytes of a stream begin; null for another word with `stream` in it. */
function startOf(data: Buffer, at: number): number | null {
  const after = at + STREAM.length;
  if (data[after] === 0x0a) return after + 1;
  if (data[after] !== 0x0d) return null;
  return data[after + 1] === 0x0a ? after + 2 : after + 1;
}

function dictionaryBefore(data: Buffer, at: number): string {
  const text = data.toString('latin1', Math.max(0, at - DICTIONARY_BYTES), at);
  return text.slice(text.lastIndexOf('obj') + 1);
}

/**
 * Bytes a part unpacks to, counted to a little over the limit; 0 for what is not deflated. What is damaged counts as far as it
 * unpacks, which is how far the parser reads it.
 */
async function unpackedSize(packed: Buffer, limit: number): Promise<number> {
  let size = 0;
  // The bytes after a part belong to the file: zlib stops by itself where the deflated data ends.
  const inflate = createInflate({ chunkSize: BLOCK_BYTES });
  inflate.end(packed);
  try {
    for await (const block of inflate) {
      size += (block as Buffer).length;
      if (size > limit) break;
    }
  } catch {
    // The parser says what is wrong with it.
  }
  return size;
}
