import { expect, test } from 'vitest';

import type { GuardrailRule } from '../../../shared/domain/guardrail-rule.js';
import { checkRules } from './check-rules.js';

const rule = (id: string, part: Partial<GuardrailRule>): GuardrailRule => ({
  ...{ id, title: id, match: 'words', phrases: ['free gift'], appliesTo: 'reply', effect: 'block' },
  message: 'Ask a lead first.',
  ...part,
});
const rules = [
  rule('gifts', {}),
  rule('days', { match: 'pattern', phrases: ['within \\d+ hours'], effect: 'warn' }),
  rule('asked', { appliesTo: 'customer' }),
  rule('broken', { match: 'pattern', phrases: ['(gift'] }),
];

// Catches: a rule that blocks when it should warn, marks other words, or is for what customers write.
test('says what a sentence breaks of one effect, and where', () => {
  const text = 'A free gift comes within 24 hours.';
  const blocked = checkRules(text, rules, 'block');
  expect(blocked).toMatchObject([
    { kind: 'guardrail', message: 'gifts: Ask a lead first.', words: { start: 2, end: 11 } },
  ]);
  expect(checkRules(text, rules, 'warn').map(({ message }) => message)).toEqual(['days: Ask a lead first.']);
});

test('says nothing of a sentence that breaks none', () => {
  expect(checkRules('The lamp is sold out.', rules, 'block')).toEqual([]);
  expect(checkRules('A free gift.', [], 'block')).toEqual([]);
});
