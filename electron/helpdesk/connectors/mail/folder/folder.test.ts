import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

import { describeConnector, type ConnectorLine } from '../../connector.conformance.js';
import { FEMKE, mailOf, type MailForTests } from '../mailbox-for-tests.js';
import { createMail } from '../mail.js';

const never = new AbortController().signal;
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-mail-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

let number = 0;
const newId = (): string => `f${String((number += 1))}@example.com`;
let clock = Date.parse('2026-11-27T10:00:00Z');

/** As a mail program puts it there: with a `From ` line, and a sign before each line that looks like one. */
function intoMbox(file: string, mail: MailForTests): void {
  const at = new Date((clock += 1000)).toUTCString();
  const [, day = '', month = '', year = '', time = ''] = /(\d+) (\w+) (\d+) ([\d:]+)/u.exec(at) ?? [];
  const source = mailOf(mail)
    .replace(/\r\n/gu, '\n')
    .replace(/^(>*From )/gmu, '>$1')
    .replace(/^>(From: )/gmu, '$1');
  fs.appendFileSync(
    file,
    `From someone@example.com ${at.slice(0, 3)} ${month} ${day} ${time} ${year}\n${source}\n`,
  );
}

function intoMaildir(dir: string, mail: MailForTests, flags = ''): string {
  for (const part of ['new', 'cur', 'tmp']) fs.mkdirSync(path.join(dir, part), { recursive: true });
  const seconds = Math.floor((clock += 1000) / 1000);
  const name = `${String(seconds)}.M${String((number += 1))}.desk`;
  fs.writeFileSync(path.join(dir, flags === '' ? `new/${name}` : `cur/${name}:2,${flags}`), mailOf(mail));
  return name;
}

const connect = (place: string, options: Record<string, string> = {}) =>
  createMail({
    connection: {
      ...{ id: 'mail-1', kind: 'mail', name: 'Mails', baseUrl: pathToFileURL(place).href },
      options: { team: 'help@harbour.example', ...options },
    },
    ...{ token: () => '', fetch, timeoutMs: 5000 },
  });

const NOTHING: ConnectorLine = {
  startProxy: () =>
    Promise.resolve({
      ...{ url: 'file:///nowhere', harm: () => undefined, take: () => [], waiting: () => 0 },
      close: () => Promise.resolve(),
    }),
  ...{ carries: 'nothing', faults: [], busyMs: 0, redirects: false, refusesChanged: false },
};

for (const kind of ['mbox', 'Maildir'] as const)
  describeConnector(`Mails in a folder (${kind})`, {
    line: NOTHING,
    async startWorld() {
      const place = path.join(root, `world-${kind}`);
      const put = (mail: MailForTests) =>
        kind === 'mbox' ? intoMbox(place, mail) : intoMaildir(place, mail);
      const first = newId();
      put({ id: first, subject: 'Where is HP-104233?' });
      put({ id: newId(), from: 'Omar <omar@example.com>', subject: 'Another' });
      const [thread] = (await connect(place).list(9, never)).filter(
        ({ customer }) => customer.email === FEMKE,
      );
      return {
        ...{ url: place, conversationId: thread?.id ?? '', customerEmail: FEMKE, user: '' },
        customerSays: (text) => Promise.resolve(void put({ id: newId(), parents: [first], text })),
        ...{ keepsState: true, otherPage: 'file:///', unknownId: '0'.repeat(32) },
        close: () => Promise.resolve(),
      };
    },
    create: (_, __, world) => connect(world.url),
  });

const textsOf = async (connector: ReturnType<typeof connect>): Promise<string[]> => {
  const texts = [];
  for (const { id } of await connector.list(50, never))
    texts.push(...(await connector.messages(id, null, never)).messages.map(({ text }) => text));
  return texts;
};

describe('An mbox file', () => {
  // Catches mails that are cut in two, or lines that change, where a customer's own words begin with "From ".
  it('gives lines that look like its own marks as they were written', async () => {
    const file = path.join(root, 'marks');
    const text = 'Hi\nFrom here I see nothing\n\nFrom the depot: lost\n>From quoted\nbye';
    intoMbox(file, { id: newId(), text });
    intoMbox(file, { id: newId(), text: 'second', subject: 'Other' });
    expect((await textsOf(connect(file))).sort()).toEqual([text, 'second'].sort());
  });

  // Catches a mark that is overlooked because it lies where two pieces of the file meet.
  it('finds every mail of a large file', async () => {
    const file = path.join(root, 'large');
    const first = newId();
    intoMbox(file, { id: first, text: 'x'.repeat(200) });
    for (let at = 0; at < 700; at += 1)
      intoMbox(file, { id: newId(), parents: [first], text: `n ${String(at)} ${'word '.repeat(900)}` });
    expect(fs.statSync(file).size).toBeGreaterThan(3_000_000);
    const connector = connect(file);
    const [thread] = await connector.list(5, never);
    expect((await connector.messages(thread?.id ?? '', null, never)).messages).toHaveLength(701);
  });

  it('reads on where it grew, and anew when it was packed', async () => {
    const file = path.join(root, 'packed');
    const ids = [newId(), newId(), newId()];
    for (const id of ids) intoMbox(file, { id, subject: id, text: `text of ${id}` });
    const connector = connect(file);
    expect(await textsOf(connector)).toHaveLength(3);
    intoMbox(file, { id: newId(), subject: 'late', text: 'late' });
    expect(await textsOf(connector)).toHaveLength(4);
    const whole = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, whole.slice(whole.indexOf('\nFrom ') + 1));
    intoMbox(file, {
      id: newId(),
      subject: 'later',
      text: 'a later one, and longer than what was taken out',
    });
    expect((await textsOf(connector)).sort()).toEqual(
      [
        'a later one, and longer than what was taken out',
        'late',
        ...ids.slice(1).map((id) => `text of ${id}`),
      ].sort(),
    );
  });

  it('takes the file of sent mails for the team’s, and leaves drafts out', async () => {
    const dir = path.join(root, 'profile');
    fs.mkdirSync(dir);
    const first = newId();
    intoMbox(path.join(dir, 'Inbox'), { id: first });
    intoMbox(path.join(dir, 'Sent'), {
      id: newId(),
      parents: [first],
      from: 'rhea@elsewhere.example',
      to: FEMKE,
      text: 'On its way',
    });
    intoMbox(path.join(dir, 'Drafts'), { id: newId(), parents: [first], text: 'not yet' });
    fs.writeFileSync(path.join(dir, 'Inbox.msf'), '// no mails');
    const connector = connect(dir);
    const [thread] = await connector.list(5, never);
    expect(thread).toMatchObject({ status: 'waiting' });
    const { messages } = await connector.messages(thread?.id ?? '', null, never);
    expect(messages.map(({ author, text }) => `${author.role} ${text}`)).toEqual([
      'customer Hello',
      'rep On its way',
    ]);
  });
});

describe('A Maildir', () => {
  it('knows a mail again when it is read, and leaves out what is deleted', async () => {
    const dir = path.join(root, 'maildir');
    const name = intoMaildir(dir, { id: newId() });
    intoMaildir(dir, { id: newId(), subject: 'gone' }, 'ST');
    intoMaildir(path.join(dir, '.Junk'), { id: newId(), subject: 'junk' });
    const connector = connect(dir);
    const [thread, ...more] = await connector.list(5, never);
    expect(more).toEqual([]);
    const { cursor } = await connector.messages(thread?.id ?? '', null, never);
    fs.renameSync(path.join(dir, 'new', name), path.join(dir, 'cur', `${name}:2,S`));
    expect(await connector.messages(thread?.id ?? '', cursor, never)).toEqual({ messages: [], cursor });
  });
});

it('says what is wrong with a folder', async () => {
  const code = (name: string) => ({ error: { code: name } });
  await expect(connect(path.join(root, 'no such')).check(never)).rejects.toMatchObject(
    code('HELPDESK_UNREACHABLE'),
  );
  const empty = path.join(root, 'empty');
  fs.mkdirSync(empty);
  await expect(connect(empty).check(never)).rejects.toMatchObject(code('HELPDESK_REQUEST_REFUSED'));
  const file = path.join(root, 'one-sided');
  intoMbox(file, { id: newId() });
  expect((await connect(file).check(never)).notes.join(' ')).toContain('No mail of the team');
});
