import type { z } from 'zod';

import type { ActionField, Money } from '../../../shared/domain/action.js';
import type { Fact } from '../../../shared/domain/tool-call.js';
import type { ArgumentSource } from './argument-source.js';
import type { ToolCustomer } from './tool.js';

/** What a change would do, before anybody approved it. */
export type ActionPreview =
  | {
      readonly status: 'ready';
      /** Exactly what happens, in words for the rep. */
      readonly effect: string;
      /** Exactly what is called, without secrets. */
      readonly call: string;
      readonly amount: Money | null;
      /** What policy rules look at, by key (`order.daysSinceDelivery`), ready to print. */
      readonly facts: readonly Fact[];
    }
  | { readonly status: 'not_found' | 'refused'; readonly detail: string };

/** How a change ended. `refused`: the system said no and nothing happened. */
export type ActionOutcome =
  | { readonly status: 'succeeded'; readonly facts: readonly Fact[]; readonly proof: string }
  | { readonly status: 'refused'; readonly detail: string };

export interface ActionRun<Input> {
  readonly input: Input;
  readonly customer: ToolCustomer;
  /** The action's id: the same key is done once. */
  readonly key: string;
  /** The conversation it was wished in, by its id at this desk; for a tool that changes the conversation itself. */
  readonly conversationId?: string;
  readonly signal: AbortSignal;
}

/** A tool that changes something: asked for by the tools stage, done only after a person approved it. */
export interface WriteTool<
  Schema extends z.ZodType<Record<string, string>> = z.ZodType<Record<string, string>>,
> {
  /** What policies and playbooks know it by; the same in two accounts of one kind, so that a limit holds for both. */
  readonly name: string;
  /** The connected system it changes something in, and no other; left out for the desk itself. */
  readonly systemId?: string;
  readonly title: string;
  readonly description: string;
  readonly risk: 'write';
  readonly input: Schema;
  readonly fields: readonly ActionField[];
  readonly argumentsFrom: Readonly<Record<string, ArgumentSource>>;
  /** Milliseconds `run` may take before its end counts as unclear. */
  readonly timeLimitMs: number;
  /** Looks, changes nothing; never shows anything of another customer. */
  preview(run: Omit<ActionRun<z.output<Schema>>, 'key'>): Promise<ActionPreview>;
  /** Does it. @throws when nobody knows whether it happened. */
  run(run: ActionRun<z.output<Schema>>): Promise<ActionOutcome>;
  /** False where the system has no way to look a change up, so that only a person can: `readBack` never answers then. */
  readonly canReadBack?: boolean;
  /** Whether the change of `key` was done: its outcome, or null when surely not. @throws when the system does not answer. */
  readBack(run: ActionRun<z.output<Schema>>): Promise<ActionOutcome | null>;
}

/** A change is made, and looked for, in the system it was approved for and in no other; without one it is the desk's own. */
export function findWriteTool(
  tools: readonly WriteTool[],
  name: string,
  systemId: string | undefined,
): WriteTool | null {
  return tools.find((tool) => tool.name === name && tool.systemId === systemId) ?? null;
}
