import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Macro } from '../../../shared/domain/team.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { SourceArticle } from '../state.js';
import { articleUnits } from '../text/article-units.js';

/** What sentences may cite. */
export interface Library {
  readonly evidence: readonly Evidence[];
  readonly sources: readonly SourceArticle[];
  readonly toolCalls: readonly ToolCall[];
  readonly macros: readonly Macro[];
}

/** What one citation points at. `text` must carry the sentence; `context` is what it is read under and may only lend words. */
export interface Cited {
  readonly kind: 'evidence' | 'tool' | 'macro';
  readonly text: string;
  readonly context: string;
  readonly isInternal: boolean;
  readonly validUntil: string | null;
}

/** Resolves the citations of a sentence; null for one that points at nothing. */
export function citedBy(sentence: DraftSentence, library: Library): (Cited | null)[] {
  return sentence.citations.map((citation) => {
    switch (citation.kind) {
      case 'evidence':
        return fromEvidence(citation.evidenceId, citation.span, library);
      case 'tool':
        return fromTool(citation.toolCallId, citation.factKey, library);
      case 'macro': {
        const macro = library.macros.find(({ id }) => id === citation.macroId);
        return macro
          ? { kind: 'macro', text: macro.text, context: macro.title, isInternal: false, validUntil: null }
          : null;
      }
    }
  });
}

function fromEvidence(
  evidenceId: string,
  span: Evidence['span'],
  { evidence, sources }: Library,
): Cited | null {
  const passage = evidence.find(({ id }) => id === evidenceId);
  const article = sources.find(({ articleId }) => articleId === passage?.articleId);
  if (!passage) return null;
  const text = article ? article.markdown.slice(span.start, span.end) : passage.text;
  if (text.trim() === '') return null;
  const unit = article && articleUnits(article.markdown).find((one) => one.span.start === span.start);
  const context = [
    passage.articleTitle,
    ...(unit?.headingPath ?? passage.headingPath),
    unit?.context ?? '',
  ].join(' ');
  return {
    kind: 'evidence',
    text,
    context,
    isInternal: passage.audience === 'internal',
    validUntil: passage.validUntil,
  };
}

/** A call that found nothing can still be cited for what was asked: `input.orderId`. */
function fromTool(toolCallId: string, factKey: string, { toolCalls }: Library): Cited | null {
  const call = toolCalls.find(({ id }) => id === toolCallId);
  const fact = call?.facts.find(({ key }) => key === factKey);
  const asked = factKey.startsWith('input.') ? call?.input[factKey.slice('input.'.length)] : undefined;
  const text = fact?.value ?? asked;
  if (!call || text === undefined) return null;
  return {
    kind: 'tool',
    text,
    context: `${call.title} ${fact?.label ?? ''}`,
    isInternal: false,
    validUntil: null,
  };
}
