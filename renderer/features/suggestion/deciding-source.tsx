import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { plainText } from '../../ui/plain-text.js';
import { visibleText } from '../../ui/visible-text.js';

interface DecidingSourceProps {
  readonly citation: Citation;
  readonly evidence: readonly Evidence[];
  readonly toolCalls: readonly ToolCall[];
}

/** What decided the verdict, word for word: the sentence of a passage, the fact of a tool, the macro. */
export function DecidingSource({ citation, evidence, toolCalls }: DecidingSourceProps) {
  switch (citation.kind) {
    case 'evidence': {
      const passage = evidence.find(({ id }) => id === citation.evidenceId);
      if (!passage) return null;
      return (
        <figure className="deciding">
          <blockquote dir="auto">{visibleText(plainText(citedWords(passage, citation.span)))}</blockquote>
          <figcaption>
            {citation.evidenceId} · {passage.articleTitle}
          </figcaption>
        </figure>
      );
    }
    case 'tool': {
      const call = toolCalls.find(({ id }) => id === citation.toolCallId);
      const fact = call?.facts.find(({ key }) => key === citation.factKey);
      if (!call) return null;
      return (
        <figure className="deciding">
          <blockquote dir="auto">
            {visibleText(fact ? `${fact.label}: ${fact.value}` : call.detail)}
          </blockquote>
          <figcaption>
            {citation.toolCallId} · {call.title}
          </figcaption>
        </figure>
      );
    }
    case 'macro':
      return (
        <figure className="deciding">
          <figcaption>{strings.reply.citeMacro(citation.title)}</figcaption>
        </figure>
      );
    default:
      return assertNever(citation, 'citation');
  }
}

/** The cited part of a passage; the whole passage where the citation lies outside of it. */
function citedWords({ text: passage, span }: Evidence, cited: Evidence['span']): string {
  const words = passage.slice(Math.max(0, cited.start - span.start), Math.max(0, cited.end - span.start));
  return words.trim() === '' ? passage : words;
}
