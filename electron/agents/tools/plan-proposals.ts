import type { ProposedChange } from '../../../shared/domain/action.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { callsFor, onlyOneMeant } from './several-systems.js';
import type { ToolCustomer } from './tool.js';
import type { ArgumentSource } from './argument-source.js';
import type { WriteTool } from './write-tool.js';

export interface ProposalInput {
  readonly intent: Intent;
  readonly team: Team;
  readonly writeTools: readonly WriteTool[];
  /** What was looked up: only what is surely this customer's is proposed to be changed. */
  readonly toolCalls: readonly ToolCall[];
  readonly customer: ToolCustomer;
}

/** What a change is about; without it the rep could not even be asked the rest. */
export const SUBJECTS: ReadonlySet<ArgumentSource> = new Set(['order_id', 'subscription_id', 'payment_id']);

/**
 * The changes the intent's policy names, filled by rule from look-ups and the customer's words. What is missing is left out, for the rep to
 * fill in; a change whose order or subscription is not known is not proposed. An intent nobody is sure of proposes nothing. Pure.
 */
export function planProposals(input: ProposalInput): ProposedChange[] {
  const { intent, team, writeTools } = input;
  const policy =
    intent.confidence === 'low' ? [] : (team.intents.find(({ id }) => id === intent.label)?.tools ?? []);
  const wanted = writeTools.filter(({ name }) => policy.includes(name));
  return onlyOneMeant(wanted, input.toolCalls).flatMap((tool) => {
    const known = { ...input, toolCalls: callsFor(tool, input.toolCalls) };
    const filled = Object.entries(tool.argumentsFrom).map(
      ([key, source]) => [key, source, argumentOf(source, known)] as const,
    );
    if (filled.some(([, source, value]) => SUBJECTS.has(source) && value === '')) return [];
    return [proposalOf(tool, Object.fromEntries(filled.map(([key, , value]) => [key, value])))];
  });
}

/** A change with its arguments, in the system it belongs to. */
export const proposalOf = (
  { name, systemId }: Pick<WriteTool, 'name' | 'systemId'>,
  input: Record<string, string>,
): ProposedChange => ({ tool: name, ...(systemId === undefined ? {} : { systemId }), input });

/** What of a conversation fills one argument; empty where nothing does. */
export function argumentOf(
  source: ArgumentSource,
  { intent, team, toolCalls, customer }: Omit<ProposalInput, 'writeTools'>,
): string {
  const fact = (key: string): string =>
    toolCalls.flatMap(({ facts }) => facts).find((found) => found.key === key)?.value ?? '';
  switch (source) {
    case 'order_id':
      return fact('order.id');
    case 'subscription_id':
      return fact('subscription.id');
    case 'payment_id':
      return fact('payment.id');
    case 'customer_name':
      return customer.name;
    case 'customer_email':
      return customer.email ?? '';
    case 'intent_name':
      return intent.name;
    case 'amount':
      return namedAmount(intent, team);
  }
}

/** The one amount in the team's currency the customer names; several say nothing about which is wanted. */
export function namedAmount({ entities }: Intent, { profile }: Team): string {
  const amounts = new Set(
    entities
      .filter(({ kind }) => kind === 'amount')
      .flatMap(({ value }) => {
        const [number, currency] = value.split(' ');
        return number !== undefined && currency === profile.currency ? [number] : [];
      }),
  );
  const [only] = amounts;
  return amounts.size === 1 && only !== undefined ? only : '';
}
