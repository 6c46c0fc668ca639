import type { Span } from '../domain/evidence.js';
import type { GuardrailRule } from '../domain/guardrail-rule.js';
import { compiled, MATCHED_CHARACTERS, patternProblem } from './rule-pattern.js';

/** A rule that a text breaks, and the first words that do. */
export interface RuleMatch {
  readonly rule: GuardrailRule;
  readonly words: Span;
}

/** Patterns of the rules in force; a rule is matched against every sentence. */
const known = new Map<string, RegExp | null>();
const MAX_KNOWN = 500;

/** The rules of one side that a text breaks, in their order; rules whose pattern is refused match nothing. Reads the first 1,000 characters. */
export function matchRules(
  text: string,
  rules: readonly GuardrailRule[],
  appliesTo: GuardrailRule['appliesTo'],
): RuleMatch[] {
  const read = text.slice(0, MATCHED_CHARACTERS);
  return rules
    .filter((rule) => rule.appliesTo === appliesTo)
    .flatMap((rule) => {
      const places = rule.phrases.flatMap((phrase) => placeOf(read, phrase, rule.match) ?? []);
      const [words] = places.sort((a, b) => a.start - b.start);
      return words ? [{ rule, words }] : [];
    });
}

function placeOf(text: string, phrase: string, match: GuardrailRule['match']): Span | null {
  const pattern = patternFor(phrase, match);
  if (!pattern) return null;
  pattern.lastIndex = 0;
  const found = pattern.exec(text);
  return found && found[0] !== '' ? { start: found.index, end: found.index + found[0].length } : null;
}

function patternFor(phrase: string, match: GuardrailRule['match']): RegExp | null {
  const key = `${match} ${phrase}`;
  const made = known.get(key);
  if (made !== undefined) return made;
  if (known.size > MAX_KNOWN) known.clear();
  const pattern =
    match === 'words' ? wordsPattern(phrase) : patternProblem(phrase) === null ? compiled(phrase) : null;
  known.set(key, pattern);
  return pattern;
}

/** The words one after the other, in any case, whatever blanks are between them, not inside longer words. */
function wordsPattern(phrase: string): RegExp | null {
  const words = phrase
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&'));
  return words.join('') === ''
    ? null
    : compiled(`(?<![\\p{L}\\p{N}])${words.join('\\s{1,9}').replaceAll('\\-', '-')}(?![\\p{L}\\p{N}])`);
}
