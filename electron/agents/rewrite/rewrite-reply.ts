import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import { createReplyReader, type WrittenSentence } from '../writing/reply-reader.js';
import { roleOf } from '../writing/sentence-role.js';

/** A reply as a model gets it to rewrite: one sentence a line, its citations as ids that are its own (`A1`, `A2`, ...). */
export interface MarkedReply {
  readonly text: string;
  /** What each id stands for. */
  readonly citations: ReadonlyMap<string, readonly Citation[]>;
}

/** Marks each sentence that cites something; citations travel as one id a sentence, so that none can be torn from its facts. */
export function markReply(sentences: readonly DraftSentence[]): MarkedReply {
  const citations = new Map<string, readonly Citation[]>();
  const lines = sentences.map((sentence, at) => {
    const gap = at > 0 && sentence.lead === 'paragraph' ? '\n' : '';
    if (sentence.citations.length === 0) return `${gap}${sentence.text}`;
    const id = `A${String(citations.size + 1)}`;
    citations.set(id, sentence.citations);
    return `${gap}${sentence.text} [${id}]`;
  });
  return { text: lines.join('\n'), citations };
}

/** Reads a rewritten reply back; ids that were not given are dropped, and with them the evidence of their sentence. */
export function readRewritten(text: string, { citations }: MarkedReply): DraftSentence[] {
  const reader = createReplyReader();
  const written: WrittenSentence[] = [...reader.push(text), ...reader.end()];
  return written.map(({ text: words, marks, lead }, at) => {
    const cited = marks.flatMap((mark) => citations.get(mark.toUpperCase()) ?? []);
    const role = roleOf(words);
    return { id: `S${String(at + 1)}`, text: words, role, citations: role === 'courtesy' ? [] : cited, lead };
  });
}

/** Ids of evidence that the new text does not use any more; a shorter one may leave some out. */
export function lostCitations(
  before: MarkedReply,
  after: readonly DraftSentence[],
  action: RewriteAction,
): number {
  if (action.kind === 'shorter') return 0;
  const used = new Set(after.flatMap(({ citations }) => citations.map((one) => JSON.stringify(one))));
  return [...before.citations.values()].filter((all) => !all.some((one) => used.has(JSON.stringify(one))))
    .length;
}

/** The sentences of a text of the rep's own: none cites anything. */
export function ownSentences(text: string): DraftSentence[] {
  return readRewritten(text, { text, citations: new Map() });
}
