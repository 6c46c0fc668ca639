import type { Critique } from '../../../shared/domain/critique.js';
import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence, Span } from '../../../shared/domain/evidence.js';

/**
 * Makes what decided each verdict lie in the passage it names, where no passage can be added any more: another passage of the article that
 * holds it is named instead; what reaches over the end of all is cut to the passage that holds most of it; what lies in none decides without
 * a place. Facts and macros stay. Pure.
 */
export function decidedWithin(critique: Critique, evidence: readonly Evidence[]): Critique {
  const sentences = critique.sentences.map((verdict) => ({
    ...verdict,
    decidedBy: verdict.decidedBy && within(verdict.decidedBy, evidence),
  }));
  return { ...critique, sentences };
}

function within(citation: Citation, evidence: readonly Evidence[]): Citation | null {
  if (citation.kind !== 'evidence') return citation;
  const named = evidence.find(({ id }) => id === citation.evidenceId);
  if (!named) return null;
  // The named one first, so that it stays where two hold the same.
  const places = [named, ...evidence.filter(({ articleId }) => articleId === named.articleId)].map(
    ({ id, span }) => ({ evidenceId: id, span: common(span, citation.span) }),
  );
  const best = places.reduce((most, place) => (lengthOf(place.span) > lengthOf(most.span) ? place : most));
  return lengthOf(best.span) > 0 ? { kind: 'evidence', ...best } : null;
}

const common = (one: Span, other: Span): Span => ({
  start: Math.max(one.start, other.start),
  end: Math.min(one.end, other.end),
});

const lengthOf = ({ start, end }: Span): number => Math.max(0, end - start);
