import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';

import iconv from 'iconv-lite';

import { UnreadableFile } from './failure-reason.js';
import type { SourceFile } from './source-reader.js';

/**
 * Reads a text file whole: decoded, without byte order mark, line ends `\n`.
 * @throws UnreadableFile when it is not text or larger than `maxBytes`.
 */
export async function readText(file: SourceFile, maxBytes: number): Promise<string> {
  const encoding = textEncodingOf(file);
  if (file.size > maxBytes) {
    throw new UnreadableFile(`The file is larger than ${String(Math.round(maxBytes / 1024 / 1024))} MB.`);
  }
  return iconv
    .decode(await readFile(file.path), encoding)
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
}

/** The text of a file of any size, decoded piece by piece, without byte order mark. */
export function streamText(file: SourceFile, signal?: AbortSignal): Readable {
  const bytes = createReadStream(file.path, { highWaterMark: 256 * 1024, signal });
  const text = new PassThrough({ encoding: 'utf8' });
  // What goes wrong is met by whoever reads the text.
  pipeline(bytes, iconv.decodeStream(textEncodingOf(file), { stripBOM: true }), text, () => undefined);
  return text;
}

function textEncodingOf({ encoding }: SourceFile): string {
  if (encoding === null) throw new UnreadableFile('The file is binary, not text.');
  if (!iconv.encodingExists(encoding)) {
    throw new UnreadableFile(
      `The file is written in ${String(encoding)}, which is not known here: save it as UTF-8.`,
    );
  }
  return encoding;
}
