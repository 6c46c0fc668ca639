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
    ['within 30 days, in 2 weeks, for 3 months', []],
    ['in August', []],
  ])('dates: %s', (text, entities) => {
    expect(find(text)).toEqual(entities);
  });

  it.each([
    ['my Tern headphones broke', ['product Tern Wireless Headphones']],
    ['the fog stoneware mug', ['product Fog Stoneware Mugs (set of 4)']],
    ['linen pillowcase in sand', ['product Linen Pillowcases Sand (set of 2)']],
    ['Skerry tent 4-person', ['product Skerry Tent 4-Person']],
    ['next Morning Crate', ['product Morning Crate']],
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
});
