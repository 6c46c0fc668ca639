import type { z } from 'zod';

import type { ModelFailure, ModelTask, ModelUsage } from '../../shared/domain/model-run.js';

/** One turn of what a model reads. Text of customers, articles and tools is fenced by whoever builds the turn. */
export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What every call says about itself: for routing, budgets, the ledger, and what may leave. */
export interface ChatCall {
  readonly task: ModelTask;
  readonly runId: string;
  /** Whose placeholders are used; the same private value has the same placeholder all through a conversation. */
  readonly conversationId: string;
  readonly turns: readonly ChatTurn[];
  /** Values known to be private here (the customer's name, address, orders), besides what is found in the turns. */
  readonly privateValues: readonly PrivateValue[];
  /** Ends the call and closes its socket. */
  readonly signal: AbortSignal;
}

export interface PrivateValue {
  readonly kind: 'name' | 'email' | 'phone' | 'address' | 'order' | 'account';
  readonly value: string;
}

export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType;
}

export interface ToolChoice {
  readonly name: string;
  /** Parsed by the offer's schema, private values restored. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call that came to something, or why not. Failures are values: the stage goes on with its local strategy. */
export type ChatOutcome<T> =
  | { readonly ok: true; readonly value: T; readonly usage: ModelUsage }
  | { readonly ok: false; readonly failure: ModelFailure };

/**
 * The way to every chat model. Behind it: routing by task, time and token limits, retries, circuit breakers, fallbacks, budgets,
 * the answer cache, the replacement of personal data and the ledger. What comes out has its private values restored.
 */
export interface ChatModel {
  /** Whether a model is set up for the task and may be asked now (key, budget, breaker, privacy mode). */
  isReady(task: ModelTask): boolean;
  /** Writes text; `onText` gets each piece as it comes, restored, never half a placeholder. */
  write(call: ChatCall, onText?: (piece: string) => void): Promise<ChatOutcome<string>>;
  /** Fills a form: structured output, checked by the schema, with one attempt to repair. */
  fill<S extends z.ZodType>(
    call: ChatCall & { readonly form: S; readonly formName: string },
  ): Promise<ChatOutcome<z.output<S>>>;
  /** Lets the model choose among tools that only read; none is called here. */
  choose(call: ChatCall & { readonly tools: readonly ToolOffer[] }): Promise<ChatOutcome<ToolChoice[]>>;
}
