import fs from 'node:fs/promises';

import { HelpdeskFailure } from '../../helpdesk-failure.js';
import { headOf, mailIdOf, type MailEntry, type MailHead } from '../mail-entry.js';
import { headOnly, type FolderReader } from './folder-reader.js';
import { mailsOfMaildir, type MaildirPlace } from './maildir.js';

const MOST_MAILS = 5000;
const HEAD_BYTES = 64 * 1024;

/** A mail of a Maildir never changes, only its name does: its head is read once. */
export function createMaildirReader(): FolderReader {
  const heads = new Map<string, MailHead>();

  async function headAt({ unique, file }: MaildirPlace): Promise<MailHead | null> {
    const known = heads.get(unique);
    if (known) return known;
    try {
      const handle = await fs.open(file);
      try {
        const bytes = Buffer.alloc(HEAD_BYTES);
        const { bytesRead } = await handle.read(bytes, 0, HEAD_BYTES, 0);
        const head = await headOf(headOnly(bytes.subarray(0, bytesRead)));
        heads.set(unique, head);
        return head;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  return {
    async entries(place, isSent) {
      const found = (await mailsOfMaildir(place))
        .sort((a, b) => a.arrivedAt.localeCompare(b.arrivedAt) || a.unique.localeCompare(b.unique))
        .slice(-MOST_MAILS);
      const entries: MailEntry[] = [];
      for (const [order, mail] of found.entries()) {
        const head = await headAt(mail);
        if (head)
          entries.push({
            ...{ id: mailIdOf(head), head, isSent, bytes: mail.bytes, order },
            ...{ arrivedAt: mail.arrivedAt, place: mail.file },
          });
      }
      return entries;
    },
    source: ({ place }) =>
      fs.readFile(place).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        throw new HelpdeskFailure('HELPDESK_UNREACHABLE', 'The mail was moved while it was read.');
      }),
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
