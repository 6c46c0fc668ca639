import { describe, expect, it } from 'vitest';

import { createRedactor } from './redact.js';

const redact = (text: string): string => createRedactor([text])(text);

describe('redacting', () => {
  it.each([
    ['Write to ada.l+shop@mail.example.co.uk, please.', 'Write to [email], please.'],
    ['My card is 4111 1111 1111 1111.', 'My card is [card].'],
    ['With a slip of the finger: 4111 1111 1111 1112.', 'With a slip of the finger: [card].'],
    ['IBAN NL91 ABNA 0417 1643 00, thanks', 'IBAN [iban], thanks'],
    ['IBAN DE89370400440532013000', 'IBAN [iban]'],
    ['Call +31 6 1234 5678 or 0049 30 123456 or (020) 7946 0958.', 'Call [phone] or [phone] or [phone].'],
    ['In the US: 415-555-2671.', 'In the US: [phone].'],
    ['I live at 45 Elm Street, Springfield, IL 62704 now', 'I live at [address] now'],
    ['Keizersgracht 12-B, 1015 CJ Amsterdam', '[address]'],
    ['Where is HP-104233? And #88123, 2024/118?', 'Where is [number]? And #[number], 2024/118?'],
    ['Track at https://parcels.example/3SABCD1234567?lang=en', 'Track at [link]'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    'It came on 01.12.2026 at 10:30, not on 2026-11-23 or 3/12/2026.',
    'I paid 129.99 EUR for 2 of them, size 42, within 30 days.',
    'Hello, I have a question. Dear customer. Hi there!',
    'Dear Sir or Madam,\nthe lamp is broken.\nKind regards,\nThe Harbor Team',
    '',
  ])('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('takes out a name wherever it stands, once one of the texts tells that it is one', () => {
    const customer = 'Hello,\nthis is about Ada Lovelace.\n\nBest regards\n\nA. King-Noel';
    const reply =
      'Dear Ms Lovelace,\n\nthe order of Ada Lovelace is on its way. Lovelaces are many.\n\nCheers, Grace';
    const texts = createRedactor([customer, reply]);
    expect(texts(reply)).toBe(
      'Dear Ms [name],\n\nthe order of [name] is on its way. Lovelaces are many.\n\nCheers, [name]',
    );
    expect(texts(customer)).toBe('Hello,\nthis is about [name].\n\nBest regards\n\n[name]');
  });

  it.each([
    ['Hi Ada,', 'Hi [name],'],
    ['Sehr geehrter Herr von Humboldt!', 'Sehr geehrter Herr [name]!'],
    ['Hi, my name is Jan de Vries and I wait.', 'Hi, my name is [name] and I wait.'],
    ['Bonjour,\nje m’appelle Zoé.', 'Bonjour,\nje m’appelle [name].'],
    [
      'It broke.\nMet vriendelijke groet,\nJ. (Joke) Smit',
      'It broke.\nMet vriendelijke groet,\nJ. (Joke) Smit',
    ],
  ])('knows names by where they stand: %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('takes no longer than the text is long, whatever the text', () => {
    const size = 100_000;
    const bad = [
      'Aa ',
      '1 ',
      '12 Aa-',
      'a.',
      'Dear Aa ',
      'AB12 ',
      'Elmstraat 5\n',
      '0(',
      'a@a.',
      '-',
      '\n',
      'My name is ',
    ];
    for (const piece of bad) {
      const startedAt = Date.now();
      redact(piece.repeat(size / piece.length));
      // What grows with the square of the length takes minutes.
      expect(Date.now() - startedAt, piece).toBeLessThan(10_000);
    }
  });
});
