import { describe, expect, it } from 'vitest';

import type { GuardrailRule } from '../domain/guardrail-rule.js';
import { matchRules } from './match-rules.js';
import { patternProblem } from './rule-pattern.js';

const rule = (part: Partial<GuardrailRule>): GuardrailRule => ({
  ...{
    id: 'r',
    title: 'R',
    match: 'words',
    phrases: [],
    appliesTo: 'reply',
    effect: 'block',
    message: 'No.',
  },
  ...part,
});

describe("A lead's rules", () => {
  it('match words on their borders, in any case and over any blank', () => {
    const rules = [rule({ phrases: ['free gift'] })];
    expect(matchRules('You get a Free  Gift today.', rules, 'reply')[0]?.words).toEqual({
      start: 10,
      end: 20,
    });
    expect(matchRules('A carefree gift.', rules, 'reply')).toEqual([]);
    expect(matchRules('A free gift.', rules, 'customer')).toEqual([]);
  });

  it('take signs in words as they are, and patterns as patterns', () => {
    expect(matchRules('Costs 5.00 (net).', [rule({ phrases: ['5.00 (net)'] })], 'reply')).toHaveLength(1);
    expect(matchRules('Costs 5x00 (net).', [rule({ phrases: ['5.00 (net)'] })], 'reply')).toEqual([]);
    const bySource = rule({ match: 'pattern', phrases: ['within \\d+ hours'] });
    expect(matchRules('Sent within 24 hours.', [bySource], 'reply')).toHaveLength(1);
  });

  it.each(['(a+)+$', '(a|aa)+$', '(x+x+)+y', '(a)\\1', 'a*a*a*a*a*b', 'a{1,5000}', '((a*)b)*'])(
    'refuse %s, which could take for ever',
    (source) => {
      const startedAt = Date.now();
      expect(patternProblem(source)).toBe('too_slow');
      expect(matchRules('a'.repeat(5_000), [rule({ match: 'pattern', phrases: [source] })], 'reply')).toEqual(
        [],
      );
      expect(Date.now() - startedAt).toBeLessThan(2_000);
    },
  );

  it.each(['(', '[a', '*x'])('refuse %s, which is no pattern', (source) => {
    expect(patternProblem(source)).toBe('invalid');
  });

  it.each(['refund(?:ed|s)?', 'within \\d+ (?:hours|days)', '\\bfree\\b', '[A-Z]{2}-\\d{4,6}'])(
    'accept %s',
    (source) => {
      expect(patternProblem(source)).toBeNull();
    },
  );
});
