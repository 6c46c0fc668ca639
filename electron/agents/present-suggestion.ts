import type { Suggestion } from '../../shared/domain/suggestion.js';
import { playbookProgress } from '../../shared/playbook/playbook-progress.js';
import type { PlaybookProgress } from '../../shared/domain/playbook.js';
import type { Intent } from '../../shared/domain/intent.js';
import type { Team } from '../../shared/domain/team.js';
import { citeExactly } from './cite-exactly.js';
import type { RunContext } from './run-context.js';
import type { SuggestionState } from './state.js';
import { clarifyingQuestion } from './writing/clarifying-question.js';

/** What a run without an intent is shown with. */
export function unknownIntent(query: string): Intent {
  return {
    label: null,
    name: 'Not recognised',
    confidence: 'low',
    probability: 0,
    candidates: [],
    sentiment: 'neutral',
    anger: 0,
    urgency: 'normal',
    reasonWords: [],
    language: 'und',
    messageLanguages: [],
    entities: [],
    escalation: null,
    query,
  };
}

export interface PresentOptions {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly totalMs: number;
  readonly team: Team;
}

/** Puts the end of a run into the form the card, the store and the command line show. Pure; one outcome follows from the state. */
export function presentSuggestion(
  state: SuggestionState,
  context: RunContext,
  options: PresentOptions,
): Suggestion {
  const { customerIntent, evidence, similarCases, toolCalls, warnings, degradations, timings } = state;
  const { proposals } = state;
  const base = {
    runId: context.runId,
    conversationId: context.conversation.id,
    messageId: options.messageId,
    createdAt: options.createdAt.toISOString(),
    variant: context.variant,
    strategy: context.model ? ('model' as const) : ('local' as const),
    modelUse: context.model?.uses() ?? [],
    promptVersions: context.model?.promptVersions() ?? {},
    intent: customerIntent ?? unknownIntent(''),
    evidence,
    similarCases,
    toolCalls,
    proposals,
    ...playbookPart(customerIntent, state, options.team),
    warnings,
    degradations,
    timings,
    totalMs: options.totalMs,
  };
  const { handover, draft, draftCritique, withheld } = state;
  if (handover) {
    return { ...base, outcome: 'escalated', handover: handover.summary, holdingReply: handover.holdingReply };
  }
  if (draft && draftCritique && !withheld) {
    const exact = citeExactly(draft, draftCritique, evidence, state.sources);
    return { ...base, ...exact, outcome: 'reply' };
  }
  const reason = withheld?.reason ?? 'no_evidence';
  const message = withheld?.message ?? 'Nothing in the knowledge answers this.';
  const question = clarifyingQuestion({
    ...{ reason, toolCalls, intent: base.intent, team: options.team },
    customerName: context.conversation.customer.name,
  });
  return { ...base, outcome: 'withheld', reason, message, question };
}

/** An intent nobody is sure of has no playbook: its steps would be for another case. */
function playbookPart(
  intent: Intent | null,
  { toolCalls, proposals }: SuggestionState,
  { playbooks, profile }: Team,
): { readonly playbook?: PlaybookProgress } {
  const playbook =
    intent && intent.confidence !== 'low' ? playbooks.find((one) => one.intent === intent.label) : undefined;
  if (!playbook) return {};
  return { playbook: playbookProgress(playbook, { toolCalls, proposals, currency: profile.currency }) };
}
