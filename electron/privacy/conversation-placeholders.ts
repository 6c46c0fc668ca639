import type { PersonalKind } from '../../shared/domain/personal-data.js';
import { canonicalValue } from './canonical-value.js';
import type { PlaceholderStore } from './placeholder-store.js';
import { numberIn, placeholderOf, type Placeholder } from './placeholder.js';

/** The placeholders of one conversation and what stands behind them. Values are in memory only. */
export interface ConversationPlaceholders {
  /** The placeholder of a value, the same for each of its spellings; a new one for a value that is new. */
  of(kind: PersonalKind | 'literal', value: string): Placeholder;
  /** Null for a placeholder nobody was given, or whose value was not seen since the start. */
  valueOf(placeholder: Placeholder): string | null;
  /** Names met so far, as they were written. */
  names(): readonly string[];
}

/**
 * Placeholders of a conversation. A name of several words is a person, `NAME_1`; their first and last name alone are `NAME_1_FIRST` and
 * `NAME_1_LAST`, unless two people share it.
 */
export function conversationPlaceholders(
  store: PlaceholderStore,
  conversationId: string,
): ConversationPlaceholders {
  const values = new Map<Placeholder, string>();
  const known = new Map<string, Placeholder>();
  const given = new Set(store.all(conversationId));
  /** Plain names of people by their placeholder. */
  const people = new Map<Placeholder, string>();

  const next = (kind: PersonalKind | 'literal'): Placeholder => {
    const highest = [...given].reduce((max, one) => Math.max(max, numberIn(one, kind) ?? 0), 0);
    return placeholderOf(kind, highest + 1);
  };

  const partOfPerson = (name: string): Placeholder | null => {
    const parts = [...people].flatMap(([person, full]) => {
      if (full.startsWith(`${name} `)) return [`${person}_FIRST`];
      return full.endsWith(` ${name}`) ? [`${person}_LAST`] : [];
    });
    const [only, ...others] = parts;
    return only !== undefined && others.length === 0 && !given.has(only) ? only : null;
  };

  const assign = (kind: PersonalKind | 'literal', plain: string): Placeholder => {
    const placeholder = (kind === 'name' && partOfPerson(plain)) || next(kind);
    given.add(placeholder);
    store.keep(conversationId, JSON.stringify([kind, plain]), placeholder);
    return placeholder;
  };

  return {
    of(kind, value) {
      const plain = canonicalValue(kind, value);
      const key = JSON.stringify([kind, plain]);
      const placeholder = known.get(key) ?? store.find(conversationId, key) ?? assign(kind, plain);
      known.set(key, placeholder);
      if (!values.has(placeholder)) values.set(placeholder, value);
      if (kind === 'name' && plain.includes(' ') && !/_(?:FIRST|LAST)$/u.test(placeholder))
        people.set(placeholder, plain);
      return placeholder;
    },
    valueOf: (placeholder) => values.get(placeholder) ?? null,
    names: () => [...values].filter(([one]) => numberIn(one, 'name') !== null).map(([, value]) => value),
  };
}
