import type { PiiSpan } from './pii-set.js';

/** The simplest that is done anywhere: two expressions. */
export function emailAndPhone(text: string): PiiSpan[] {
  const find = (kind: string, pattern: RegExp): PiiSpan[] =>
    Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({
      kind,
      start: index,
      end: index + found.length,
    }));
  return [...find('email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu), ...find('phone', /\+?\d[\d ().-]{7,}\d/gu)];
}

interface Term {
  readonly text: string;
  readonly offset: { readonly start: number; readonly length: number };
}

/** compromise alone: people, mail addresses, phone numbers. Loaded when it is asked for, since that takes half a second. */
export async function createCompromiseBaseline(): Promise<(text: string) => PiiSpan[]> {
  const { default: nlp } = await import('compromise');
  const spans = (kind: string, terms: readonly Term[]): PiiSpan[] =>
    terms.map(({ offset: { start, length } }) => ({ kind, start, end: start + length }));
  return (text) => {
    const read = nlp(text);
    const json = (view: { json: (options: object) => unknown }): Term[] =>
      view.json({ offset: true }) as Term[];
    return [
      ...spans('name', json(read.people())),
      ...spans('email', json(read.emails())),
      ...spans('phone', json(read.phoneNumbers())),
    ];
  };
}
