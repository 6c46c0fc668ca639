import type { Critique } from '../../../shared/domain/critique.js';
import type { Citation, Draft, DraftSentence } from '../../../shared/domain/draft.js';

/**
 * Lets each sentence cite what decided it: a citation of a whole passage is narrowed to the sentence that bears it out, one that was missing
 * or named the wrong passage is put right. Facts and macros a sentence cites stay. Nothing is cited that did not decide. Pure.
 */
export function citeDecisive(draft: Draft, critique: Critique): Draft {
  const sentences = draft.sentences.map((sentence): DraftSentence => {
    const verdict = critique.sentences.find(({ sentenceId }) => sentenceId === sentence.id);
    const decidedBy = verdict?.decidedBy ?? null;
    const isBorneOut = verdict?.support === 'supported' || verdict?.support === 'weak';
    if (!isBorneOut || decidedBy === null) return sentence;
    const isKnown = sentence.citations.some((citation) => isWithin(citation, decidedBy));
    if (isKnown && sentence.citations.every((citation) => !isWider(citation, decidedBy))) return sentence;
    const others = sentence.citations.filter(({ kind }) => kind !== 'evidence' && kind !== decidedBy.kind);
    return { ...sentence, citations: [decidedBy, ...others] };
  });
  return { ...draft, sentences };
}

/** The same fact or macro, or a span the decisive one covers. */
function isWithin(citation: Citation, decisive: Citation): boolean {
  if (citation.kind === 'evidence' && decisive.kind === 'evidence')
    return decisive.span.start <= citation.span.start && citation.span.end <= decisive.span.end;
  if (citation.kind === 'tool' && decisive.kind === 'tool')
    return citation.toolCallId === decisive.toolCallId && citation.factKey === decisive.factKey;
  return citation.kind === 'macro' && decisive.kind === 'macro' && citation.macroId === decisive.macroId;
}

function isWider(citation: Citation, decisive: Citation): boolean {
  return citation.kind === 'evidence' && decisive.kind === 'evidence' && !isWithin(citation, decisive);
}
