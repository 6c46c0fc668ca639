import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { GuardrailRule } from '../../../shared/domain/guardrail-rule.js';
import { matchRules } from '../../../shared/guardrails/match-rules.js';
import { issueOf } from './issue.js';

/** What a sentence of a reply breaks of the rules a lead wrote, of one effect: `block` makes it unusable, `warn` is for the rep to see. */
export function checkRules(
  text: string,
  rules: readonly GuardrailRule[],
  effect: GuardrailRule['effect'],
): CritiqueIssue[] {
  return matchRules(text, rules, 'reply')
    .filter(({ rule }) => rule.effect === effect)
    .map(({ rule, words }) => issueOf('guardrail', `${rule.title}: ${rule.message}`, { words }));
}
