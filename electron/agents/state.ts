import type { ProposedChange } from '../../shared/domain/action.js';
import type { Critique } from '../../shared/domain/critique.js';
import type { Draft } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import type { Entity, Intent } from '../../shared/domain/intent.js';
import type { ModelRunEnd } from '../../shared/domain/model-run.js';
import type {
  Degradation,
  HandoverSummary,
  StageTiming,
  Warning,
  WithheldReason,
} from '../../shared/domain/suggestion.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import type { IntentStageResult } from './intent/intent-output.js';
import type { OrderQuestion } from './order-question.js';

type LangGraph = typeof import('@langchain/langgraph');

export type CustomerTurn = IntentStageResult['customerTurn'];

/** An article a reply may quote, whole, so that a citation can name its exact place. Public ones only. */
export interface SourceArticle {
  readonly articleId: string;
  readonly title: string;
  readonly category: string;
  readonly product: string | null;
  readonly validUntil: string | null;
  readonly markdown: string;
}

/** What the search said about itself. */
export interface SearchVerdict {
  readonly isAnswerable: boolean;
  readonly confidence: number;
  readonly mode: 'hybrid' | 'lexical';
}

/** Why no reply is offered, as the card says it. */
export interface Withheld {
  readonly reason: WithheldReason;
  readonly message: string;
}

/** The handover and what the rep may send until the next human is there. */
export interface Handover {
  readonly summary: HandoverSummary;
  readonly holdingReply: Draft | null;
}

const replace = <T>(_before: T, after: T): T => after;

/** Joins two lists in order and keeps the first of equals, so that a stage that runs again says nothing twice. */
export function addNew<T>(before: readonly T[], after: readonly T[]): T[] {
  const seen = new Set(before.map((item) => JSON.stringify(item)));
  return [...before, ...after.filter((item) => !seen.has(JSON.stringify(item)))];
}

/**
 * The one state all stages share; stages never talk to each other in any other way.
 *
 * The conversation is not in it: it belongs to the helpdesk, may have 10,000 messages, and would be written to disk at every step.
 * It travels beside the state, in the run's context. LangGraph wants field names apart from node names, hence `customerIntent` and
 * `draftCritique`. A function, since LangGraph costs 0.4 s to load and is loaded when first needed.
 */
export function suggestionState({ Annotation }: LangGraph) {
  const list = <T>() => Annotation<T[], readonly T[]>({ reducer: addNew, default: () => [] });
  const slot = <T>() => Annotation<T | null>({ reducer: replace, default: () => null });
  const latest = <T>() => Annotation<T[]>({ reducer: replace, default: () => [] });
  return Annotation.Root({
    /** The newest messages of the customer as one text. Written by intent; a later write replaces it. */
    customerTurn: slot<CustomerTurn>(),
    /** What the customer wants and how they are. Written by intent; a later write replaces it. */
    customerIntent: slot<Intent>(),
    /** What is concrete in files the customer sent; private like what they wrote. Written by intent; a later write replaces it. */
    fileEntities: latest<Entity>(),
    /** Passages with their `E` numbers, best first, internal ones included. Written by retrieval; a later write replaces it. */
    evidence: latest<Evidence>(),
    /** Passages of past conversations with their `C` numbers, best first. Written by retrieval; a later write replaces it. */
    similarCases: latest<Evidence>(),
    /** The public articles the best passages come from, best first. Written by retrieval; a later write replaces it. */
    sources: latest<SourceArticle>(),
    /** How sure the search is; null when it could not run. Written by retrieval; a later write replaces it. */
    search: slot<SearchVerdict>(),
    /** Calls with their `T` numbers and facts. Written by tools; a later write replaces it. */
    toolCalls: latest<ToolCall>(),
    /** Changes that may be due; each waits for a person. Written by tools; a later write replaces it. */
    proposals: latest<ProposedChange>(),
    /** What to ask before an order can be looked up, null when nothing is missing. Written by tools; a later write replaces it. */
    orderQuestion: slot<OrderQuestion>(),
    /** What the customer asks, each question clear alone; empty where nobody took them apart. Written by retrieval; a later write replaces it. */
    questions: latest<string>(),
    /** Why the model brought no reply, null while it may. Written by drafting; a later write replaces it. */
    modelEnd: slot<ModelRunEnd>(),
    /** The reply. Written by drafting, again after each revision; a later write replaces it. */
    draft: slot<Draft>(),
    /** The verdict on `draft`. Written by critique; a later write replaces it. */
    draftCritique: slot<Critique>(),
    /** Texts of sentences critique turned down, which drafting must not write again. Written by critique; writes are joined. */
    rejectedTexts: list<string>(),
    /** Why there is no reply, null while there may be one. Written by the join and by critique; a later write replaces it. */
    withheld: slot<Withheld>(),
    /** What the next human needs. Written by escalation; a later write replaces it. */
    handover: slot<Handover>(),
    /** What the rep must know first. Written by every stage; writes are joined, equal ones once. */
    warnings: list<Warning>(),
    /** What could not be done. Written by every stage and by the stage runner; writes are joined, equal ones once. */
    degradations: list<Degradation>(),
    /** How long each stage took. Written by the stage runner only; writes are joined. */
    timings: list<StageTiming>(),
  });
}

export type SuggestionState = ReturnType<typeof suggestionState>['State'];
/** What a stage changes; fields it leaves out stay as they are. */
export type StateUpdate = Partial<SuggestionState>;
