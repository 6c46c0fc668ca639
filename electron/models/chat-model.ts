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
  /** ISO 639-1 of the language written text must be in; left out, any is taken. */
  readonly expectLanguage?: string;
  /** Given only where the answer depends on no customer: equal needs of one release are then answered once. */
  readonly cacheKey?: AnswerCacheKey;
}

/**
 * What an answer may be kept under. Besides, nothing is kept or taken where a private value was in the turns or is in the
 * answer, so that one customer's facts never reach another.
 */
export interface AnswerCacheKey {
  /** The question in the customer's words; case, marks and white space do not matter. */
  readonly need: string;
  readonly release: string;
  /** Texts the answer is written from, with the ids it cites, in order: sources of one's own change without a release. */
  readonly evidence?: readonly string[];
  /** Version of the prompt that the turns were built with. */
  readonly promptVersion: number;
  /** True when the turns hold results of look-ups: they are facts of one customer, so nothing is kept then. */
  readonly hasToolFacts: boolean;
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
  /** How long one call may take by the settings, in milliseconds. */
  timeLimitMs(task: ModelTask): number;
  /** Why no model may be asked for the task now; null when one may. MODEL_NOT_SET_UP where nobody wants one. */
  obstacle(task: ModelTask): ModelFailure | null;
  /**
   * Writes text; `onText` gets each piece as it comes, restored, never half a placeholder. `onRestart` says that all pieces so
   * far are void and another attempt begins; without it, a call whose first piece was read is not tried again.
   */
  write(
    call: ChatCall,
    onText?: (piece: string) => void,
    onRestart?: () => void,
  ): Promise<ChatOutcome<string>>;
  /** Fills a form: structured output, checked by the schema, with one attempt to repair. */
  fill<S extends z.ZodType>(
    call: ChatCall & { readonly form: S; readonly formName: string },
  ): Promise<ChatOutcome<z.output<S>>>;
  /** Lets the model choose among tools that only read; none is called here. */
  choose(call: ChatCall & { readonly tools: readonly ToolOffer[] }): Promise<ChatOutcome<ToolChoice[]>>;
}
