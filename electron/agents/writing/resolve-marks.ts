import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Fact, ToolCall } from '../../../shared/domain/tool-call.js';
import type { SourceArticle } from '../state.js';
import { coverage, stemSet } from '../text/words.js';
import { narrowSpan } from './narrow-span.js';

/** What a reply of this run may cite. */
export interface Citable {
  /** The passages the writer was shown; the id of another one is worth nothing. */
  readonly passages: readonly Evidence[];
  readonly sources: readonly SourceArticle[];
  readonly toolCalls: readonly ToolCall[];
}

/** Values this short occur in sentences by accident. */
const MIN_OWN_VALUE = 4;

/**
 * Turns the ids a model wrote behind a sentence into citations. Ids of nothing it was shown are dropped; a sentence that is left with none
 * is one without evidence, which critique sees. A passage is narrowed to the place that carries the sentence. A call cited without a fact
 * means the facts whose values the sentence states, and so does a fact the sentence states word for word besides what it cites.
 */
export function resolveMarks(marks: readonly string[], text: string, citable: Citable): Citation[] {
  const { passages, sources, toolCalls } = citable;
  const citations: Citation[] = [];
  const add = (citation: Citation): void => {
    if (!citations.some((known) => keyOf(known) === keyOf(citation))) citations.push(citation);
  };
  for (const mark of marks) {
    const [id, factKey] = splitMark(mark);
    const passage = passages.find((one) => one.id === id);
    if (passage) {
      const source = sources.find(({ articleId }) => articleId === passage.articleId) ?? null;
      add({ kind: 'evidence', evidenceId: id, span: narrowSpan(text, passage, source) });
      continue;
    }
    const call = toolCalls.find((one) => one.id === id);
    if (call)
      for (const key of factsOf(call, factKey, text)) add({ kind: 'tool', toolCallId: id, factKey: key });
  }
  if (citations.length === 0) return citations;
  for (const call of toolCalls)
    for (const { key, value } of call.facts)
      if (isOwn(value) && states(text, value)) add({ kind: 'tool', toolCallId: call.id, factKey: key });
  return citations;
}

function splitMark(mark: string): [string, string | undefined] {
  const [id = '', ...rest] = mark.split(':');
  return [id.toUpperCase(), rest.length === 0 ? undefined : rest.join(':')];
}

function factsOf({ facts, input }: ToolCall, factKey: string | undefined, text: string): string[] {
  const keys = [...facts.map(({ key }) => key), ...Object.keys(input).map((name) => `input.${name}`)];
  const named = keys.find((key) => key.toLowerCase() === factKey?.toLowerCase());
  if (named !== undefined) return [named];
  if (facts.length === 0) return keys.slice(0, 1);
  const stated = facts.filter(({ value }) => states(text, value));
  if (stated.length > 0) return stated.map(({ key }) => key);
  const closest = closestFact(facts, text);
  return closest === null ? [] : [closest.key];
}

/** The fact whose label and value share most with the sentence; null when none shares anything. */
function closestFact(facts: readonly Fact[], text: string): Fact | null {
  const said = stemSet(text);
  let best: { fact: Fact; share: number } | null = null;
  for (const fact of facts) {
    const share = coverage(stemSet(`${fact.label} ${fact.value}`), said);
    if (share > 0 && (best === null || share > best.share)) best = { fact, share };
  }
  return best?.fact ?? null;
}

function isOwn(value: string): boolean {
  return value.length >= MIN_OWN_VALUE && /\d/u.test(value);
}

function states(text: string, value: string): boolean {
  const words = (one: string): string =>
    ` ${one
      .toLowerCase()
      .replace(/[^\p{L}\p{N}.-]+/gu, ' ')
      .replace(/\.(?= |$)/gu, '')
      .trim()} `;
  return value.trim() !== '' && words(text).includes(words(value));
}

function keyOf(citation: Citation): string {
  switch (citation.kind) {
    case 'evidence':
      return citation.evidenceId;
    case 'tool':
      return `${citation.toolCallId} ${citation.factKey}`;
    case 'macro':
      return `macro ${citation.macroId}`;
  }
}
