import { expect, it } from 'vitest';

import { conversationOfLink, linkAmong, withoutLongLinks } from './deep-link.js';

const page = 'https://rt.example.com/Ticket/Display.html?id=42';
const link = `cuecard://conversation?url=${encodeURIComponent(page)}`;

// Catches: a link of a web page that makes the app open a file, run a script or fetch something.
it.each([
  [link, page],
  ['cuecard://conversation/?url=http%3A%2F%2F127.0.0.1%3A8780%2Ft%2F1', 'http://127.0.0.1:8780/t/1'],
  ['cuecard://conversation?url=file%3A%2F%2F%2Fetc%2Fpasswd', null],
  ['cuecard://conversation?url=javascript%3Aalert(1)', null],
  ['cuecard://conversation', null],
  ['cuecard://settings?url=https%3A%2F%2Fx.example', null],
  ['https://conversation?url=https%3A%2F%2Fx.example', null],
  [`cuecard://conversation?url=https://x.example/${'a'.repeat(5000)}`, null],
  ['', null],
])('%s', (given, expected) => {
  expect(conversationOfLink(given)).toBe(expected);
});

it('is found among the arguments of a second start', () => {
  expect(linkAmong(['/opt/cuecard', '--flag', link])).toBe(page);
  expect(linkAmong(['/opt/cuecard', page])).toBeNull();
});

// Catches: a link of a web page that ends the running app, because it does not fit into the message of a second start.
it('is left out where it is too long to be handed over', () => {
  const long = `cuecard://conversation?url=${'a'.repeat(40_000)}`;
  expect(withoutLongLinks(['/opt/cuecard', '--flag', link])).toBeNull();
  expect(withoutLongLinks(['/opt/cuecard', '--flag', long])).toEqual(['/opt/cuecard', '--flag']);
  const many = Array.from({ length: 20 }, () => `cuecard://conversation?url=${'a'.repeat(3_000)}`);
  expect(withoutLongLinks(['/opt/cuecard', ...many])).toEqual(['/opt/cuecard']);
  // Nothing to leave out: starting anew would not end.
  expect(withoutLongLinks(['/opt/cuecard', `--flag=${'a'.repeat(40_000)}`])).toBeNull();
});
