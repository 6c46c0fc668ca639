import type { Money, PolicyFinding } from '../domain/action.js';
import type { ToolPolicy } from '../domain/tool-policy.js';
import type { Fact } from '../domain/tool-call.js';
import { readCondition } from './condition.js';
import { judge } from './judge-condition.js';

/** One change as rules look at it. */
export interface CheckedChange {
  readonly tool: string;
  readonly input: Readonly<Record<string, string>>;
  readonly amount: Money | null;
  readonly facts: readonly Fact[];
  readonly role: 'rep' | 'lead';
}

/**
 * Checks a change against the team's limits and rules. Pure.
 *
 * What cannot be checked, because a fact is not known or a condition cannot be read, never passes in silence: it needs a lead. A lead at the desk
 * needs no second one; what is blocked is blocked for everybody.
 */
export function checkPolicies(
  policies: readonly ToolPolicy[],
  currency: string,
  change: CheckedChange,
): PolicyFinding[] {
  const policy = policies.find(({ tool }) => tool === change.tool);
  if (!policy) return [];
  const findings = [
    ...limits(policy, currency, change),
    ...policy.rules.flatMap((rule) => ofRule(rule, currency, change)),
  ];
  return change.role === 'lead'
    ? findings.map((finding) =>
        finding.effect === 'needs_lead' ? { ...finding, effect: 'passes' as const } : finding,
      )
    : findings;
}

function limits(policy: ToolPolicy, currency: string, { amount }: CheckedChange): PolicyFinding[] {
  const { approval, leadAbove, maximum, isEnabled } = policy;
  const found = (rule: string, effect: PolicyFinding['effect'], message: string): PolicyFinding[] => [
    { rule, message, effect, source: null },
  ];
  if (!isEnabled) return found('limit-enabled', 'blocks', 'The team has turned this off.');
  const print = (limit: number): string => `${limit.toFixed(2)} ${currency}`;
  if (amount && (leadAbove !== null || maximum !== null) && amount.currency !== currency)
    return found(
      'limit-currency',
      'needs_lead',
      `The team's limits are in ${currency}; this is in ${amount.currency}.`,
    );
  if (amount && maximum !== null && amount.amount > maximum)
    return found('limit-maximum', 'blocks', `More than ${print(maximum)} is not done from here.`);
  if (approval === 'lead') return found('limit-approval', 'needs_lead', 'A lead must always approve this.');
  if (!amount || leadAbove === null) return [];
  return amount.amount > leadAbove
    ? found('limit-lead-above', 'needs_lead', `Above ${print(leadAbove)} a lead must approve.`)
    : found('limit-lead-above', 'passes', `Up to ${print(leadAbove)} you may approve alone.`);
}

function ofRule(rule: ToolPolicy['rules'][number], currency: string, change: CheckedChange): PolicyFinding[] {
  const { id, when, effect, message, kept, source } = rule;
  const condition = readCondition(when);
  if (!condition.ok)
    return [{ rule: id, message: `This rule cannot be read: ${when}`, effect: 'needs_lead', source }];
  const verdict = judge(condition.comparisons, {
    ...{ currency, isAnswered: change.facts.length > 0 },
    valueOf: (key) => valueOf(key, change),
  });
  if (verdict.holds === true) return [{ rule: id, message, effect, source }];
  if (verdict.holds === 'unknown')
    return [
      {
        rule: id,
        message: `Could not be checked, since ${verdict.why}: ${message}`,
        effect: 'needs_lead',
        source,
      },
    ];
  return kept === undefined || kept === '' ? [] : [{ rule: id, message: kept, effect: 'passes', source }];
}

function valueOf(key: string, { amount, input, facts }: CheckedChange): string | null {
  if (key === 'amount') return amount ? `${String(amount.amount)} ${amount.currency}` : null;
  if (key.startsWith('input.')) return input[key.slice('input.'.length)] ?? null;
  return facts.find((fact) => fact.key === key)?.value ?? null;
}
