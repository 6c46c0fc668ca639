import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { loadTeam } from '../../../workspace/team-loader.js';
import { createEntityFinder } from './entities.js';

const team = loadTeam(path.resolve('resources/demo'), 'demo');
const findEntities = createEntityFinder(team.profile);
/** A Wednesday. */
const sentAt = new Date('2026-05-20T10:00:00Z');
const find = (text: string): string[] =>
  findEntities([{ messageId: 'm', offset: 0, text, sentAt }]).map(({ kind, value }) => `${kind} ${value}`);

describe('Entities of a message', () => {
  it.each([
    ['where is HP-104233?', ['order_id HP-104233']],
    ['hp 104233 and hp104120', ['order_id HP-104233', 'order_id HP-104120']],
    ['#HP-104233, HP\u2013104234', ['order_id HP-104233', 'order_id HP-104234']],
    ['my order number is 104233', ['order_id HP-104233']],
    ['order #104233 please', ['order_id HP-104233']],
    ['order 104233x', []],
    ['SHP-104233 HP-1042334', []],
    ['return rt-20418', ['return_id RT-20418']],
    ['pw1234567890nl and SL 20817969', ['tracking_number PW1234567890NL', 'tracking_number SL-20817969']],
    ['error pay-311, ACC 102', ['error_code PAY-311', 'error_code ACC-102']],
  ])('numbers of the team: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['mail me at Jan.Jansen+shop@mail.example.org.', ['email jan.jansen+shop@mail.example.org']],
    ['call 020 624 1111 or +49 30 901820', ['phone +31206241111', 'phone +4930901820']],
    ['0049 30 901820, (415) 555-2671', ['phone +4930901820', 'phone +14155552671']],
    ['IBAN NL91ABNA0417164300, card 4111 1111 1111 1111, ref 2024/118', []],
    ['tracking 12345678901234', []],
  ])('contact details: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['I paid 89 euros', ['amount 89.00 EUR']],
    ['\u20ac 1.234,50 and 1,234.50 EUR', ['amount 1234.50 EUR', 'amount 1234.50 EUR']],
    ['\u00a314.95 or $20', ['amount 14.95 GBP', 'amount 20.00 USD']],
    ['64,- euro', ['amount 64.00 EUR']],
    ['1 kg, 24 cm, 250 g, 30 days, 8 W', []],
    ['CHF 12', ['amount 12.00 CHF']],
    ['$5k, 2k euros, \u00a31.5m', ['amount 5000.00 USD', 'amount 2000.00 EUR', 'amount 1500000.00 GBP']],
    ['fifty euros or seven hundred and fifty dollars', ['amount 50.00 EUR', 'amount 750.00 USD']],
    [
      '12,50 EUR, 1\u00a0234,50 \u20ac, 99 z\u0142, Rs. 500, 1.299 EUR',
      [
        'amount 12.50 EUR',
        'amount 1234.50 EUR',
        'amount 99.00 PLN',
        'amount 500.00 INR',
        'amount 1299.00 EUR',
      ],
    ],
    ['50 cents, at 2 05 p.m., page 5 p', ['amount 0.50 EUR']],
    ['one of the pounds, it costs 1.299 there, order 2 crowns', []],
  ])('amounts: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['I need it by Friday', ['date 2026-05-22']],
    ['it should have been here Friday', ['date 2026-05-15']],
    ['I ordered it on Monday', ['date 2026-05-18']],
    ['it must come before Wednesday', ['date 2026-05-27']],
    ['ordered on 3 May, not 04/05/2026', ['date 2026-05-03', 'date 2026-05-04']],
    ['it came yesterday', ['date 2026-05-19']],
    ['twenty days ago, 2 weeks ago, a month ago', ['date 2026-04-30', 'date 2026-05-06', 'date 2026-04-20']],
    ['may I return it? the second one is broken, I have 30 days, 3-5 business days', []],
    ['I sat down and will march on, this is the first time', []],
    ['within 30 days, for 3 months, after two weeks', []],
    ['in 2 weeks or three days from now', ['date 2026-06-03', 'date 2026-05-23']],
    [
      'next week, last month, this weekend',
      ['date 2026-05-25/2026-05-31', 'date 2026-04-01/2026-04-30', 'date 2026-05-23/2026-05-24'],
    ],
    [
      'by the end of the month, the day after tomorrow, this morning',
      ['date 2026-05-31', 'date 2026-05-22', 'date 2026-05-20'],
    ],
    ['sent on the 16th, needed by the 3rd, the 2nd one', ['date 2026-05-16', 'date 2026-06-03']],
    ['the 3rd time, on the 2nd floor', []],
    ['bought in March, Nov the 16th, March 2028', ['date 2026-03-01/2026-03-31', 'date 2026-11-16']],
    ['from 3 to 5 June', ['date 2026-06-03/2026-06-05']],
    ['31st of February, the 99th', []],
    ['ich habe am 3. Mai bestellt und gestern bezahlt', ['date 2026-05-03', 'date 2026-05-19']],
    ["j'ai command\u00e9 le 3 mai, je pars demain", ['date 2026-05-03', 'date 2026-05-21']],
    ['besteld op 3 mei, gisteren nog niets gekregen', ['date 2026-05-03', 'date 2026-05-19']],
  ])('dates: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['my Tern headphones broke', ['product Tern Wireless Headphones']],
    ['the fog stoneware mug', ['product Fog Stoneware Mugs (set of 4)']],
    ['linen pillowcase in sand', ['product Linen Pillowcases Sand (set of 2)']],
    ['Skerry tent 4-person', ['product Skerry Tent 4-Person']],
    ['next Morning Crate', ['product Morning Crate']],
    ['Skery tent and ember dutch ovan', ['product Skerry Tent', 'product Ember Dutch Oven 5 L']],
    ['my Skerry leaks', ['product Skerry Tent']],
    ['skerry, the tide, my drift', []],
    ['a set of 4 things in black', []],
    ['a pan', []],
  ])('products: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['and for switzerland?', ['country Switzerland']],
    ['to the UK or the USA', ['country United Kingdom', 'country United States']],
    ['can you tell us more, Jordan?', []],
    ['ship to Jordan', ['country Jordan']],
  ])('countries: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['to Keizersgracht 12-B, 1015 CJ Amsterdam please', 'Keizersgracht 12-B, 1015 CJ Amsterdam'],
    ['Hauptstra\u00dfe 5\n10115 Berlin', 'Hauptstra\u00dfe 5, 10115 Berlin'],
    ['Lange Voorhout 9, 2514 EA Den Haag', 'Lange Voorhout 9, 2514 EA Den Haag'],
    ['221B Baker Street, London NW1 6XE', '221B Baker Street, London NW1 6XE'],
    ['45 Elm Street, Apt 3B, Springfield, IL 62704.', '45 Elm Street, Apt 3B, Springfield, IL 62704'],
    ['12 rue de la Paix, 75002 Paris', '12 rue de la Paix, 75002 Paris'],
    ['vive en Calle Mayor 5, 28013 Madrid', 'Calle Mayor 5, 28013 Madrid'],
    ['Rua Augusta 24, 1100-053 Lisboa', 'Rua Augusta 24, 1100-053 Lisboa'],
    ['in the Dorpsstraat 7a', 'Dorpsstraat 7a'],
  ])('addresses: %s', (text, address) => {
    expect(find(text)).toEqual([`address ${address}`]);
  });

  it.each([
    'I waited 3 weeks on the road',
    'Order 5 of 10, Step 2 Close the lid',
    'Room 12, Floor 3',
    'Tide Mattress 160x200 in 2 parts',
    'Version 2 2024 Berlin',
  ])('no addresses: %s', (text) => {
    expect(find(text).filter((found) => found.startsWith('address'))).toEqual([]);
  });

  it('gives no character to two entities', () => {
    const text =
      'On 3 May 2026 I paid 1.234,50 EUR for order HP-104233, ship to 45 Elm Street, Springfield, IL 62704 or call 020 624 1111 in Switzerland';
    const found = findEntities([{ messageId: 'm', offset: 0, text, sentAt }]);
    expect(found.map(({ kind }) => kind)).toEqual([
      'date',
      'amount',
      'order_id',
      'address',
      'phone',
      'country',
    ]);
    found.forEach((entity, at) => expect(entity.start).toBeGreaterThanOrEqual(found[at - 1]?.end ?? 0));
  });

  it('has exact places in the whole message, emoji included', () => {
    const message = `\u{1F600}\u{1F600} head ... order HP-104233 for 12.50 EUR by Friday`;
    const offset = 6;
    const found = findEntities([{ messageId: 'm', offset, text: message.slice(offset), sentAt }]);
    expect(found).toHaveLength(3);
    for (const { start, end, text } of found) expect(message.slice(start, end)).toBe(text);
  });

  it('uses the time of the message and the zone of the team', () => {
    const late = new Date('2026-05-20T22:30:00Z');
    expect(findEntities([{ messageId: 'm', offset: 0, text: 'today', sentAt: late }])[0]?.value).toBe(
      '2026-05-21',
    );
  });

  // Catches: a pattern that takes more than a moment on text made to hurt it.
  it('takes no longer per character on text made to hurt', () => {
    const pieces = [
      '1 ',
      '1,000',
      'A ',
      'Aa ',
      '12 A',
      'one ',
      'one hundred ',
      'a@',
      '$',
      '(0',
      '+1',
      'the 1st ',
      'in ',
      'van der ',
      'Street ',
      '12 rue de ',
      'Skerr ',
      '1 May ',
      '-',
      'St. ',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(4000 / piece.length)).slice(0, 4000);
      const startedAt = performance.now();
      findEntities([{ messageId: 'm', offset: 0, text, sentAt }]);
      // Slow patterns take seconds; this only tells them from all others.
      expect({ piece, isSlow: performance.now() - startedAt > 1500 }).toEqual({ piece, isSlow: false });
    }
  });
});
