import type { ActionField, ProposedChange } from '../../../shared/domain/action.js';
import type { ToolChoice } from '../../models/chat-model.js';
import { argumentOf, proposalOf, SUBJECTS, type ProposalInput } from './plan-proposals.js';
import { callsFor, onlyOneMeant } from './several-systems.js';
import type { WriteTool } from './write-tool.js';

export interface ChosenInput extends ProposalInput {
  readonly choices: readonly ToolChoice[];
  /** What the customer wrote, and their own address. */
  readonly customerWords: string;
  /** What is proposed already. */
  readonly proposals: readonly ProposedChange[];
}

const MAX_PROPOSALS = 2;

/**
 * The changes a model chose, as proposals. A model says which change and nothing of what it is about: order and subscription are those that were
 * looked up for this customer, and any other value stands in the customer's own words or is left to the rep. Pure.
 */
export function chosenProposals(input: ChosenInput): ProposedChange[] {
  const { choices, writeTools, proposals } = input;
  const meant = onlyOneMeant(writeTools, input.toolCalls);
  const taken = new Set(proposals.map(({ tool }) => tool));
  const chosen: ProposedChange[] = [];
  for (const { name, input: values } of choices) {
    const tool = meant.find((one) => one.name === name);
    if (!tool || taken.has(name)) continue;
    taken.add(name);
    const filled = fill(tool, values, { ...input, toolCalls: callsFor(tool, input.toolCalls) });
    if (filled) chosen.push(proposalOf(tool, filled));
  }
  return chosen.slice(0, MAX_PROPOSALS);
}

/** Null where it is not known what the change is about. */
function fill(
  { fields, argumentsFrom }: WriteTool,
  values: Readonly<Record<string, unknown>>,
  input: ChosenInput,
): Record<string, string> | null {
  const filled: Record<string, string> = {};
  for (const field of fields) {
    const source = argumentsFrom[field.key];
    const known = source === undefined ? '' : argumentOf(source, input);
    if (source !== undefined && SUBJECTS.has(source) && known === '') return null;
    const value = values[field.key];
    const isFree = source === undefined || source === 'amount';
    const mayTake = isFree && typeof value === 'string' && isOwn(field, value.trim(), input.customerWords);
    filled[field.key] = known !== '' ? known : mayTake ? value.trim() : '';
  }
  return filled;
}

/** Whether the customer wrote this value, or it is one of a few the tool itself names. */
function isOwn({ kind, options }: ActionField, value: string, words: string): boolean {
  if (value === '') return false;
  if (kind === 'choice') return options?.includes(value) ?? false;
  if (kind === 'money') return numbersOf(words).includes(Number(value.replace(',', '.')));
  return words.toLowerCase().includes(value.toLowerCase());
}

const numbersOf = (words: string): number[] =>
  (words.match(/\d+(?:[.,]\d{1,2})?/gu) ?? []).map((number) => Number(number.replace(',', '.')));
