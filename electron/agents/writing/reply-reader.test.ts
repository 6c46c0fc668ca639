import { describe, expect, test } from 'vitest';

import { createReplyReader, type WrittenSentence } from './reply-reader.js';

/** Reads a text in pieces of `size` characters, as it may come over a wire. */
function read(text: string, size = 3): WrittenSentence[] {
  const reader = createReplyReader();
  const found: WrittenSentence[] = [];
  for (let at = 0; at < text.length; at += size) found.push(...reader.push(text.slice(at, at + size)));
  return [...found, ...reader.end()];
}

const brief = (text: string, size?: number): string[] =>
  read(text, size).map((one) => `${one.lead} ${one.text} <${one.marks.join(' ')}>`);

describe('a reply is read', () => {
  test.each([
    [
      'as asked for',
      'Within 30 days. [E1]\nIt is free. [E2][T1:order.id]',
      ['paragraph Within 30 days. <E1>', 'space It is free. <E2 T1:order.id>'],
    ],
    [
      'several on a line',
      'Within 30 days. [E1] It is free. [E2]',
      ['paragraph Within 30 days. <E1>', 'space It is free. <E2>'],
    ],
    [
      'marks before the full stop',
      'Within 30 days [E1]. It is free [E2].',
      ['paragraph Within 30 days. <E1>', 'space It is free. <E2>'],
    ],
    [
      'one mark for two sentences',
      'Within 30 days. It is free. [E1, E2]',
      ['paragraph Within 30 days. <E1 E2>', 'space It is free. <E1 E2>'],
    ],
    [
      'marks in other brackets',
      'Within 30 days. (E1)\nFree.【E2】\nYes. [source: E3]',
      ['paragraph Within 30 days. <E1>', 'space Free. <E2>', 'space Yes. <E3>'],
    ],
    ['paragraphs', 'One. [E1]\n\nTwo. [E2]', ['paragraph One. <E1>', 'paragraph Two. <E2>']],
    [
      'steps',
      'Do this: [E1]\n1. Open it. [E1]\n2. Close it. [E1]\nDone.',
      ['paragraph Do this: <E1>', 'line 1. Open it. <E1>', 'line 2. Close it. <E1>', 'line Done. <>'],
    ],
    [
      'Markdown',
      '## Answer\n**Within** `30` days. [E1]',
      ['paragraph Answer <>', 'space Within 30 days. <E1>'],
    ],
    ['a preamble', 'Here is the reply:\nWithin 30 days. [E1]', ['paragraph Within 30 days. <E1>']],
    ['no marks', 'Within 30 days. It is free.', ['paragraph Within 30 days. <>', 'space It is free. <>']],
    ['a placeholder is no mark', 'Dear [name], yes. [E1]', ['paragraph Dear [name], yes. <E1>']],
    ['nothing', ' \n\n', []],
  ])('%s', (_, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  // Catches: a sentence that depends on where the wire cut it.
  test('the same however it is cut', () => {
    const text =
      'Sorry to hear that.\nIt left on 18 November 2026. [T1:order.status] It takes 3 to 5 days [E1][E2].\n\n1. Wait. [E1]\n';
    const whole = brief(text, text.length);
    for (let size = 1; size < 12; size += 1) expect(brief(text, size)).toEqual(whole);
  });

  // Catches: a sentence that waits for the end of the whole reply.
  test('gives a sentence as soon as its line is over', () => {
    const reader = createReplyReader();
    expect(reader.push('Within 30 days. [E1]')).toEqual([]);
    expect(reader.push('\nIt').map(({ text }) => text)).toEqual(['Within 30 days.']);
  });

  test('takes a time in proportion to a line without an end', () => {
    const startedAt = performance.now();
    read('a('.repeat(20_000), 50);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
