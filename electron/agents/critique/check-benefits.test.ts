import { expect, test } from 'vitest';

import { libraryOf } from '../../evaluation/critique-set.js';
import { emptyTeam } from '../../workspace/team-loader.js';
import { checkDraft } from './check-draft.js';

const found = [
  'Contact us with the order number and the name of the gift.',
  'Returns are at no cost within the EU.',
  'You have 30 days from delivery to return a lamp.',
];

const judged = (text: string) =>
  checkDraft({
    draft: {
      sentences: [{ id: 'S1', text, role: 'claim', citations: [], lead: 'space' }],
      ...{ variant: 'standard', revision: 0 },
    },
    library: libraryOf({
      passages: found.map((one) => ({ text: one, validUntil: null, title: 'Returns' })),
      facts: [],
    }),
    ...{ team: emptyTeam('Shop'), query: '', own: '', today: '2026-11-20' },
  }).sentences[0];

// Catches: a gift the writer made up, borne out by words that are only near ("voucher code", "order number").
test.each([
  ['We also send you a voucher for your trouble.', 'a voucher nobody speaks of'],
  ['You get a discount on your next lamp.', 'a discount nobody speaks of'],
])('%s', (text) => {
  const sentence = judged(text);
  expect([sentence?.support, sentence?.issues.some(({ kind }) => kind === 'promise')]).toEqual([
    'unsupported',
    true,
  ]);
});

// Catches: a benefit that is there in other words, or is denied, taken for an invention.
test.each([
  'Returns within the EU are free.',
  'There is no discount on lamps.',
  'Feel free to return the lamp within 30 days of delivery.',
])('%s', (text) => {
  expect(judged(text)?.issues.map(({ kind }) => kind)).not.toContain('promise');
});
