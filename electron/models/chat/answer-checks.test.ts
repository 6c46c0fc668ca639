import { expect, it } from 'vitest';

import { faultOf, repeatsItself } from './answer-checks.js';

const english = { language: 'en', isProse: true };
const reply =
  'Hello Ms Miller,\n\nyour parcel left our warehouse on 3 May and usually arrives within two working days. You can follow it with the link in the confirmation we sent you.\n\nKind regards';
const german =
  'Hallo Frau Müller,\n\nIhr Paket hat unser Lager am 3. Mai verlassen und kommt in der Regel innerhalb von zwei Werktagen an. Sie können es über den Link in unserer Bestätigung verfolgen.';

it('takes a whole answer in the language that was asked for', () => {
  expect(faultOf(reply, 'complete', english, false)).toBeNull();
  expect(faultOf(german, 'complete', { language: 'de', isProse: true }, false)).toBeNull();
  expect(faultOf('Sure.', 'complete', english, false)).toBeNull();
  expect(faultOf('', 'complete', english, true)).toBeNull();
});

it.each([
  ['a text in another language', german, 'complete', 'MODEL_WRONG_LANGUAGE'],
  ['one cut at the limit', reply, 'length', 'MODEL_CUT_OFF'],
  ['one whose stream ended without a word', reply, 'unknown', 'MODEL_CUT_OFF'],
  ['one that a filter stopped', 'I', 'refused', 'MODEL_REFUSED'],
  ['nothing', ' \n', 'complete', 'MODEL_EMPTY'],
  ['a refusal in words', "I'm sorry, but I can't assist with that request.", 'complete', 'MODEL_REFUSED'],
  [
    'a loop',
    `${reply} ${'Please wait a moment for our team. '.repeat(6)}`,
    'length',
    'MODEL_REPEATED_ITSELF',
  ],
  ['a loop of one word', `Thank you ${'very '.repeat(40)}`, 'length', 'MODEL_REPEATED_ITSELF'],
] as const)('finds %s', (_, text, finish, code) => {
  expect(faultOf(text, finish, english, false)).toBe(code);
});

// Catches replies taken for refusals or loops because they decline something or hold a table.
it.each([
  "I'm sorry, but we can't refund shipping costs. What I can do is send you a label for the return.",
  'We are unable to help with warranty repairs of other brands, but the maker can: please call them.',
  `| Size | Stock |\n${'|------|------|\n'.repeat(20)}`,
  'Ha ha ha ha, very good!',
  'Step 1: open it. Step 2: close it. Step 3: open it. Step 4: close it.',
])('lets %s pass', (text) => {
  expect(faultOf(text, 'complete', { language: null, isProse: true }, false)).toBeNull();
  expect(repeatsItself(text)).toBe(false);
});
