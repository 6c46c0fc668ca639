import type { ImapFlow } from 'imapflow';

import type { ConnectorOptions } from '../../connector.js';
import { HelpdeskFailure } from '../../helpdesk-failure.js';
import { token as keyToken } from '../compose-draft.js';
import type { MailEntry } from '../mail-entry.js';
import type { MailSource } from '../mail-source.js';
import { createFolderIndex, readSource } from './folder-index.js';
import { createImapLine, type ImapLine } from './imap-line.js';

/** Where mails lie, by what they are for; null for a mailbox that has no such folder. */
interface Folders {
  readonly inbox: string;
  readonly sent: string | null;
  readonly drafts: string | null;
}

const DAYS = 90;

/** A mailbox over IMAP. Folders of sent mails and drafts are found by SPECIAL-USE (RFC 6154) or their usual names. Nothing is marked as read. */
export function createImapSource(options: ConnectorOptions): MailSource {
  const { options: chosen } = options.connection;
  const line = createImapLine(options);
  const days = Number(chosen['days'] ?? DAYS);
  const since = (): Date => new Date(Date.now() - days * 86_400_000);
  const index = createFolderIndex(line, since);
  let known: Folders | null = null;

  async function folders(signal: AbortSignal): Promise<Folders> {
    known ??= await line.use(null, (client) => foldersOf(client, chosen), signal);
    return known;
  }

  async function draftsFolder(signal: AbortSignal): Promise<string> {
    const { drafts } = await folders(signal);
    if (drafts !== null) return drafts;
    throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'The mailbox has no folder for drafts.');
  }

  return {
    async entries(signal) {
      const { inbox, sent } = await folders(signal);
      const all: MailEntry[] = [...(await index.read(inbox, false, signal))];
      if (sent !== null && sent !== inbox) all.push(...(await index.read(sent, true, signal)));
      return all;
    },
    read: (entry, signal) => readSource(line, entry, signal),
    async check(signal) {
      const { inbox, sent, drafts } = await folders(signal);
      const notes = [
        `Reads “${inbox}”${sent === null ? '' : ` and “${sent}”`}, ${String(days)} days back.`,
        ...(sent === null ? ['There is no folder of sent mails: what the team answers is not seen.'] : []),
        ...(drafts === null ? ['There is no folder for drafts: a reply goes by the clipboard.'] : []),
      ];
      return { user: chosen['user'] ?? '', notes };
    },
    drafts: {
      async has(key, signal) {
        const header = { 'x-cuecard-key': keyToken(key) };
        const folder = await draftsFolder(signal);
        const found = await line.use(
          folder,
          async (client) => {
            // Drafts that another program wrote since the folder was opened are told by the next command.
            await client.noop();
            return client.search({ header }, { uid: true });
          },
          signal,
        );
        return Array.isArray(found) && found.length > 0;
      },
      async add({ source }, signal) {
        const folder = await draftsFolder(signal);
        const add = async (client: ImapFlow): Promise<void> => {
          if ((await client.append(folder, source, ['\\Draft', '\\Seen'])) === false)
            throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'The mailbox does not take the draft.');
        };
        await line.use(null, add, signal, true);
      },
    },
    listen: async (on, onOpen, signal) => listenIn(line, (await folders(signal)).inbox, on, onOpen, signal),
  };
}

async function foldersOf(client: ImapFlow, chosen: Readonly<Record<string, string>>): Promise<Folders> {
  const listed = await client.list();
  const named = (use: string, wanted: string | undefined): string | null => {
    if (wanted === undefined || wanted === '')
      return listed.find(({ specialUse }) => specialUse === use)?.path ?? null;
    const found = listed.find(({ path }) => path.toLowerCase() === wanted.toLowerCase());
    if (found) return found.path;
    throw new HelpdeskFailure('HELPDESK_REQUEST_REFUSED', `There is no folder “${wanted.slice(0, 80)}”.`);
  };
  return {
    inbox: named('\\Inbox', chosen['mailbox']) ?? 'INBOX',
    sent: named('\\Sent', chosen['sent']),
    drafts: named('\\Drafts', chosen['drafts']),
  };
}

/** IDLE of RFC 2177; a server without it is only asked. */
async function listenIn(
  line: ImapLine,
  folder: string,
  on: () => void,
  onOpen: () => void,
  signal: AbortSignal,
): Promise<void> {
  const client = await line.open(signal);
  try {
    const isOver = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const stop = (): void => client.close();
    signal.addEventListener('abort', stop, { once: true });
    client.on('exists', on);
    await client.mailboxOpen(folder, { readOnly: true });
    if (client.capabilities.has('IDLE')) {
      void idle(client);
      onOpen();
    }
    await isOver;
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    throw new HelpdeskFailure('HELPDESK_UNREACHABLE', 'The line was closed.');
  } finally {
    client.close();
  }
}

/** A server may end a line that says nothing for half an hour, so it is said again before. */
async function idle(client: ImapFlow): Promise<void> {
  while (client.usable) await client.idle().catch(() => client.close());
}
