import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import type { Fact } from '../../../shared/domain/tool-call.js';
import { plainText } from '../declared/plain-text.js';

/** All facts of one answer together. */
const MAX_TOTAL = 8 * 1024;
const MAX_VALUE = 500;
const MAX_FACTS = 40;
const MAX_DEPTH = 4;

/**
 * What an answer says: each value of its structured content, or else its texts as one fact. `subject` begins the keys: `get_invoice.total`. Values
 * are data of a stranger; what in them speaks to an assistant is taken out by the run, as for every system.
 */
export function factsOf(
  { structuredContent, content }: CallToolResult,
  subject: string,
  label: string,
): Fact[] {
  const values =
    structuredContent === undefined
      ? [{ path: ['text'], value: textOf(content) }]
      : leaves(structuredContent, [], MAX_DEPTH);
  const facts: Fact[] = [];
  let left = MAX_TOTAL;
  for (const { path, value } of values) {
    const isText = structuredContent === undefined;
    const text = plainText(value, Math.min(isText ? MAX_TOTAL : MAX_VALUE, left));
    if (text === '' || left <= 0 || facts.length >= MAX_FACTS) continue;
    left -= text.length;
    facts.push({
      key: [subject, ...path.map((part) => part.replaceAll(/[^a-zA-Z0-9_]/gu, '_').slice(0, 40))].join('.'),
      label: isText ? label : plainText(path.join(' '), 80),
      value: text,
    });
  }
  return facts;
}

const textOf = (content: CallToolResult['content']): string =>
  content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

/** What an answer says in words, for the rep alone. */
export const wordsOf = ({ content }: CallToolResult): string => plainText(textOf(content), 200);

function leaves(
  value: unknown,
  path: readonly string[],
  depth: number,
): { readonly path: readonly string[]; readonly value: string }[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ path: path.length === 0 ? ['value'] : path, value: String(value) }];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value)
    .slice(0, MAX_FACTS)
    .flatMap(([key, one]) =>
      leaves(one, [...path, Array.isArray(value) ? String(Number(key) + 1) : key], depth - 1),
    );
}
