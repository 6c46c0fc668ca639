import { expect, it } from 'vitest';
import { z } from 'zod';

import {
  DeclaredArgument,
  fieldsOf,
  filled,
  inputOf,
  lookUpSources,
  sourcesOf,
} from './declared-argument.js';

const declared = z.record(z.string(), DeclaredArgument).parse({
  order: { from: 'order_id', pattern: 'HP-\\d+', label: 'Order' },
  email: { from: 'customer_email' },
  sum: { from: 'amount' },
  why: { pattern: '.{1,20}' },
  shop: { value: 7 },
});
const customer = { name: ' Femke ', email: ' femke@example.com ' };

// Catches: an argument of the conversation, or one that is always the same, that a model or a rep may fill instead.
it('asks for what neither the conversation nor the operator fills', () => {
  expect(z.toJSONSchema(inputOf(declared))).toMatchObject({ required: ['order', 'sum', 'why'] });
  expect(fieldsOf(declared).map(({ key, isEditable }) => [key, isEditable])).toEqual([
    ['order', false],
    ['sum', true],
    ['why', true],
  ]);
  expect(sourcesOf(declared)).toEqual({ order: 'order_id', sum: 'amount' });
  expect(lookUpSources(declared)).toBeUndefined();
  expect(lookUpSources({ ...declared, why: { from: 'intent_name' } })).toBeDefined();
  const input = { order: 'HP-1', sum: '5', why: 'late', email: 'thijs@example.com', shop: '9' };
  expect(filled(declared, input, customer)).toEqual({
    ...{ order: 'HP-1', email: 'femke@example.com', sum: '5', why: 'late', shop: 7 },
  });
  expect(filled(declared, input, { ...customer, email: null })).toBeNull();
});

it.each([
  [{ order: 'HP-1', sum: '5', why: 'late' }, true],
  [{ order: 'x HP-1', sum: '5', why: 'late' }, false],
  [{ order: 'HP-1\n2', sum: '5', why: 'late' }, false],
  [{ order: 'HP-1', sum: '5,00', why: 'late' }, false],
  [{ order: 'HP-1', sum: '1e9', why: 'late' }, false],
  [{ order: 'HP-1', sum: '5', why: '' }, false],
])('takes %o: %s', (input, isTaken) => {
  expect(inputOf(declared).safeParse(input).success).toBe(isTaken);
});

it.each([{}, { value: 1, from: 'order_id' }, { from: 'everything' }, { pattern: '[' }, { form: 'order_id' }])(
  'refuses the declaration %o',
  (one) => {
    expect(DeclaredArgument.safeParse(one).success).toBe(false);
  },
);
