import type { FileHandle } from 'node:fs/promises';

/** Where one mail lies in an mbox file: from the first byte behind its `From ` line. */
export interface MboxPlace {
  /** Where its `From ` line begins. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** What its `From ` line says of when it was delivered; null where that cannot be read. */
  readonly deliveredAt: string | null;
}

const CHUNK = 1024 * 1024;
const LONGEST_LINE = 1000;
const MARK = Buffer.from('\nFrom ');

/**
 * The mails of an mbox file from `from` on, where a `From ` line begins (RFC 4155). The file is read in pieces, so that it may be large.
 * Empty for a file that is no mbox.
 */
export async function mailsOfMbox(file: FileHandle, from: number, size: number): Promise<MboxPlace[]> {
  const lines: number[] = [];
  const first = await read(file, from, 5);
  if (first.toString('latin1') !== 'From ') return [];
  lines.push(from);
  // Pieces overlap by the mark, which may lie across two.
  for (let at = from; at < size; at += CHUNK) {
    const piece = await read(file, at, Math.min(CHUNK + MARK.length - 1, size - at));
    for (let found = piece.indexOf(MARK); found !== -1; found = piece.indexOf(MARK, found + 1))
      if (found < CHUNK && (await isAfterBlank(file, at + found))) lines.push(at + found + 1);
  }
  const places: MboxPlace[] = [];
  for (const [at, line] of lines.entries()) {
    const text = (await read(file, line, LONGEST_LINE)).toString('latin1').split('\n', 1)[0] ?? '';
    const end = lines[at + 1] ?? size;
    places.push({ line, start: Math.min(line + text.length + 1, end), end, deliveredAt: dateIn(text) });
  }
  return places;
}

/** The mail as it was before it was put into the file: `>From` at the beginning of a line loses one sign. */
export async function mailAt(
  file: FileHandle,
  { start, end }: MboxPlace,
  most = end - start,
): Promise<Buffer> {
  const bytes = await read(file, start, Math.min(end - start, most));
  if (!bytes.includes('\n>')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gmu, '$1'), 'latin1');
}

/** A line `From ` inside a mail follows text; one that parts two mails follows an empty line. */
async function isAfterBlank(file: FileHandle, lineEnd: number): Promise<boolean> {
  const before = (await read(file, Math.max(0, lineEnd - 2), Math.min(2, lineEnd))).toString('latin1');
  return before.endsWith('\n') || before === '\n\r';
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
  return bytes.subarray(0, bytesRead);
}

/** `From rhea@harbour.example Sat Nov 21 10:00:00 2026`, in UTC. */
function dateIn(line: string): string | null {
  const [, month, day, time, year] =
    /\s(?:mon|tue|wed|thu|fri|sat|sun)\s+(\w{3})\s+(\d{1,2})\s+(\d{2}:\d{2}(?::\d{2})?)\s+(?:\S+\s+)?(\d{4})/iu.exec(
      line,
    ) ?? [];
  const at = Date.parse(`${day ?? ''} ${month ?? ''} ${year ?? ''} ${time ?? ''} UTC`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
