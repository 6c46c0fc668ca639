import { afterAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../../../shared/lib/logger.js';
import { openDatabase } from '../../../storage/database.js';
import { createDeliverOnce } from '../../delivery/deliver-once.js';
import { createDeliveryStore } from '../../delivery/delivery-store.js';
import { deliveryMigrations } from '../../delivery/delivery-tables.js';
import { describeConnector, type ConnectorLine } from '../connector.conformance.js';
import { startPeer } from '../peer-for-tests.js';
import { startHarmfulImapProxy } from './imap/harmful-imap-proxy-for-tests.js';
import { FEMKE, ImapReady, mailbox, mailOf } from './mailbox-for-tests.js';
import { createMail } from './mail.js';

const peer = await startPeer('imap', ImapReady);
const never = new AbortController().signal;
let number = 0;
const newId = (): string => `m${String((number += 1))}@example.com`;

const IMAP: ConnectorLine = {
  startProxy: startHarmfulImapProxy,
  carries: 'questions',
  faults: [
    ['a refused password', { kind: 'status', status: 401 }, 'HELPDESK_SIGN_IN_REFUSED'],
    ['a folder that may not be read', { kind: 'status', status: 403 }, 'HELPDESK_RIGHT_MISSING'],
    ['a folder that is not there', { kind: 'status', status: 404 }, 'HELPDESK_REQUEST_REFUSED'],
    ['a server in trouble', { kind: 'status', status: 500 }, 'HELPDESK_UNREACHABLE'],
    ['a web page', { kind: 'web_page' }, 'HELPDESK_UNREACHABLE'],
    ['half an answer', { kind: 'half' }, 'HELPDESK_UNREACHABLE'],
    ['a dropped connection', { kind: 'dropped' }, 'HELPDESK_UNREACHABLE'],
    ['silence', { kind: 'silence' }, 'HELPDESK_UNREACHABLE'],
  ],
  busyMs: 60_000,
  // A mailbox leads nowhere else, and holds nothing that two could change at once.
  ...{ redirects: false, refusesChanged: false },
};

describe.skipIf(typeof peer === 'string')('With a real Dovecot', () => {
  if (typeof peer === 'string') return;
  const { ready } = peer;
  afterAll(() => peer.end());
  const connect = (user: string, change: { url?: string; timeoutMs?: number; password?: string } = {}) => {
    const { url = ready.url, timeoutMs = 20_000, password = ready.password } = change;
    return createMail({
      connection: {
        ...{ id: 'mail-1', kind: 'mail', name: 'Mailbox', baseUrl: url },
        options: { user, team: '@harbour.example' },
      },
      ...{ token: () => password, fetch, timeoutMs },
    });
  };

  describeConnector('A mailbox over IMAP', {
    line: IMAP,
    async startWorld() {
      const box = await mailbox(ready);
      const root = newId();
      await box.put({ id: root, subject: 'Where is HP-104233?', text: 'My parcel does not move.' });
      await box.put({ id: newId(), from: 'Omar <omar@example.com>', subject: 'Another' });
      const [thread] = (await connect(ready.user).list(9, never)).filter(
        ({ customer }) => customer.email === FEMKE,
      );
      return {
        ...{ url: ready.url, conversationId: thread?.id ?? '', customerEmail: FEMKE, user: ready.user },
        async customerSays(text) {
          await box.put({ id: newId(), parents: [root], subject: 'Re: Where is HP-104233?', text });
        },
        ...{ keepsState: true, otherPage: `${ready.url}/INBOX`, unknownId: '0'.repeat(32) },
        close: () => box.close(),
      };
    },
    create: (baseUrl, timeoutMs) => connect(ready.user, { url: baseUrl, timeoutMs }),
  });

  it('puts a reply into the drafts as an answer, once for each key, and finds it there', async () => {
    const user = 'drafts@harbour.example';
    const box = await mailbox(ready, user);
    const [root, second] = [newId(), newId()];
    await box.put({ id: root, subject: 'Zerbrochene Tässe', from: `"de Vries, Femke" <${FEMKE}>` });
    await box.put({ id: second, parents: [root], subject: 'Re: Zerbrochene Tässe', text: 'And?' });
    const connector = connect(user);
    const [thread] = await connector.list(5, never);
    const text = `Dear Femke — ✓\nline two & <b>\n\n${'long '.repeat(60)}`;
    const delivery = { mode: 'draft', text, key: 'b7c1', ifVersion: thread?.version ?? '' } as const;
    expect(await connector.hasDraft?.('b7c1', never)).toBe(false);
    for (const time of [1, 2]) {
      expect(await connector.deliver(thread?.id ?? '', delivery, never)).toBeNull();
      expect([time, (await box.sources('Drafts')).length]).toEqual([time, 1]);
    }
    expect(await connector.hasDraft?.('b7c1', never)).toBe(true);
    const [source = ''] = await box.sources('Drafts');
    expect(source).toContain(`In-Reply-To: <${second}>`);
    expect(source).toMatch(new RegExp(`References: <${root}>\\s+<${second}>`, 'u'));
    expect(source).toContain('X-Cuecard-Key: b7c1');
    expect(source).toContain(`<${FEMKE}>`);
    expect(await box.flags('Drafts')).toContain('\\Draft');
    // Sent by the rep from their mail program, it is the team's answer in the same conversation, as it was written.
    await box.put(source, 'Sent');
    const { messages } = await connector.messages(thread?.id ?? '', null, never);
    expect(messages.at(-1)).toMatchObject({
      author: { role: 'rep' },
      visibility: 'public',
      text: text.trim(),
    });
    expect(await connector.read(thread?.id ?? '', never)).toMatchObject({
      ...{ subject: 'Zerbrochene Tässe', status: 'waiting', customer: { name: 'de Vries, Femke' } },
    });
    await box.close();
  });

  // Catches a draft that lies there twice, or is called lost, because the answer of the server was.
  it('finds a draft whose answer was lost by its key, and says when it never arrived', async () => {
    const user = 'lost@harbour.example';
    const box = await mailbox(ready, user);
    await box.put({ id: newId() });
    const proxy = await startHarmfulImapProxy(ready.url);
    const connector = connect(user, { url: proxy.url, timeoutMs: 3_000 });
    const database = openDatabase(':memory:', [{ scope: 'deliveries', statements: deliveryMigrations }]);
    const store = createDeliveryStore(database, () => new Date());
    const once = createDeliverOnce({ store, log: silentLogger, lookAgainMs: [10, 50] });
    const [thread] = await connector.list(5, never);
    const nativeId = thread?.id ?? '';
    const request = {
      connector,
      conversationId: `mail-1:${nativeId}`,
      nativeId,
      mode: 'draft',
      cursor: null,
    } as const;
    proxy.harm({ kind: 'lost_answer' }, true);
    expect(await once.deliver({ ...request, text: 'Here you go.' }, never)).toBeNull();
    proxy.harm({ kind: 'silence' }, true);
    const failed = once.deliver({ ...request, text: 'Never came.' }, never);
    await expect(failed).rejects.toMatchObject({ error: { code: 'HELPDESK_WRITE_UNCERTAIN' } });
    expect(store.open()).toEqual([]);
    expect(await box.sources('Drafts')).toHaveLength(1);
    database.close();
    await proxy.close();
    await box.close();
  });

  it('is told of new mail by the server, and only of what is new', async () => {
    const user = 'push@harbour.example';
    const box = await mailbox(ready, user);
    const root = newId();
    await box.put({ id: root });
    await box.put({ id: newId(), from: 'omar@example.com', subject: 'Other' });
    const connector = connect(user);
    const [femke] = (await connector.list(5, never)).filter(({ customer }) => customer.email === FEMKE);
    const [heard, ended] = [[] as string[], new AbortController()];
    const isOpen = new Promise<void>((resolve) => {
      connector.listen?.((id) => heard.push(id), resolve, ended.signal).catch(() => undefined);
    });
    await isOpen;
    await box.put({ id: newId(), parents: [root], text: 'Still there?' });
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([femke?.id]);
    ended.abort();
    await box.close();
  });

  it('marks nothing as read, and takes what was filed away for done', async () => {
    const user = 'done@harbour.example';
    const box = await mailbox(ready, user);
    await box.put({ id: newId() });
    const connector = connect(user);
    const [thread] = await connector.list(5, never);
    const { cursor } = await connector.messages(thread?.id ?? '', null, never);
    expect(await box.flags('INBOX')).not.toContain('\\Seen');
    await box.moveAll('INBOX', 'Archive');
    expect(await connector.list(5, never)).toEqual([]);
    expect(await connector.read(thread?.id ?? '', never)).toMatchObject({ status: 'solved' });
    expect(await connector.messages(thread?.id ?? '', cursor, never)).toEqual({ messages: [], cursor });
    const gone = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
    await expect(connect(user).read(thread?.id ?? '', never)).rejects.toMatchObject(gone);
    await box.moveAll('Archive', 'INBOX');
    expect(await connector.list(5, never)).toMatchObject([{ id: thread?.id, status: 'open' }]);
    await box.close();
  });

  it('reads a thread of hundreds whole, and brings a file byte for byte', async () => {
    const user = 'long@harbour.example';
    const box = await mailbox(ready, user);
    const root = newId();
    await box.put({ id: root, text: 'message 0' });
    for (let at = 1; at < 260; at += 1)
      await box.put({ id: newId(), parents: [root], text: `message ${String(at)}` });
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
    const body = [
      ...['--b', 'Content-Type: text/html; charset=utf-8', '', '<p>see <b>file</b></p>'],
      ...['--b', 'Content-Type: image/png', 'Content-Disposition: attachment; filename="broken cup.png"'],
      ...[
        'Content-Transfer-Encoding: base64',
        '',
        bytes.toString('base64').replace(/.{76}/gu, '$&\n'),
        '--b--',
      ],
    ];
    const more = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
    await box.put(mailOf({ id: newId(), parents: [root], text: body.join('\n'), more }));
    const connector = connect(user);
    const [thread] = await connector.list(5, never);
    const id = thread?.id ?? '';
    const { messages } = await connector.messages(id, null, never);
    expect(messages.slice(0, -1).map(({ text }) => text)).toEqual(
      Array.from({ length: 260 }, (_, at) => `message ${String(at)}`),
    );
    const [file] = messages.at(-1)?.attachments ?? [];
    expect([messages.at(-1)?.text, file]).toMatchObject([
      'see file',
      { name: 'broken cup.png', mediaType: 'image/png', bytes: 300_000 },
    ]);
    expect(Buffer.from(await connector.attachment(id, file?.id ?? '', 1e6, never)).equals(bytes)).toBe(true);
    const tooLarge = { error: { code: 'HELPDESK_ANSWER_UNREADABLE' } };
    await expect(connector.attachment(id, file?.id ?? '', 100, never)).rejects.toMatchObject(tooLarge);
    const notThere = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
    await expect(connector.attachment(id, 'nothing.1', 1e6, never)).rejects.toMatchObject(notThere);
    await box.close();
  });

  // Catches a password that is given to whoever sits at the address.
  it('does not sign in where the certificate is nobody’s, and says when the password is wrong', async () => {
    const wrong = connect(ready.user, { url: ready.badUrl });
    await expect(wrong.check(never)).rejects.toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
    const stale = connect(ready.user, { password: 'stale' });
    await expect(stale.check(never)).rejects.toMatchObject({ error: { code: 'HELPDESK_SIGN_IN_REFUSED' } });
    const { notes } = await connect('fresh@harbour.example').check(never);
    expect(notes.join(' ')).toMatch(/“INBOX” and “Sent”, 90 days back.*mails: 0/u);
  });

  it('goes on after the server was away', async () => {
    const user = 'away@harbour.example';
    const box = await mailbox(ready, user);
    await box.put({ id: newId() });
    await box.close();
    const connector = connect(user);
    expect(await connector.list(5, never)).toHaveLength(1);
    await peer.again(Number(new URL(ready.url).port));
    expect(await connector.list(5, never)).toHaveLength(1);
  });
});
