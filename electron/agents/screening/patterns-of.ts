import type { InjectionPatterns, InjectionTechnique } from './technique.js';

/**
 * Patterns of one technique, in any case, from regular expression sources. `hint` is the source of an alternation in small letters that
 * every text the patterns match holds a part of.
 */
export function patternsOf(
  technique: InjectionTechnique,
  hint: string,
  ...sources: readonly string[]
): InjectionPatterns {
  return { technique, hint: new RegExp(hint), patterns: sources.map((source) => new RegExp(source, 'i')) };
}

/** The technique the first pattern that fits belongs to, null for none. */
export function techniqueOf(text: string, all: readonly InjectionPatterns[]): InjectionTechnique | null {
  const small = text.toLowerCase();
  const found = all.find(
    ({ hint, patterns }) => hint.test(small) && patterns.some((pattern) => pattern.test(text)),
  );
  return found?.technique ?? null;
}
