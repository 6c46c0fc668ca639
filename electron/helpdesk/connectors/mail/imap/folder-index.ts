import { HelpdeskFailure } from '../../helpdesk-failure.js';
import { HEAD_FIELDS, headOf, mailIdOf, type MailEntry } from '../mail-entry.js';
import type { ImapLine } from './imap-line.js';

export interface FolderIndex {
  /** The mails of a folder by their heads; what is known of them is not asked for again. */
  read(folder: string, isSent: boolean, signal: AbortSignal): Promise<readonly MailEntry[]>;
}

/** Most mails of one folder that are followed: the newest. */
const MOST_MAILS = 5000;
/** Heads of one command; a folder that is read for the first time must not take longer than one answer may. */
const BATCH = 200;
/** Of a larger mail only the beginning is read, where its text is. */
const LARGEST_MAIL = 50 * 1024 * 1024;
const BEGINNING = 2 * 1024 * 1024;

interface Known {
  /** While it is the same, a number of a mail means the same mail (RFC 9051, 2.3.1.1). */
  readonly validity: string;
  readonly entries: Map<number, MailEntry>;
}

export function createFolderIndex(line: ImapLine, since: () => Date): FolderIndex {
  const folders = new Map<string, Known>();

  async function numbersIn(folder: string, signal: AbortSignal) {
    return line.use(
      folder,
      async (client) => {
        await client.noop();
        const found = await client.search({ since: since() }, { uid: true });
        if (!Array.isArray(found) || client.mailbox === false)
          throw new HelpdeskFailure('HELPDESK_REQUEST_REFUSED', `“${folder}” cannot be searched.`);
        const numbers = [...found].sort((a, b) => a - b).slice(-MOST_MAILS);
        return { numbers, validity: String(client.mailbox.uidValidity) };
      },
      signal,
    );
  }

  async function heads(folder: string, numbers: readonly number[], isSent: boolean, signal: AbortSignal) {
    const query = { uid: true, headers: [...HEAD_FIELDS], internalDate: true, size: true };
    const found = await line.use(
      folder,
      (client) => client.fetchAll(numbers.join(','), query, { uid: true }),
      signal,
    );
    const entries: [number, MailEntry][] = [];
    for (const { uid, headers, internalDate, size } of found) {
      const head = await headOf(headers ?? Buffer.alloc(0));
      const at = internalDate === undefined ? new Date(head.date ?? 0) : new Date(internalDate);
      entries.push([
        uid,
        {
          ...{ id: mailIdOf(head), head, isSent, bytes: size ?? 0, arrivedAt: at.toISOString() },
          order: uid,
          place: JSON.stringify([folder, uid]),
        },
      ]);
    }
    return entries;
  }

  return {
    async read(folder, isSent, signal) {
      const { numbers, validity } = await numbersIn(folder, signal);
      let known = folders.get(folder);
      if (known?.validity !== validity) {
        known = { validity, entries: new Map() };
        folders.set(folder, known);
      }
      const { entries } = known;
      const here = new Set(numbers);
      for (const number of entries.keys()) if (!here.has(number)) entries.delete(number);
      // The newest first: should the line break, what matters most is there.
      const fresh = numbers.filter((number) => !entries.has(number)).reverse();
      for (let at = 0; at < fresh.length; at += BATCH)
        for (const [number, entry] of await heads(folder, fresh.slice(at, at + BATCH), isSent, signal))
          entries.set(number, entry);
      return [...entries.values()];
    },
  };
}

/** The bytes of a mail. @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND when it was moved or deleted meanwhile. */
export async function readSource(line: ImapLine, entry: MailEntry, signal: AbortSignal): Promise<Buffer> {
  const [folder, uid] = JSON.parse(entry.place) as [string, number];
  const source = entry.bytes > LARGEST_MAIL ? { start: 0, maxLength: BEGINNING } : true;
  const found = await line.use(
    folder,
    (client) => client.fetchOne(String(uid), { source }, { uid: true }),
    signal,
  );
  if (found === false || !found.source)
    throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', 'The mail is gone.');
  return found.source;
}
