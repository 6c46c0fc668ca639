import type { MailEntry } from '../mail-entry.js';

/** What reads one file or folder of mails, and asks again only for what changed. */
export interface FolderReader {
  entries(place: string, isSent: boolean): Promise<readonly MailEntry[]>;
  /** The whole mail. */
  source(entry: MailEntry): Promise<Buffer>;
}

/** The beginning of a mail up to the empty line that ends its head. */
export function headOnly(bytes: Buffer): Buffer {
  const end = /\r?\n\r?\n/u.exec(bytes.toString('latin1'))?.index;
  return end === undefined ? bytes : bytes.subarray(0, end + 2);
}
