import type { ConnectorOptions, HelpdeskConnector } from '../connector.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { composeDraft } from './compose-draft.js';
import { createFolderSource } from './folder/folder-source.js';
import { createImapSource } from './imap/imap-source.js';
import type { MailEntry } from './mail-entry.js';
import type { MailSource } from './mail-source.js';
import { mailThreadsOf, type MailThread } from './mail-threads.js';
import { messageOf, threadOf } from './nouns.js';
import { parseMail } from './parse-mail.js';
import { authorOf, teamAddressesOf, type TeamAddresses } from './team-addresses.js';

/**
 * A support mailbox: over IMAP (RFC 9051 and 3501) at `imaps://host`, or an mbox file or a Maildir of this machine at `file:///path`.
 *
 * `options.user` is whom the password signs in, `options.team` the team's own addresses, `options.from` the address replies are from;
 * `mailbox`, `sent` and `drafts` name folders, `days` says how far back is looked. A cursor is the ids of the mails read: numbers of
 * a mailbox change when mails are moved, ids do not.
 */
export function createMail(options: ConnectorOptions): HelpdeskConnector {
  const { connection } = options;
  const isFolder = connection.baseUrl.startsWith('file:');
  const source = isFolder ? createFolderSource(connection) : createImapSource(options);
  return connectMail(connection, source, isFolder ? 2000 : 5000);
}

function connectMail(
  { id, options }: ConnectorOptions['connection'],
  source: MailSource,
  minPollMs: number,
): HelpdeskConnector {
  const { user = '', from = '' } = options;
  const address = from === '' ? user : from;
  const team = teamAddressesOf(options['team'] ?? '', ...[user, from].filter((one) => one.includes('@')));
  const { drafts } = source;

  /** A mail that is filed away while a rep looks at its conversation ends it and takes it away from nobody. */
  const seen = new Map<string, MailEntry>();

  async function threads(signal: AbortSignal): Promise<readonly MailThread[]> {
    const here = await source.entries(signal);
    const ids = new Set(here.map((entry) => entry.id));
    const gone = [...seen.values()].filter((entry) => !ids.has(entry.id));
    for (const entry of here) seen.set(entry.id, entry);
    return mailThreadsOf([...here, ...gone.map((entry) => ({ ...entry, isGone: true as const }))], team);
  }

  async function find(threadId: string, signal: AbortSignal): Promise<MailThread> {
    if (/^[0-9a-f]{32}$/u.test(threadId)) {
      const thread = (await threads(signal)).find((one) => one.id === threadId);
      if (thread) return thread;
    }
    throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', threadId.slice(0, 40));
  }

  const contentOf = async (entry: MailEntry, signal: AbortSignal) =>
    parseMail(await source.read(entry, signal));

  function draftFor(thread: MailThread, text: string, key: string): Buffer {
    const { customer, subject } = threadOf(thread, team);
    const last = thread.entries.findLast(({ head }) => head.messageId !== '');
    if (customer.email === undefined)
      throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Nobody of outside is in this conversation.');
    if (!address.includes('@'))
      throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'No address is set that replies are from.');
    return composeDraft({
      from: { name: '', address },
      to: { name: customer.name === customer.email ? '' : customer.name, address: customer.email },
      ...{ subject, text, key, now: new Date() },
      inReplyTo: last?.head.messageId ?? '',
      references: [...(last?.head.parents ?? []), last?.head.messageId ?? ''],
    });
  }

  return {
    id,
    kind: 'mail',
    capabilities: { push: 'none', deliver: drafts ? ['draft'] : [], minPollMs },
    // A mail has no page.
    parseUrl: () => null,
    urlOf: () => null,
    async check(signal) {
      const { user: found, notes } = await source.check(signal);
      return { user: found, notes: [...notes, ...notesAbout(await source.entries(signal), team)] };
    },
    async list(limit, signal) {
      return (await threads(signal))
        .map((thread) => threadOf(thread, team))
        .filter(({ status }) => status !== 'solved')
        .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))
        .slice(0, limit);
    },
    read: async (threadId, signal) => threadOf(await find(threadId, signal), team),
    async messages(threadId, after, signal) {
      const { entries } = await find(threadId, signal);
      const known = new Set((after ?? '').split(' '));
      const held = entries.filter((entry) => !entry.isGone || known.has(entry.id));
      const messages = [];
      for (const entry of held)
        if (!known.has(entry.id)) messages.push(messageOf(entry, await contentOf(entry, signal), team));
      return { messages, cursor: held.map((entry) => entry.id).join(' ') };
    },
    async deliver(threadId, { mode, text, key, ifVersion }, signal) {
      if (mode !== 'draft' || !drafts)
        throw new HelpdeskFailure(
          'HELPDESK_WRITE_REFUSED',
          drafts ? 'A mailbox takes drafts only.' : 'These mails are only read.',
        );
      const thread = await find(threadId, signal);
      if (ifVersion !== null && threadOf(thread, team).version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', threadId);
      const draft = draftFor(thread, text, key);
      if (!(await drafts.has(key, signal))) await drafts.add({ source: draft, key }, signal);
      return null;
    },
    ...(drafts ? { hasDraft: (key, signal) => drafts.has(key, signal) } : {}),
    async attachment(threadId, attachmentId, maxBytes, signal) {
      const [entryId, number = ''] = attachmentId.split('.');
      const entry = (await find(threadId, signal)).entries.find((one) => one.id === entryId);
      const file = entry && (await contentOf(entry, signal)).files[Number(number) - 1];
      if (!file) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId.slice(0, 40));
      if (file.content.byteLength > maxBytes)
        throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', `larger than ${String(maxBytes)} bytes`);
      return new Uint8Array(file.content);
    },
    ...(source.listen ? { listen } : {}),
  };

  async function listen(
    on: (threadId: string) => void,
    onOpen: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    let known = await versionsOf(signal);
    let looking: Promise<void> | null = null;
    let [told, looked] = [0, 0];
    const look = async (): Promise<void> => {
      while (looked !== told) {
        looked = told;
        const now = await versionsOf(signal);
        for (const [threadId, version] of now) if (known.get(threadId) !== version) on(threadId);
        known = now;
      }
    };
    await source.listen?.(
      () => {
        told += 1;
        // One that fails is no loss: what follows the line looks by itself, only later.
        looking ??= look()
          .catch(() => undefined)
          .finally(() => (looking = null));
      },
      onOpen,
      signal,
    );
  }

  async function versionsOf(signal: AbortSignal): Promise<ReadonlyMap<string, string | null>> {
    return new Map((await threads(signal)).map((thread) => [thread.id, threadOf(thread, team).version]));
  }
}

function notesAbout(entries: readonly MailEntry[], team: TeamAddresses): string[] {
  const conversations = mailThreadsOf(entries, team).length;
  const isOneSided =
    entries.length > 0 && entries.every((entry) => authorOf(entry, team).role !== 'rep' && !entry.isSent);
  return [
    `Conversations: ${String(conversations)}, mails: ${String(entries.length)}.`,
    ...(isOneSided
      ? ['No mail of the team was found: check the team’s addresses, or all mails count as the customers’.']
      : []),
  ];
}
