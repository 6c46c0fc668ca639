import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AttachmentRef } from '../../shared/contracts/ipc/attachment.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createFreshdesk } from '../helpdesk/connectors/freshdesk/freshdesk.js';
import {
  RHEA,
  startFreshdeskServer,
  type FreshdeskServer,
} from '../helpdesk/connectors/freshdesk/freshdesk-server-for-tests.js';
import { createDeliverOnce } from '../helpdesk/delivery/deliver-once.js';
import { createDeliveryStore } from '../helpdesk/delivery/delivery-store.js';
import { deliveryMigrations } from '../helpdesk/delivery/delivery-tables.js';
import { createConnectedInbox, type ConnectedInbox } from '../helpdesk/following/connected-inbox.js';
import { createFileTextStore } from '../helpdesk/following/file-text-store.js';
import { createThreadStore, type ThreadStore } from '../helpdesk/following/thread-store.js';
import { threadMigrations } from '../helpdesk/following/thread-tables.js';
import { docxForTests, paragraph } from '../knowledge/sources/docx-for-tests.js';
import { fileTextOf } from '../knowledge/sources/file-text.js';
import { pdfForTests } from '../knowledge/sources/pdf-for-tests.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createAttachmentService, type AttachmentService } from './attachment-service.js';

const pdf = pdfForTests([[{ text: 'Order HP-104233', y: 700 }], [{ text: 'Paid by card.', y: 700 }]]);
const png = fs.readFileSync(new URL('../../docs/screens/full-dark-withheld.png', import.meta.url));
const countTokens = (text: string): number => Math.ceil(text.length / 3);

describe('The files of a helpdesk', () => {
  let dir: string;
  let server: FreshdeskServer;
  let database: Database;
  let threads: ThreadStore;
  let inbox: ConnectedInbox;
  let service: AttachmentService;
  const told: string[] = [];

  const open = (part: Partial<Parameters<typeof createAttachmentService>[0]> = {}): AttachmentService => {
    const made = createAttachmentService({
      inbox,
      fetchFile: (...file) => inbox.attachment(...file),
      store: createFileTextStore(database, () => new Date()),
      readText: (bytes, name) => fileTextOf(Buffer.from(bytes), name),
      ...{ countTokens, log: silentLogger },
      ...part,
    });
    made.onChanged((_, files) => told.push(files.map(({ name }) => name).join()));
    return made;
  };

  beforeEach(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-files-'));
    server = await startFreshdeskServer();
    database = openDatabase(path.join(dir, 'helpdesk.db'), [
      { scope: 'threads', statements: threadMigrations },
      { scope: 'deliveries', statements: deliveryMigrations },
    ]);
    threads = createThreadStore(database, () => new Date());
    const deliveries = createDeliveryStore(database, () => new Date());
    const connection = {
      id: 'fd-1',
      kind: 'freshdesk',
      name: 'Desk',
      baseUrl: server.url,
      options: {},
    } as const;
    inbox = createConnectedInbox({
      connectors: [createFreshdesk({ connection, token: () => RHEA.token, fetch, timeoutMs: 5_000 })],
      ...{ store: threads, deliveries, onState: () => undefined, maySend: () => false, log: silentLogger },
      deliverOnce: createDeliverOnce({ store: deliveries, log: silentLogger }),
    });
    await inbox.start();
    told.length = 0;
    service = open();
  });
  afterEach(async () => {
    service.close();
    await inbox.close();
    database.close();
    await server.close();
    fs.rmSync(dir, { recursive: true });
  });

  /** A customer's files in a ticket of their own; gives what the window names each by. */
  async function sendAll(files: readonly object[], message = {}): Promise<AttachmentRef[]> {
    const ticket = server.opens('Please see the file.');
    server.says(ticket, 'Here it is.', { attachments: files, ...message });
    const conversationId = inbox.conversationOf(`${server.url}/a/tickets/${ticket}`) ?? '';
    const { messages, notes = [] } = await inbox.open(conversationId);
    return [...messages, ...notes].flatMap(({ id: messageId, attachments = [] }) =>
      attachments.map(({ id: attachmentId }) => ({ conversationId, messageId, attachmentId })),
    );
  }
  const fileOf = (name: string, bytes: Uint8Array, more = {}) => ({
    ...{ ...server.putFile(name, bytes), content_type: 'application/octet-stream' },
    ...more,
  });
  async function sends(name: string, bytes: Uint8Array, more = {}, message = {}): Promise<AttachmentRef> {
    const [ref] = await sendAll([fileOf(name, bytes, more)], message);
    if (!ref) throw new Error('No file came in.');
    return ref;
  }
  const filesKept = (): unknown => database.prepare('SELECT COUNT(*) FROM thread_file').raw().get();
  const failing = (work: Promise<unknown>, code: string) =>
    expect(work).rejects.toMatchObject({ error: { code } });

  // Catches: an image that is broken on its way, a file shown for its name, a picture that eats the memory of the window.
  it('shows an image by its bytes, and nothing else', async () => {
    const { source, width } = await service.show(await sends('photo.bin', png));
    expect(Buffer.from(source.split(',')[1] ?? '', 'base64').equals(png)).toBe(true);
    expect(source).toMatch(/^data:image\/png;base64,/u);
    expect(width).toBe(png.readUInt32BE(16));
    await failing(
      service.show(await sends('photo.png', Buffer.from('<svg onload="x()"/>'))),
      'ATTACHMENT_NO_IMAGE',
    );
    const vast = Buffer.from(png);
    vast.writeUInt32BE(30_000, 16);
    await failing(service.show(await sends('vast.png', vast)), 'ATTACHMENT_TOO_LARGE');
  });

  // Catches: a text that is lost with a restart, is another conversation's, or is used though the rep took it out.
  it('uses a text until it is removed, over restarts', async () => {
    const ref = await sends('invoice.pdf', pdf);
    const used = { messageId: ref.messageId, attachmentId: ref.attachmentId, name: 'invoice.pdf' };
    expect(await service.use(ref)).toEqual([{ ...used, pages: 2, wasCut: false }]);
    const text = 'Order HP-104233\n\nPaid by card.';
    expect(service.textsOf(ref.conversationId)).toEqual([
      { messageId: ref.messageId, name: 'invoice.pdf', text },
    ]);
    expect(service.textsOf('fd-1:999')).toEqual([]);
    // A second press reads nothing again.
    const asked = server.asked.length;
    expect(await service.use(ref)).toHaveLength(1);
    expect(server.asked).toHaveLength(asked);
    service.close();
    service = open();
    expect(service.used(ref.conversationId)).toHaveLength(1);
    expect(service.remove(ref)).toEqual([]);
    expect(service.textsOf(ref.conversationId)).toEqual([]);
    expect(told).toEqual(['invoice.pdf', '']);
  });

  // Catches: words of a customer that outlast their conversation, or come back after it was forgotten.
  it('is forgotten with its conversation', async () => {
    const ref = await sends('invoice.pdf', pdf);
    await service.use(ref);
    threads.forget(threads.ofSameCustomer(ref.conversationId));
    expect(service.used(ref.conversationId)).toEqual([]);
    expect(filesKept()).toEqual([0]);
    // With the helpdesk it was read from, and while it is being read.
    const other = await sends('other.pdf', pdf);
    await service.use(other);
    const late = open({
      readText() {
        threads.forgetConnection('fd-1');
        return Promise.resolve({ text: 'secret', pages: null });
      },
    });
    const second = await sends('second.pdf', pdf);
    await failing(late.use(second), 'HELPDESK_CONVERSATION_NOT_FOUND');
    expect(filesKept()).toEqual([0]);
  });

  // Catches: a colleague's file or a note that counts as what the customer said.
  it('takes no file of a rep or of a note', async () => {
    const reply = { incoming: false, user_id: RHEA.id };
    await failing(service.use(await sends('offer.pdf', pdf, {}, reply)), 'ATTACHMENT_NOT_OF_CUSTOMER');
    const note = { private: true, source: 2 };
    await failing(service.use(await sends('inside.pdf', pdf, {}, note)), 'ATTACHMENT_NOT_OF_CUSTOMER');
  });

  // Catches: a book that pushes out the answer, and more files than a model reads.
  it('cuts a long text and takes three files', async () => {
    const words = Array.from({ length: 4_000 }, (_, at) => `word${String(at)}`).join(' ');
    const letter = await docxForTests(paragraph(words));
    const refs = await sendAll([
      fileOf('long.docx', letter),
      ...['a.pdf', 'b.pdf', 'c.pdf'].map((name) => fileOf(name, pdf)),
    ]);
    const [first, , , fourth] = refs;
    if (!first || !fourth) throw new Error('Not all files came in.');
    for (const ref of refs.slice(0, 3)) await service.use(ref);
    const text = service.textsOf(first.conversationId)[0]?.text ?? '';
    expect(countTokens(text)).toBeLessThanOrEqual(2_000);
    expect(text).toMatch(/^word0 [\s\S]* word3999$/u);
    expect(service.used(first.conversationId).map(({ name, wasCut }) => [name, wasCut])).toEqual([
      ['long.docx', true],
      ['a.pdf', false],
      ['b.pdf', false],
    ]);
    await failing(service.use(fourth), 'ATTACHMENT_TOO_MANY');
    service.remove(first);
    expect(await service.use(fourth)).toHaveLength(3);
  });

  // Catches: megabytes loaded to be thrown away, and a size that the helpdesk made up.
  it('says the limit for a large file before it is loaded, and while it is', async () => {
    const large = Buffer.alloc(5 * 1024 * 1024 + 1, 0x20);
    const known = await sends('large.txt', large);
    const asked = server.asked.length;
    for (const work of [service.use(known), service.show(known)])
      await expect(work).rejects.toMatchObject({
        error: { code: 'ATTACHMENT_TOO_LARGE', detail: 'more than 5 MB' },
      });
    expect(server.asked).toHaveLength(asked);
    await failing(service.use(await sends('liar.txt', large, { size: 10 })), 'ATTACHMENT_TOO_LARGE');
    // It can be saved all the same.
    const target = path.join(dir, 'large.txt');
    expect(await service.save(known, () => Promise.resolve(target))).toBe(target);
    expect(fs.statSync(target).size).toBe(large.length);
  });

  // Catches: half a file where the disk or the helpdesk fails, a file others can read, bytes that changed on the way.
  it('saves whole or not at all, under a safe name', async () => {
    const ref = await sends('../invoice\u202Efdp.exe', pdf);
    const names: string[] = [];
    const target = path.join(dir, 'saved.pdf');
    const choose = (name: string): Promise<string | null> => {
      names.push(name);
      return Promise.resolve(target);
    };
    expect(await service.save(ref, choose)).toBe(target);
    expect(names).toEqual(['_invoicefdp.exe']);
    expect(fs.readFileSync(target).equals(pdf)).toBe(true);
    expect(fs.statSync(target).mode & 0o077).toBe(0);
    const asked = server.asked.length;
    expect(await service.save(ref, () => Promise.resolve(null))).toBeNull();
    expect(server.asked).toHaveLength(asked);
    await failing(
      service.save(ref, () => Promise.resolve(path.join(dir, 'none', 'a.pdf'))),
      'ATTACHMENT_NOT_SAVED',
    );
    expect(fs.readdirSync(dir).filter((name) => name.includes('.part'))).toEqual([]);
  });

  // Catches: a file that is gone told as a conversation that is gone, and a helpdesk that is away as a damaged file.
  it('says what is gone, what is away, and what takes too long', async () => {
    const ref = await sends('invoice.pdf', pdf);
    const gone = await sends('gone.pdf', pdf, { attachment_url: `${server.url}/nothing` });
    await failing(service.use(gone), 'ATTACHMENT_NOT_FOUND');
    await failing(service.use({ ...gone, attachmentId: 'other' }), 'ATTACHMENT_NOT_FOUND');
    const slow = open({
      readText: (_, __, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        ),
      readLimitMs: 50,
    });
    await failing(slow.use(ref), 'ATTACHMENT_TOO_SLOW');
    await server.close();
    await failing(service.use(ref), 'HELPDESK_UNREACHABLE');
    expect(service.used(ref.conversationId)).toEqual([]);
    server = await startFreshdeskServer();
  });
});
