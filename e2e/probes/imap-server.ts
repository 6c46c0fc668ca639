import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ImapFlow } from 'imapflow';

import { endPeer, runPeer } from './peer-process.js';

interface Ready {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** A real mail server on loopback with one support mailbox, and a customer who writes to it. */
export interface ImapServer extends Ready {
  arrives(id: string, subject: string, text: string, answers?: string): Promise<void>;
  /** The mails of a folder, as they lie there. */
  mails(folder: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Starts it; gives why this machine cannot have it instead. */
export async function startImapServer(): Promise<ImapServer | string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-imap-'));
  const peer = await runPeer<Ready>('imap', dir, '0');
  if (typeof peer === 'string') {
    await rm(dir, { recursive: true, force: true });
    return peer;
  }
  const { url, user, password } = peer.ready;
  const { hostname: host, port } = new URL(url);
  const client = new ImapFlow({
    ...{ host, port: Number(port), secure: false, doSTARTTLS: false, logger: false },
    auth: { user, pass: password },
  });
  await client.connect();
  return {
    ...{ url, user, password },
    async arrives(id, subject, text, answers) {
      const mail = [
        ...['From: Femke de Vries <femke.devries@example.com>', `To: ${user}`, `Subject: ${subject}`],
        ...[`Message-ID: <${id}>`, ...(answers === undefined ? [] : [`In-Reply-To: <${answers}>`])],
        ...['Content-Type: text/plain; charset=utf-8', '', text, ''],
      ];
      await client.append('INBOX', mail.join('\r\n'));
    },
    async mails(folder) {
      await client.mailboxOpen(folder, { readOnly: true });
      if (client.mailbox === false || client.mailbox.exists === 0) return [];
      const all = await client.fetchAll('1:*', { source: true });
      return all.map(({ source }) => (source ?? Buffer.alloc(0)).toString('utf8'));
    },
    async close() {
      await client.logout();
      await endPeer(peer.child);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
