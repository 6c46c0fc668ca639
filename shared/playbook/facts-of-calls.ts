import type { ToolCall } from '../domain/tool-call.js';

/** What look-ups and changes say of one conversation's case. */
export interface KnownFacts {
  /** Null where no call says it, or several orders say different things. */
  readonly valueOf: (key: string) => string | null;
  readonly isAnswered: boolean;
  /** What a person calls a fact; the key where nobody says. */
  readonly labelOf: (key: string) => string;
}

/** What was done goes before what was looked up, the newest change first. Look-ups that differ leave a fact unknown: nobody said which order is meant. */
export function factsOf(calls: readonly ToolCall[]): KnownFacts {
  const answered = calls.filter(({ status }) => status === 'succeeded');
  const valuesIn = (some: readonly ToolCall[], key: string): string[] =>
    some.flatMap(({ facts }) => facts.filter((fact) => fact.key === key).map(({ value }) => value));
  const changes = answered.filter(({ risk }) => risk === 'write');
  const lookUps = answered.filter(({ risk }) => risk === 'read');
  return {
    labelOf: (key) => answered.flatMap(({ facts }) => facts).find((fact) => fact.key === key)?.label ?? key,
    isAnswered: answered.some(({ facts }) => facts.length > 0),
    valueOf(key) {
      const made = valuesIn(changes, key).at(-1);
      if (made !== undefined) return made;
      const seen = [...new Set(valuesIn(lookUps, key))];
      return seen.length === 1 ? (seen[0] ?? null) : null;
    },
  };
}
