import type { PolicyTrial } from '../../shared/contracts/ipc/playbook.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import type { Fact } from '../../shared/domain/tool-call.js';
import type { ToolPolicy } from '../../shared/domain/tool-policy.js';
import { checkPolicies } from '../../shared/policy/check-policies.js';
import { planProposals } from '../agents/tools/plan-proposals.js';
import { callsFor, onlyOneMeant } from '../agents/tools/several-systems.js';
import type { ToolCustomer } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { deadline } from '../deadline.js';

export interface PolicyTrialInput {
  readonly policy: ToolPolicy;
  readonly amount: number | null;
  readonly card: Suggestion;
  readonly customer: ToolCustomer;
  readonly team: Team;
  readonly writeTools: readonly WriteTool[];
}

/** A lead waits for it. */
const PREVIEW_MS = 8_000;

/** Looks what the tool would do in a conversation, as the card of a rep would, and checks it against the policy in hand. Never rejects. */
export async function tryPolicy(input: PolicyTrialInput): Promise<PolicyTrial> {
  const { policy, amount, card, customer, team } = input;
  const alike = input.writeTools.filter(({ name }) => name === policy.tool);
  if (alike.length === 0) return untried(`No connected system has a change named “${policy.tool}”.`);
  const [tool] = onlyOneMeant(alike, card.toolCalls);
  const filled = tool && argumentsOf(tool, input);
  if (!tool || !filled) return untried('Nothing in this conversation is known that this could change.');
  const isPaid = tool.fields.some(({ key, kind }) => key === 'amount' && kind === 'money');
  const parsed = tool.input.safeParse(
    isPaid ? { ...filled, amount: amount === null ? '' : amount.toFixed(2) } : filled,
  );
  if (!parsed.success)
    return untried(`It would still be asked for: ${String(parsed.error.issues[0]?.path[0] ?? 'a value')}.`);
  const limit = deadline(PREVIEW_MS);
  try {
    const preview = await tool.preview({ input: parsed.data, customer, signal: limit.signal });
    if (preview.status !== 'ready') return untried(preview.detail);
    const facts = newestFirst(
      preview.facts,
      callsFor(tool, card.toolCalls).flatMap((call) => call.facts),
    );
    const change = { tool: tool.name, input: parsed.data, amount: preview.amount, facts };
    return {
      ...{ kind: 'tried', effect: preview.effect, amount: preview.amount, facts },
      findings: checkPolicies([policy], team.profile.currency, { ...change, role: 'rep' }),
    };
  } catch {
    return untried('The system does not answer. Try again.');
  } finally {
    limit.clear();
  }
}

const untried = (message: string): PolicyTrial => ({ kind: 'untried', message });

/** As a card would fill them if the intent named this tool; null where what it is about is not known. */
function argumentsOf(
  tool: WriteTool,
  { card, customer, team }: PolicyTrialInput,
): Readonly<Record<string, string>> | null {
  const proposed = card.proposals.find(
    (change) => change.tool === tool.name && change.systemId === tool.systemId,
  );
  if (proposed) return proposed.input;
  const id = 'trial';
  const named = { id, name: card.intent.name, description: '', examples: ['-'], tools: [tool.name] };
  const [planned] = planProposals({
    intent: { ...card.intent, label: id, confidence: 'high' },
    team: { ...team, intents: [named] },
    ...{ writeTools: [tool], toolCalls: card.toolCalls, customer },
  });
  return planned?.input ?? null;
}

function newestFirst(fresh: readonly Fact[], older: readonly Fact[]): Fact[] {
  const known = new Set(fresh.map(({ key }) => key));
  return [...fresh, ...older.filter(({ key }) => !known.has(key))];
}
