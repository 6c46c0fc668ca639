import fs from 'node:fs/promises';

import { HelpdeskFailure } from '../../helpdesk-failure.js';
import { headOf, mailIdOf, type MailEntry } from '../mail-entry.js';
import { headOnly, type FolderReader } from './folder-reader.js';
import { mailAt, mailsOfMbox, type MboxPlace } from './mbox.js';

interface Known {
  readonly size: number;
  readonly changedAt: number;
  readonly entries: readonly MailEntry[];
  readonly last: MboxPlace | null;
}

const MOST_MAILS = 5000;
const HEAD_BYTES = 64 * 1024;

/** Mails are put at the end of an mbox: one that grew is read from its last mail on, any other change is read anew. */
export function createMboxReader(): FolderReader {
  const files = new Map<string, Known>();

  async function readFile(place: string, isSent: boolean): Promise<readonly MailEntry[]> {
    const file = await fs.open(place);
    try {
      const { size, mtimeMs: changedAt } = await file.stat();
      const known = files.get(place);
      if (known?.size === size && known.changedAt === changedAt) return known.entries;
      const grown =
        known?.last && size > known.size && (await isSame(file, place, known, isSent)) ? known : null;
      const from = grown?.last?.line ?? 0;
      const found = (await mailsOfMbox(file, from, size)).slice(-MOST_MAILS);
      const fresh: MailEntry[] = [];
      for (const mail of found) fresh.push(await entryAt(file, place, mail, isSent));
      const entries = [...(grown?.entries.slice(0, -1) ?? []), ...fresh].slice(-MOST_MAILS);
      files.set(place, { size, changedAt, entries, last: found.at(-1) ?? null });
      return entries;
    } finally {
      await file.close();
    }
  }

  return {
    entries: readFile,
    async source({ place, id }) {
      const [path, mail] = JSON.parse(place) as [string, MboxPlace];
      const file = await fs.open(path);
      try {
        const bytes = await mailAt(file, mail);
        // A mail program may have packed the file meanwhile: then another mail lies there.
        if (mailIdOf(await headOf(bytes)) === id) return bytes;
        files.delete(path);
        throw new HelpdeskFailure('HELPDESK_UNREACHABLE', 'The file changed while it was read.');
      } finally {
        await file.close();
      }
    },
  };
}

/** Whether the last known mail still lies where it did. */
async function isSame(
  file: fs.FileHandle,
  place: string,
  { last, entries }: Known,
  isSent: boolean,
): Promise<boolean> {
  return last !== null && (await entryAt(file, place, last, isSent)).id === entries.at(-1)?.id;
}

async function entryAt(
  file: fs.FileHandle,
  path: string,
  mail: MboxPlace,
  isSent: boolean,
): Promise<MailEntry> {
  const head = await headOf(headOnly(await mailAt(file, mail, HEAD_BYTES)));
  return {
    ...{ id: mailIdOf(head), head, isSent, bytes: mail.end - mail.start, order: mail.start },
    arrivedAt: mail.deliveredAt ?? head.date ?? new Date(0).toISOString(),
    place: JSON.stringify([path, mail]),
  };
}
