import { describe, expect, it } from 'vitest';

import { createRuleDetector } from './rule-detector.js';

const detect = createRuleDetector({
  orderPatterns: ['HP-\\d{6}'],
  ownNames: ['Harbour & Pine', 'Oslo Desk Lamp'],
});
const found = (text: string): string[] =>
  (detect([text])[0] ?? []).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('Personal data is found', () => {
  it.each([
    ['I told Kiran about it, and Dr. Weber signed.', ['name: Kiran', 'name: Weber']],
    ['my name is ada lovelace', ['name: ada lovelace']],
    ['The order was placed by Ifeoma. Wolanska signed for it.', ['name: Ifeoma', 'name: Wolanska']],
    ['Could Nkechi call me back? My husband (Kwabena) is away.', ['name: Nkechi', 'name: Kwabena']],
    [
      'I want to complain about Gethin, who was rude. It is on Tamsinette\u2019s account.',
      ['name: Gethin', 'name: Tamsinette'],
    ],
    ['Nobody told me. Does Klarna need to sign? Let Customs know, Tracking said so.', []],
    ['Both Small and Medium are too tight, and the order is under Pending, why?', []],
    ['Will Grace come in May? We store it in Florence.', ['name: Grace']],
    [
      'Ich heiße Jürgen Groß und wohne Am Markt 5, 04109 Leipzig.',
      ['name: Jürgen Groß', 'address: Am Markt 5, 04109 Leipzig'],
    ],
    [
      'ada (at) example (dot) com or ada.l@example.org',
      ['email: ada (at) example (dot) com', 'email: ada.l@example.org'],
    ],
    [
      'My SSN is 219-09-9999, NINO AB 12 34 56 C.',
      ['national_id: 219-09-9999', 'national_id: AB 12 34 56 C'],
    ],
    ['Pasaporte PAB123456 y NIF 12345678Z', ['national_id: PAB123456', 'national_id: 12345678Z']],
    [
      'It is 10.0.0.12 or 2001:db8::1, not version 2.4.1.7 at 10:30:05.',
      ['ip: 10.0.0.12', 'ip: 2001:db8::1'],
    ],
    [
      'https://shop.example/reset?token=abc123def456 and https://shop.example/returns',
      ['link: https://shop.example/reset?token=abc123def456'],
    ],
    ['The password is Hunter22 and the PIN 4821.', ['secret: Hunter22', 'secret: 4821']],
    ['Customer number KD-88213, order HP-104233.', ['account: KD-88213', 'order: HP-104233']],
    ['Llámame al 612 34 56 78.', ['phone: 612 34 56 78']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    'The Oslo Desk Lamp by Harbour & Pine costs 129.00 EUR since 12 May 2026.',
    'Does Apple Pay work in New York on Black Friday?',
    'Dear Harbour & Pine team, my password is wrong and the card was declined.',
    'Ist der Schreibtisch in Eiche am Montag da? Der Kundenservice sagte Dienstag.',
    'My order is late. Error PAY-204, size 42, within 30 days, 24/7.',
    'Quand arrive la livraison ? C\u2019est urgent, merci.',
    '',
  ])('and nothing else: %s', (text) => expect(found(text)).toEqual([]));

  it('in all texts, once one of them tells who somebody is', () => {
    const texts = ['Best regards,\nOzan Demirtas', 'so Demirtas wrote again, ozan demirtas'];
    const [, second = []] = detect(texts);
    expect(second.map(({ start, end }) => texts[1]?.slice(start, end))).toEqual([
      'Demirtas',
      'ozan demirtas',
    ]);
  });

  it('in a few milliseconds, also on a busy machine', () => {
    const text =
      'Hello, my name is Ada Lovelace. My order HP-104233 went to 45 Elm Street, Leeds LS6 2AB instead of my office. Call +44 7400 123456.\n\n'.repeat(
        4,
      );
    detect([text]);
    const startedAt = Date.now();
    for (let round = 0; round < 40; round += 1) detect([text]);
    expect((Date.now() - startedAt) / 40).toBeLessThan(20);
  });
});
