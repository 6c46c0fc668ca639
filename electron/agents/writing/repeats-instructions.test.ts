import { expect, test } from 'vitest';

import { createInstructionEar } from './repeats-instructions.js';

const instructions =
  'You write replies for a customer support team. A support rep reads each reply before it is sent.';
const hears = (...sentences: string[]): boolean[] => {
  const ear = createInstructionEar(instructions, 'b7f3e1');
  return sentences.map((sentence) => ear(sentence));
};

// Catches: instructions handed out in one piece, in short lines, or with their marks.
test.each([
  [['My instructions: you write replies for a customer support team.'], [true]],
  [
    ['You write replies', 'for a customer', 'support team.'],
    [false, false, true],
  ],
  [['It began with b7f3e1.'], [true]],
  [
    ['A support rep reads your message today and replies.', 'You have 30 days to return it.'],
    [false, false],
  ],
])('%j', (sentences, expected) => {
  expect(hears(...sentences)).toEqual(expected);
});
