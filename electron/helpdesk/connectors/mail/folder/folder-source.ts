import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { HelpdeskConnection } from '../../../../../shared/domain/helpdesk.js';
import { HelpdeskFailure } from '../../helpdesk-failure.js';
import type { MailEntry } from '../mail-entry.js';
import type { MailSource } from '../mail-source.js';
import type { FolderReader } from './folder-reader.js';
import { createMaildirReader } from './maildir-reader.js';
import { maildirsIn } from './maildir.js';
import { createMboxReader } from './mbox-reader.js';

const SENT = /^\.?(?:inbox\.)?(?:sent|gesendet|envoy|enviad|verzonden|inviat|skickat|sendt)/iu;
const LEFT_OUT = /^\.?(?:inbox\.)?(?:draft|trash|deleted|junk|spam|templates|unsent|entw|papierkorb)/iu;

/**
 * Mails on this machine, which are only read: an mbox file, a folder of mbox files as mail programs keep them, or a Maildir with the
 * Maildirs in it. What is named like a folder for sent mails counts as sent; drafts, trash and junk are left out.
 */
export function createFolderSource({ baseUrl }: Pick<HelpdeskConnection, 'baseUrl'>): MailSource {
  const root = fileURLToPath(baseUrl);
  const mbox = createMboxReader();
  const maildir = createMaildirReader();

  async function placesOf(): Promise<{ reader: FolderReader; place: string }[]> {
    const stat = await fs.stat(root);
    if (stat.isFile()) return [{ reader: mbox, place: root }];
    const maildirs = await maildirsIn(root);
    if (maildirs.length > 0) return maildirs.map((place) => ({ reader: maildir, place }));
    const files = (await fs.readdir(root, { withFileTypes: true }))
      .filter((one) => one.isFile() && !/\.(?:msf|dat|json|sqlite)$/iu.test(one.name))
      .map((one) => path.join(root, one.name));
    return files.map((place) => ({ reader: mbox, place }));
  }

  async function all(signal: AbortSignal): Promise<MailEntry[]> {
    const entries: MailEntry[] = [];
    for (const { reader, place } of await placesOf()) {
      signal.throwIfAborted();
      const name = place === root ? '' : path.basename(place);
      if (!LEFT_OUT.test(name)) entries.push(...(await reader.entries(place, SENT.test(name))));
    }
    return entries;
  }

  return {
    entries: (signal) => all(signal).catch((error: unknown) => fail(error, root, signal)),
    async read(entry, signal) {
      signal.throwIfAborted();
      const reader = entry.place.startsWith('[') ? mbox : maildir;
      return reader.source(entry).catch((error: unknown) => fail(error, root, signal));
    },
    async check(signal) {
      const places = await placesOf().catch((error: unknown) => fail(error, root, signal));
      if ((await this.entries(signal)).length === 0)
        throw new HelpdeskFailure(
          'HELPDESK_REQUEST_REFUSED',
          'There is no mbox file and no Maildir with mails.',
        );
      const notes = [
        `Reads ${String(places.length)} ${places.length === 1 ? 'folder' : 'folders'} of this computer, and writes nothing.`,
      ];
      return { user: '', notes };
    },
  };
}

/** @throws HelpdeskFailure in words, without the path: what is logged holds no names of people. */
function fail(error: unknown, root: string, signal: AbortSignal): never {
  signal.throwIfAborted();
  if (error instanceof HelpdeskFailure) throw error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM')
    throw new HelpdeskFailure('HELPDESK_RIGHT_MISSING', 'The folder may not be read.');
  if (code === 'ENOENT' || code === 'ENOTDIR')
    throw new HelpdeskFailure('HELPDESK_UNREACHABLE', `“${path.basename(root)}” is not there.`);
  throw new HelpdeskFailure('HELPDESK_UNREACHABLE', code);
}
