import type { Critique } from '../../shared/domain/critique.js';
import type { Citation, Draft } from '../../shared/domain/draft.js';
import type { Evidence, Span } from '../../shared/domain/evidence.js';
import type { SourceArticle } from './state.js';
import { articleUnits } from './text/article-units.js';

/**
 * Makes every citation, and what decided each verdict, name evidence that holds its words.
 *
 * Drafting may quote a sentence from another place of an article than the passage the search found, and the check may find the one that
 * decides there. Such a place becomes evidence of its own, so that what the card lists is what the reply says. Pure; evidence keeps its
 * numbers, new places get the next ones.
 */
export function citeExactly(
  draft: Draft,
  critique: Critique,
  evidence: readonly Evidence[],
  sources: readonly SourceArticle[],
): { readonly draft: Draft; readonly critique: Critique; readonly evidence: Evidence[] } {
  const all = [...evidence];

  function exact(citation: Citation): Citation {
    if (citation.kind !== 'evidence') return citation;
    const named = all.find(({ id }) => id === citation.evidenceId);
    if (!named || holds(named.span, citation.span)) return citation;
    const other = all.find(
      ({ articleId, span }) => articleId === named.articleId && holds(span, citation.span),
    );
    if (other) return { ...citation, evidenceId: other.id };
    const source = sources.find(({ articleId }) => articleId === named.articleId);
    if (!source) return citation;
    const added = placeOf(source, citation.span, named, `E${String(all.length + 1)}`);
    all.push(added);
    return { ...citation, evidenceId: added.id };
  }

  const sentences = draft.sentences.map((sentence) => ({
    ...sentence,
    citations: sentence.citations.map(exact),
  }));
  const verdicts = critique.sentences.map((verdict) => ({
    ...verdict,
    decidedBy: verdict.decidedBy && exact(verdict.decidedBy),
  }));
  return {
    draft: { ...draft, sentences },
    critique: { ...critique, sentences: verdicts },
    evidence: all,
  };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function placeOf({ articleId, markdown }: SourceArticle, span: Span, named: Evidence, id: string): Evidence {
  const unit = articleUnits(markdown).find((candidate) => holds(candidate.span, span));
  return {
    ...named,
    id,
    headingPath: [...(unit?.headingPath ?? [])],
    chunkId: `${articleId}@${String(span.start)}-${String(span.end)}`,
    text: markdown.slice(span.start, span.end),
    span,
    lexicalRank: null,
    denseRank: null,
    cosine: null,
  };
}
