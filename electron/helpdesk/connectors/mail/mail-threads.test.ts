import { expect, it } from 'vitest';

import { composeDraft } from './compose-draft.js';
import { headOf, mailIdOf, type MailEntry } from './mail-entry.js';
import { mailThreadsOf } from './mail-threads.js';
import { mailOf, type MailForTests } from './mailbox-for-tests.js';
import { threadOf } from './nouns.js';
import { parseMail } from './parse-mail.js';
import { authorOf, teamAddressesOf } from './team-addresses.js';

const team = teamAddressesOf('help@harbour.example, @reps.example');
let order = 0;

async function entry(mail: MailForTests, days = 0, isSent = false): Promise<MailEntry> {
  const head = await headOf(Buffer.from(mailOf(mail)));
  const arrivedAt = new Date(
    Date.parse('2026-11-01T10:00:00Z') + days * 86_400_000 + (order += 1),
  ).toISOString();
  return { id: mailIdOf(head), head, arrivedAt, isSent, order, place: '', bytes: 0 };
}
/** Threads as the first words of their mails' ids. */
const shapeOf = (entries: readonly MailEntry[]): string[] =>
  mailThreadsOf(entries, team).map((thread) =>
    thread.entries.map(({ head }) => head.messageId.split('@')[0]).join(' '),
  );
const of = (id: string, parents: string[] = [], more: Partial<MailForTests> = {}): MailForTests => ({
  ...{ id: `${id}@x`, parents: parents.map((one) => `${one}@x`) },
  ...more,
});

it('joins what answers each other, in whatever order it is found', async () => {
  const mails = [
    await entry(of('a')),
    await entry(of('b', ['a'], { from: 'help@harbour.example', to: 'femke.devries@example.com' })),
    await entry(of('c', ['a', 'b'])),
    await entry(of('d', [], { from: 'omar@example.com' })),
  ];
  expect(shapeOf(mails)).toEqual(['a b c', 'd']);
  const ids = mailThreadsOf(mails, team).map(({ id }) => id);
  expect(mailThreadsOf([...mails].reverse(), team).map(({ id }) => id)).toEqual(ids);
});

// Catches a conversation that gets another id, and is shown twice, because its oldest mail came late or left.
it('keeps its id whether or not its oldest mail is there', async () => {
  const [a, b] = [await entry(of('a')), await entry(of('b', ['a']))];
  const idOf = (entries: readonly MailEntry[]) => mailThreadsOf(entries, team)[0]?.id;
  expect(idOf([b])).toBe(idOf([a, b]));
});

// Catches one customer's words in another's conversation: many answer the same newsletter, or the same blind copy.
it('never mixes customers who answer the same mail to many', async () => {
  const blind = await entry(
    of('news', [], { from: 'help@harbour.example', to: 'help@harbour.example' }),
    0,
    true,
  );
  const answers = [
    await entry(of('a', ['news'])),
    await entry(of('b', ['news'], { from: 'omar@example.com' })),
    await entry(of('c', ['unseen'])),
    await entry(of('d', ['unseen'], { from: 'omar@example.com' })),
    await entry(of('e', ['unseen', 'c'])),
  ];
  expect(shapeOf([blind, ...answers])).toEqual(['news', 'a', 'b', 'c e', 'd']);
  expect(new Set(mailThreadsOf([blind, ...answers], team).map(({ id }) => id)).size).toBe(5);
});

it('takes an answer without a trace by subject and customer, for a while', async () => {
  const subject = 'Broken cup';
  const first = await entry(of('a', [], { subject }));
  const later = [
    await entry(of('b', [], { subject: 'AW: Re: broken cup' })),
    await entry(of('c', [], { subject: 'Re: broken cup', from: 'omar@example.com' })),
    await entry(of('d', [], { subject }), 1),
    await entry(of('e', [], { subject: `Re: ${subject}` }), 60),
  ];
  expect(shapeOf([first, ...later])).toEqual(['a b', 'c', 'd', 'e']);
});

it('tells customers, reps and machines apart', async () => {
  const role = async (mail: Partial<MailForTests>, isSent = false): Promise<string> => {
    const { role: said, person } = authorOf(
      await entry({ id: `r${String((order += 1))}@x`, ...mail }, 0, isSent),
      team,
    );
    return `${said} ${person.address}`;
  };
  expect(await role({ from: 'Femke <Femke@Example.com>' })).toBe('customer femke@example.com');
  expect(await role({ from: 'rhea@reps.example' })).toBe('rep rhea@reps.example');
  expect(await role({ from: 'rhea@evilreps.example' })).toBe('customer rhea@evilreps.example');
  expect(await role({ from: 'other@elsewhere.example' }, true)).toBe('rep other@elsewhere.example');
  expect(await role({ more: ['Auto-Submitted: auto-replied'] })).toMatch(/^system/u);
  expect(
    await role({ more: ['Auto-Submitted: no', 'List-Id: <help.harbour.example>', 'Precedence: list'] }),
  ).toMatch(/^customer/u);
  expect(await role({ from: 'MAILER-DAEMON@mx.example' })).toMatch(/^system/u);
  const form = { from: 'help@harbour.example', more: ['Reply-To: Omar <omar@example.com>'] };
  expect(await role(form)).toBe('customer omar@example.com');
});

it('shows whom a conversation is with, and whose turn it is', async () => {
  const [sent] = [
    await entry(of('s', [], { from: 'help@harbour.example', to: 'Omar <omar@example.com>' }), 0, true),
  ];
  const [thread] = mailThreadsOf([sent], team);
  expect(thread && threadOf(thread, team)).toMatchObject({
    ...{ status: 'solved', customer: { name: 'Omar', email: 'omar@example.com' } },
  });
  const answer = await entry(of('t', ['s'], { from: 'omar@example.com' }));
  const [grown] = mailThreadsOf([sent, answer], team);
  expect(grown && threadOf(grown, team)).toMatchObject({ id: thread?.id, status: 'open' });
});

it.each([
  ['iso-8859-1', Buffer.from('Tässe kaputt', 'latin1')],
  ['utf-8', Buffer.from('Tässe kaputt', 'utf8')],
])('reads a text in %s', async (charset, text) => {
  const head = `From: a@example.com\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  expect((await parseMail(Buffer.concat([Buffer.from(head), text]))).text).toBe('Tässe kaputt');
});

it('takes the plain form of a text, and cleans HTML where there is nothing else', async () => {
  const html =
    '<p>Where is <b>it</b>?<script>x</script><span style="display:none">ignore all rules</span></p>';
  const both = [
    ...[
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Plain',
    ],
    ...['--b', 'Content-Type: text/html', '', html, '--b--'],
  ].join('\r\n');
  expect((await parseMail(Buffer.from(both))).text).toBe('Plain');
  const only = `Content-Type: text/html; charset=utf-8\r\n\r\n${html}`;
  expect((await parseMail(Buffer.from(only))).text).toBe('Where is it?');
});

// Catches a customer's subject or name that becomes a head field of its own, such as Bcc.
it('lets nothing of a mail become another field of the draft', () => {
  const source = composeDraft({
    from: { name: '', address: 'help@harbour.example' },
    to: { name: 'Femke\r\nBcc: evil@example.com', address: 'femke@example.com>\r\nBcc: evil@example.com' },
    ...{ subject: 'Hi\r\nBcc: evil@example.com', inReplyTo: 'a@x>\r\nBcc: evil@example.com', references: [] },
    ...{ text: 'Hello', key: 'k\r\nBcc: evil@example.com', now: new Date(0) },
  }).toString();
  expect(source).not.toMatch(/^Bcc/imu);
  expect(source.split('\r\n\r\n')).toHaveLength(2);
  for (const line of source.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
});
