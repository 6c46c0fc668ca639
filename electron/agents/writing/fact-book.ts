import type { Citation } from '../../../shared/domain/draft.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { ofOneSystem } from '../tools/several-systems.js';

/** The facts of a run by key, with the call each came from. */
export interface FactBook {
  value(key: string): string | null;
  /** Citations of the given keys, in order; keys without a fact are left out. */
  cite(...keys: readonly string[]): Citation[];
}

/** With two orders, the first named one is the one that is talked about; its facts win. */
export function createFactBook(toolCalls: readonly ToolCall[]): FactBook {
  const facts = new Map<string, { value: string; toolCallId: string }>();
  for (const { id, facts: found } of ofOneSystem(toolCalls)) {
    for (const { key, value, original, isReplaced } of found) {
      // A record that speaks to the assistant is no source of a reply, not even the rest of it.
      if ((original === undefined || isReplaced === true) && !facts.has(key))
        facts.set(key, { value, toolCallId: id });
    }
  }
  return {
    value: (key) => facts.get(key)?.value ?? null,
    cite: (...keys) =>
      keys.flatMap((factKey) => {
        const fact = facts.get(factKey);
        return fact ? [{ kind: 'tool' as const, toolCallId: fact.toolCallId, factKey }] : [];
      }),
  };
}
