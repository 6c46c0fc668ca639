import { expect, it } from 'vitest';

import { emailIn, nameIn } from './pasted-lines.js';
import { readPastedThread } from './read-pasted-thread.js';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const read = (...lines: string[]) => readPastedThread(lines.join('\n'), NOW);
/** Who said what, oldest first. */
const said = (...lines: string[]) => read(...lines).messages.map(({ author, text }) => `${author}: ${text}`);

// Catches: a reply that is put into the customer's mouth because mails stand newest first.
it('reads a mail with what it answers quoted below, newest on top', () => {
  const thread = read(
    'Still nothing. Can I have my money back?',
    '',
    'On Tue, 24 Nov 2026 at 10:12, Harbour & Pine Support',
    '<support@harbourpine.example> wrote:',
    '> Your parcel is on its way.',
    '> ',
    '> On Mon, 23 Nov 2026 at 09:00, Femke de Vries <femke.devries@example.com> wrote:',
    '>> Where is my order HP-104233?',
  );
  expect(thread.customer).toEqual({ name: 'Femke de Vries', email: 'femke.devries@example.com' });
  expect(thread.messages.map(({ author, text }) => `${author}: ${text}`)).toEqual([
    'customer: Where is my order HP-104233?',
    'rep: Your parcel is on its way.',
    'customer: Still nothing. Can I have my money back?',
  ]);
  expect(thread.channel).toBe('email');
});

// Catches: a head of a mail that is read as what the customer said, and a subject that is lost.
it('reads the heads of mails, with subject and times', () => {
  const thread = read(
    'From: Femke de Vries <femke.devries@example.com>',
    'Sent: Tuesday, November 24, 2026 10:12 AM',
    'To: Support <support@harbourpine.example>',
    'Subject: RE: Re: Broken lamp',
    '',
    'It is still broken.',
    '',
    '-----Original Message-----',
    'From: Support <support@harbourpine.example>',
    'Sent: Monday, November 23, 2026 9:00 AM',
    'To: Femke de Vries',
    'Subject: Broken lamp',
    '',
    'Please send a photo.',
  );
  expect(thread.subject).toBe('Broken lamp');
  expect(thread.customer.email).toBe('femke.devries@example.com');
  expect(thread.messages.map(({ author, text }) => `${author}: ${text}`)).toEqual([
    'rep: Please send a photo.',
    'customer: It is still broken.',
  ]);
  expect(thread.messages.map(({ sentAt }) => sentAt.slice(0, 10))).toEqual(['2026-11-23', '2026-11-24']);
});

// Catches: one kind of chat export that becomes a single heap of text.
it.each<[string, string[], string[]]>([
  [
    'roles',
    ['Customer: Where is HP-104233?', 'It was due on Monday.', 'Agent: Let me look.', 'Customer: Thanks'],
    ['customer: Where is HP-104233?\nIt was due on Monday.', 'rep: Let me look.', 'customer: Thanks'],
  ],
  [
    'a role and a name',
    ['Visitor: Hi', 'Tom: Hello, how can I help?', 'Visitor: Order: HP-1', 'Tom: One moment'],
    ['customer: Hi', 'rep: Hello, how can I help?', 'customer: Order: HP-1', 'rep: One moment'],
  ],
  [
    'two names that take turns',
    ['Anna: hi', 'Tom: hello', 'Anna: my lamp broke'],
    ['customer: hi', 'rep: hello', 'customer: my lamp broke'],
  ],
  [
    'a messenger',
    [
      '[27/11/2026, 10:12:33] Anna: Is it sent?',
      '[27/11/2026, 10:13:02] Harbour Support: Yes: with Postway.',
    ],
    ['customer: Is it sent?', 'rep: Yes: with Postway.'],
  ],
  [
    'another messenger',
    ['27/11/2026, 10:12 - Anna: Is it sent?', '27/11/2026, 10:13 - Tom: Yes'],
    ['customer: Is it sent?', 'rep: Yes'],
  ],
  [
    'a team chat',
    ['Anna 10:12 AM', 'Is it sent?', 'Tom 10:13 AM', 'Yes'],
    ['customer: Is it sent?', 'rep: Yes'],
  ],
  ['a live chat', ['Anna (10:12): Is it sent?', 'Tom (10:13): Yes'], ['customer: Is it sent?', 'rep: Yes']],
  [
    'names that wrote',
    ['Anna Berg wrote:', 'Where is it?', '', 'Support wrote:', 'On its way.'],
    ['customer: Where is it?', 'rep: On its way.'],
  ],
  [
    'a bot in between',
    ['Visitor: Hello', 'Bot: A colleague comes soon.', 'Agent: Hi'],
    ['customer: Hello', 'system: A colleague comes soon.', 'rep: Hi'],
  ],
])('reads %s', (_, lines, expected) => {
  expect(said(...lines)).toEqual(expected);
});

// Catches: a customer's list or sentence that is torn into messages of people who do not exist.
it.each([
  ['a plain question', 'Where is my order HP-104233?'],
  ['a list of properties', 'Order: HP-104233\nSize: XL\nColour: sand\n\nCan I change the size?'],
  ['a time in a sentence', 'I called you at 10:12 and nobody answered.\nPlease call back: 030 1234.'],
  ['a greeting with a colon', 'Hello:\nNote: the lamp is broken.\nThanks: Anna'],
  ['a reported word', 'My neighbour says the parcel came. Then he wrote:\n'],
  ['only what the team said', 'Agent: We are closed today.'],
  ['the address of a page', 'Look at this: https://shop.example/a:b'],
])('leaves %s one message of the customer', (_, text) => {
  const { messages, customer } = readPastedThread(text, NOW);
  expect(messages).toEqual([
    { author: 'customer', name: '', text: text.trim(), sentAt: '2026-11-27T12:00:00.000Z' },
  ]);
  expect(customer).toEqual({ name: 'Customer' });
});

// Catches: a text made to keep the app busy, which a person may be sent and asked to paste.
it('reads a long or hostile text in no time', () => {
  const texts = [
    'a'.repeat(200_000),
    `On ${' '.repeat(100_000)}wrote`,
    'On 1 '.repeat(40_000),
    'A: b\n'.repeat(40_000),
    `${'> '.repeat(100_000)}x`,
    'From: a\n'.repeat(25_000),
    '[10:12] '.repeat(25_000),
    '"<'.repeat(100_000),
  ];
  for (const text of texts) {
    const before = performance.now();
    const { messages } = readPastedThread(text, NOW);
    expect(messages.length).toBeGreaterThan(0);
    expect(performance.now() - before).toBeLessThan(1_500);
  }
});

/** Milliseconds that one call takes at best. */
function cost(work: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const before = performance.now();
    let [count, took] = [0, 0];
    do {
      work();
      count += 1;
      took = performance.now() - before;
    } while (took < 10);
    return took / count;
  });
  return Math.min(...tries);
}

// Catches: looking for an address or a name that takes four or eight times as long on twice the text.
it.each<[string, (size: number) => string]>([
  ['nothing but @', (size) => '@'.repeat(size)],
  ['@ and letters in turn', (size) => 'a@'.repeat(size / 2)],
  ['one long word', (size) => 'a'.repeat(size)],
  ['an address without an end', (size) => `${'a'.repeat(size / 2)}@${'b'.repeat(size / 2)}`],
  ['an address of dots', (size) => `${'a.'.repeat(size / 4)}@${'b.'.repeat(size / 4)}`],
  ['a line of dashes', (size) => `a${'-'.repeat(size - 2)}a`],
])('looks through %s in a time that grows with its length', (_, textOf) => {
  for (const work of [emailIn, nameIn]) {
    const [small, large] = [textOf(1_000), textOf(4_000)];
    // Four times the text; the square of it would be 16 times the work.
    expect(cost(() => work(large)) / cost(() => work(small))).toBeLessThan(10);
  }
});

// Catches: a pasted text of lines made for the expression of addresses, which stops the whole app for minutes.
it('reads hostile heads of mails like harmless ones', () => {
  const heads = (from: string): string => `From: ${from}\nTo: x\n`.repeat(200);
  const harmless = cost(() => readPastedThread(heads('a '.repeat(497)), NOW));
  for (const from of ['@'.repeat(993), 'a@'.repeat(497), `a${'-'.repeat(990)}a`, 'a'.repeat(993)]) {
    const thread = readPastedThread(heads(from), NOW);
    expect(thread.messages.length).toBeGreaterThan(0);
    expect(cost(() => readPastedThread(heads(from), NOW)) / harmless).toBeLessThan(20);
  }
});

// Catches: addresses that are not found any more where they stand in other signs.
it.each([
  ['Anna <anna.b+c@mail.example.com>', 'anna.b+c@mail.example.com'],
  ['"Anna" (anna@example.com)', 'anna@example.com'],
  ['mailto:Anna@Example.com;', 'anna@example.com'],
  ['@@anna@example.com', 'anna@example.com'],
  ['anna@localhost', null],
  ['@anna', null],
])('finds the address in %s', (text, email) => {
  expect(emailIn(text)).toBe(email);
});

// Catches: words that are gone after the reading.
it('loses no word', () => {
  const thread = read('Intro of mine', 'Customer: one two', 'three', '', 'Agent: four', 'five: six');
  const words = thread.messages.map(({ text }) => text).join(' ');
  for (const word of ['Intro', 'one', 'two', 'three', 'four', 'five: six']) expect(words).toContain(word);
});
