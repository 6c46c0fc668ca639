import type { Draft } from '../../../shared/domain/draft.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { WithheldReason } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { greeting } from './courtesies.js';
import { courtesy, numbered, type Statement } from './statement.js';

/** An intent less likely than this is no help to choose from. Calibrated probability, see `IntentCandidate`. */
const LIKELY = 0.12;
/** A choice is offered when one of its intents is more likely meant than not. */
const LIKELY_TOGETHER = 0.5;
const MAX_CHOICES = 3;

/** Why there is no reply, where asking back may help. */
const ASKABLE: ReadonlySet<WithheldReason> = new Set(['no_evidence', 'out_of_scope', 'unsupported_draft']);

/** It is written in English; a message too short to tell the language of is taken for it. */
const ENGLISH: ReadonlySet<string> = new Set(['en', 'und']);

export interface ClarifyingInput {
  readonly reason: WithheldReason;
  readonly intent: Intent;
  readonly toolCalls: readonly ToolCall[];
  readonly team: Team;
  readonly customerName: string;
}

/**
 * What the rep may ask where the knowledge has no answer: for the thing that is missing (which order, which product), else which of the
 * likely intents is meant, else for more detail. States nothing, so it needs no evidence. Null where asking would not help.
 */
export function clarifyingQuestion(input: ClarifyingInput): Draft | null {
  const { reason, intent, team, customerName } = input;
  if (!ASKABLE.has(reason) || !ENGLISH.has(intent.language)) return null;
  const { signature } = team.profile.voice;
  const sentences = numbered([
    greeting(team.profile, customerName),
    courtesy('Thank you for your message.', 'paragraph'),
    ...asked(input),
    ...(signature === '' ? [] : [courtesy(signature, 'paragraph')]),
  ]);
  return { sentences, variant: 'standard', revision: 0 };
}

function asked({ intent, toolCalls, team }: ClarifyingInput): Statement[] {
  const definition = team.intents.find(({ id }) => id === intent.label);
  const has = (kind: Intent['entities'][number]['kind']): boolean =>
    intent.entities.some((entity) => entity.kind === kind);
  const knowsOrder =
    has('order_id') || toolCalls.some(({ facts }) => facts.some(({ key }) => key === 'order.id'));
  const isCertain = definition !== undefined && intent.confidence === 'high';
  if (isCertain && definition.tools.includes('look_up_order') && !knowsOrder)
    return [question('Which order is it about? Its number is in the confirmation we sent you.', 'space')];
  if (!isCertain) {
    const choices = likely(intent, team);
    if (choices.length > 1) return choose(choices);
  }
  const products = [
    ...new Set(intent.entities.filter(({ kind }) => kind === 'product').map(({ value }) => value)),
  ];
  if (products.length === 0 && !knowsOrder)
    return [question('Which product or order is it about, and what would you like to know?', 'space')];
  const about = products.length > 0 ? ` with the ${list(products)}` : '';
  return [
    courtesy('I want to be sure that I answer you correctly.', 'space'),
    question(`Could you tell me a little more about what you need${about}, and what it is for?`, 'space'),
  ];
}

/** Names of the intents that may be meant, most likely first. */
function likely({ candidates }: Intent, { intents }: Team): string[] {
  const found = candidates
    .filter(({ id, probability }) => probability >= LIKELY && intents.some((known) => known.id === id))
    .slice(0, MAX_CHOICES);
  const together = found.reduce((sum, { probability }) => sum + probability, 0);
  return together < LIKELY_TOGETHER ? [] : found.map(({ name }) => name);
}

function choose(names: readonly string[]): Statement[] {
  return [
    question('Which of these comes closest to what you need?', 'space'),
    ...names.map((name) => question(`- ${name}`, 'line')),
    question('Or is it something else?', 'line'),
  ];
}

const question = (text: string, lead: Statement['lead']): Statement => ({
  ...{ text, lead },
  role: 'question',
  citations: [],
});

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
