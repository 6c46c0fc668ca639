import { expect, test } from 'vitest';

import { libraryOf } from '../../evaluation/critique-set.js';
import { evidencePool } from './evidence-pool.js';
import { judgeClaim } from './judge-claim.js';

const article = [
  '# Returning a lamp',
  '',
  'You have 30 days from delivery to return a lamp. Electronics must be returned within 14 days, not within 30 days.',
  '',
  '## Cost',
  '',
  'The return label costs 4.95 EUR and is free for Plus members. We refund the shipping fee only if you return the whole order.',
  '',
  '| Carrier | Redirect after packed | Time |',
  '|---|---|---|',
  '| Postway | Yes | 3-5 business days |',
  '| Swiftline | No | 1-2 business days |',
  '',
  '## Cancel',
  '',
  'You can cancel an order free of charge until the order is packed. A gift card cannot be exchanged for cash.',
  'Your bank usually releases the amount within 3-5 business days. Use beans within 6 weeks and ground coffee within 2 weeks.',
].join('\n');

const library = libraryOf({
  passages: [{ text: article, validUntil: null, title: 'Returning a lamp' }],
  facts: [],
});
const pool = evidencePool(library, '2026-11-20');
const judge = (text: string) => judgeClaim(text, pool, { known: new Set(['shop']) });

// Catches: a rep who is warned of a sentence that says the same in other words.
test.each([
  'A lamp can come back for thirty days after it arrives.',
  'You have two weeks for electronics.',
  'Sending it back costs you 4.95 EUR, and Plus members pay nothing.',
  'As long as the order has not been packed, you can still call it off at no cost.',
  "Gift cards can't be swapped for cash.",
  'A Postway parcel takes 3 to 5 business days.',
])('borne out: %s', (text) => {
  expect(judge(text).support).not.toBe('unsupported');
});

// Catches: each kind of error by which a fluent sentence leaves its source.
test.each([
  ['a number', 'You have 60 days from delivery to return a lamp.', 'number_not_in_source'],
  ['a number that is denied', 'Electronics must be returned within 30 days.', 'number_not_in_source'],
  ['a number of another row', 'A Swiftline parcel takes 3-5 business days.', 'number_not_in_source'],
  ['a number of the other half', 'Use ground coffee within 6 weeks.', 'number_not_in_source'],
  ['a unit', 'You have 30 weeks from delivery to return a lamp.', 'number_not_in_source'],
  ['a name', 'A Klarna parcel takes 3-5 business days, and Klarna collects it.', 'name_not_in_source'],
  ['a lost not', 'A gift card can be exchanged for cash.', 'negation_differs'],
  ['an added not', 'You cannot cancel an order free of charge until it is packed.', 'negation_differs'],
  ['a yes for a no', 'A Swiftline parcel can be redirected after it is packed.', 'negation_differs'],
  ['after for until', 'You can cancel an order free of charge after it is packed.', 'condition_differs'],
  ['another event', 'You have 30 days from ordering to return a lamp.', 'condition_differs'],
  ['part for whole', 'We refund the shipping fee if you return part of the order.', 'condition_differs'],
  ['always for usually', 'Your bank always releases the amount within 3-5 business days.', 'promise'],
  ['a fee for free', 'To cancel an order until it is packed, you pay a fee.', 'condition_differs'],
  ['something else', 'Our kitchen opens at noon for coffee, cake and music.', 'low_coverage'],
  ['a deed nobody did', 'I have cancelled your order.', 'promise'],
])('%s', (_, text, kind) => {
  const { support, findings } = judge(text);
  expect([support, findings.map(({ issue }) => issue.kind)]).toEqual([
    'unsupported',
    expect.arrayContaining([kind]) as string[],
  ]);
});

// Catches: a good half that hides a bad one, and words marked in the wrong place.
test('the worst clause counts, and its words are marked', () => {
  const text = 'The return label costs 4.95 EUR, and you have 90 days from delivery to return a lamp.';
  const { support, findings } = judge(text);
  const words = findings.find(({ isFatal }) => isFatal)?.issue.words;
  expect([support, text.slice(words?.start, words?.end)]).toEqual(['unsupported', '90 days']);
});

// Catches: a verdict that points at the passage and not at the sentence that decides.
test('the deciding sentence is named exactly', () => {
  const [unit] = judge('Returns of lamps are possible for 30 days after delivery.').units;
  const { start, end } = unit?.citation.kind === 'evidence' ? unit.citation.span : { start: 0, end: 0 };
  expect(article.slice(start, end)).toBe('You have 30 days from delivery to return a lamp.');
});

const facts = evidencePool(
  libraryOf({
    passages: [],
    facts: [
      { label: 'Order', value: 'HP-104196' },
      { label: 'Order status', value: 'shipped' },
      { label: 'Placed on', value: '9 November 2026' },
      { label: 'Estimated delivery', value: '18 November 2026' },
    ],
  }),
  '2026-11-20',
);

// Catches: a day under another label, a step the order has not made.
test.each([
  ['Your order HP-104196 is on its way.', 'supported'],
  ['It should arrive around 18 November.', 'supported'],
  ['Your order was placed on 18 November 2026.', 'unsupported'],
  ['Your order HP-104196 has been delivered.', 'unsupported'],
  ['Your order HP-104196 has not been shipped yet.', 'unsupported'],
])('%s', (text, support) => {
  expect(judgeClaim(text, facts, { known: new Set() }).support).toBe(support);
});
