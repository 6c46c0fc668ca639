import type { Macro } from '../../../shared/domain/team.js';
import { sentencesOf } from '../text/sentences.js';
import type { FactBook } from './fact-book.js';
import type { Statement } from './statement.js';

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g;

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** Puts facts into a text; null when one is missing, so that a hole never reaches a customer. */
export function fillPlaceholders(text: string, value: (key: string) => string | null): string | null {
  const filled = text.replace(PLACEHOLDER, (whole, key: string) => value(key) ?? whole);
  const hasHole = placeholdersOf(text).some((key) => value(key) === null);
  return hasHole ? null : filled;
}

/**
 * Writes a macro out sentence by sentence, each citing the macro and the facts in it; null when a placeholder cannot be filled.
 * Sentences are split before filling: a fact may hold a full stop.
 */
export function macroSentences(macro: Macro, facts: FactBook): Statement[] | null {
  const statements: Statement[] = [];
  for (const { text } of sentencesOf(macro.text)) {
    const filled = fillPlaceholders(text, (key) => facts.value(key));
    if (filled === null) return null;
    const isQuestion = filled.endsWith('?');
    const isApology = /^(?:i am|i'm|we are|we're) (?:very )?sorry\b|^(?:thank you|thanks)\b/i.test(filled);
    statements.push({
      text: filled,
      role: isQuestion ? 'question' : isApology ? 'courtesy' : 'claim',
      citations: [
        { kind: 'macro', macroId: macro.id, title: macro.title },
        ...facts.cite(...new Set(placeholdersOf(text))),
      ],
      lead: statements.length === 0 ? 'paragraph' : 'space',
    });
  }
  return statements;
}

/**
 * The macro that says most about this order: fillable, with the most shipment facts in it, then the most facts.
 * Macros without any fact (a question, a holding reply) are not about an order.
 */
export function bestMacro(macros: readonly Macro[], facts: FactBook): Macro | null {
  const fillable = macros
    .map((macro) => ({ macro, keys: [...new Set(placeholdersOf(macro.text))] }))
    .filter(({ keys }) => keys.length > 0 && keys.every((key) => facts.value(key) !== null))
    .map(({ macro, keys }) => ({
      macro,
      keys,
      shipment: keys.filter((key) => key.startsWith('shipment.')).length,
    }))
    .sort((a, b) => b.shipment - a.shipment || b.keys.length - a.keys.length);
  return fillable[0]?.macro ?? null;
}
