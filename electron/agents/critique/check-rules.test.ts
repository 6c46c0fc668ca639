import { expect, it } from 'vitest';

import type { GuardrailRule } from '../../../shared/domain/guardrail-rule.js';
import { checkRules } from './check-rules.js';

const rule = (given: Partial<GuardrailRule>): GuardrailRule => ({
  ...{ id: 'rivals', title: 'Rivals', message: 'Name no rival.', match: 'words', phrases: ['Oakline'] },
  ...{ appliesTo: 'reply', effect: 'block' },
  ...given,
});

it('names the words of a reply that break a rule, and says what the rule is for', () => {
  expect(checkRules('Buy it at oakline instead.', [rule({})], 'block')).toEqual([
    { kind: 'guardrail', message: 'Rivals: Name no rival.', words: { start: 10, end: 17 }, fix: null },
  ]);
});

// Catches a rule for customers' words that blocks a reply, and a warning that blocks.
it('keeps to the rules of replies and of one effect', () => {
  const rules = [rule({ appliesTo: 'customer' }), rule({ id: 'soft', effect: 'warn' })];
  expect(checkRules('Oakline', rules, 'block')).toEqual([]);
  expect(checkRules('Oakline', rules, 'warn')).toHaveLength(1);
});

it('matches whole words, and a pattern that could take for ever not at all', () => {
  expect(checkRules('Oaklines are trees.', [rule({})], 'block')).toEqual([]);
  const slow = rule({ match: 'pattern', phrases: ['(a+)+$'] });
  expect(checkRules('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', [slow], 'block')).toEqual([]);
});
