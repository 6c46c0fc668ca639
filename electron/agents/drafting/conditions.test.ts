import { expect, test } from 'vitest';

import { unknownIntent } from '../present-suggestion.js';
import { fitOf, isRestriction } from './conditions.js';
import { customerTraits, type CustomerTraits } from './traits.js';

function traits(text: string, facts: Record<string, string> = {}): CustomerTraits {
  const call = {
    id: 'T1',
    tool: 'look_up_order',
    title: '',
    risk: 'read' as const,
    input: {},
    status: 'succeeded' as const,
    detail: '',
    facts: Object.entries(facts).map(([key, value]) => ({ key, label: key, value })),
    durationMs: 0,
  };
  return customerTraits(unknownIntent(''), [call], text);
}

const unit = (text: string, heading = ''): { text: string; headingPath: string[] } => ({
  text,
  headingPath: heading === '' ? [] : [heading],
});

// Catches: a rule of another product, country, payment, stage or season in the reply to this customer, or theirs left out.
test.each([
  ['their goods', unit('You have 14 days to return headphones.'), traits('my headphones'), 'applies'],
  ['the kind of their goods', unit('Electronics have 14 days.'), traits('my headphones'), 'applies'],
  ['other goods of that kind', unit('Descale the kettle.'), traits('my headphones'), 'excluded'],
  ['other goods', unit('A mattress has 100 nights.'), traits('my lamp'), 'excluded'],
  ['no goods', unit('You have 30 days.'), traits('my lamp'), 'open'],
  ['a section of other goods', unit('Fold it dry.', 'Tents'), traits('my lamp'), 'excluded'],
  ['their country', unit('Shipping to Norway costs 14.95 EUR.'), traits('to Norway?'), 'applies'],
  ['a part of their country', unit('Shipping to the UK costs 14.95 EUR.'), traits('to Scotland?'), 'applies'],
  ['another country', unit('Shipping to Norway costs 14.95 EUR.'), traits('to Spain?'), 'excluded'],
  ['only other countries, asked', unit('Only in Belgium.'), traits('in Sweden?'), 'applies'],
  ['their payment', unit('A card refund takes 5-7 days.'), traits('my Mastercard'), 'applies'],
  ['another payment', unit('A PayPal refund takes 1-3 days.'), traits('my Mastercard'), 'excluded'],
  ['a gift card is no card', unit('A refund to a gift card is paid at once.'), traits('my Visa'), 'excluded'],
  [
    'before a stage that is over',
    unit('You can cancel until the order is packed.'),
    traits('', { 'order.status': 'shipped' }),
    'excluded',
  ],
  [
    'after a stage that is over',
    unit('Open the tracking page.', 'After the order is packed'),
    traits('', { 'order.status': 'shipped' }),
    'applies',
  ],
  [
    'a late parcel, and theirs is on time',
    unit('Wait 2 business days if your parcel is late.'),
    traits('When will it come?', { 'shipment.estimatedDelivery': '28 November 2026' }),
    'excluded',
  ],
  [
    'a late parcel, and so is theirs',
    unit('Read the last scan.', 'What to do when your parcel is late'),
    traits('When will it come?', { 'shipment.wasExpectedOn': '20 November 2026' }),
    'applies',
  ],
  [
    'a late parcel they ask about',
    unit('Wait 2 business days if your parcel is late.'),
    traits('What if it is late?', { 'shipment.estimatedDelivery': '28 November 2026' }),
    'open',
  ],
  [
    'weeks the order was placed in',
    unit('Orders placed 1 November to 24 December: until 31 January.'),
    traits('', { 'order.placedOn': '8 November 2026' }),
    'applies',
  ],
  [
    'other weeks',
    unit('Orders placed 1 November to 24 December: until 31 January.'),
    traits('', { 'order.placedOn': '8 October 2026' }),
    'excluded',
  ],
])('a rule for %s', (_, given, known, fit) => {
  expect(fitOf(given, known)).toBe(fit);
});

// Catches: "30 days to return" for goods that cannot be returned, and a special case of others told as theirs.
test.each([
  ['Personalised items cannot be returned.', 'Can I return the personalised towels?', true],
  ['A stained mattress cannot be returned.', 'Can I return a mattress?', false],
  ['You do not need a fault to return a mattress.', 'Can I return a mattress?', false],
  ['Pay in 3 is only available in Belgium.', 'Can I pay in three instalments from Sweden?', true],
  ['Fuel canisters ship only to Belgium.', 'Do you ship a lamp to Sweden?', false],
  ['Returns from Norway are at your own cost.', 'What does a return from Norway cost?', true],
])('%s for "%s"', (rule, question, restricts) => {
  expect(isRestriction(rule, traits(question))).toBe(restricts);
});
