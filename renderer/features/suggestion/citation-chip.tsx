import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';

const text = strings.reply;

interface CitationChipProps {
  readonly citation: Citation;
  readonly evidence: readonly Evidence[];
  readonly toolCalls: readonly ToolCall[];
  readonly onOpen: (citation: Citation) => void;
}

/** Where a sentence comes from: a passage and a tool fact can be opened, a macro is named. */
export function CitationChip({ citation, evidence, toolCalls, onOpen }: CitationChipProps) {
  switch (citation.kind) {
    case 'evidence': {
      const source = evidence.find(({ id }) => id === citation.evidenceId);
      const label = text.citeEvidence(citation.evidenceId, source?.articleTitle ?? '', source?.page ?? null);
      return (
        <button
          type="button"
          className="citation"
          aria-label={label}
          title={label}
          onClick={() => onOpen(citation)}
        >
          {citation.evidenceId}
        </button>
      );
    }
    case 'tool': {
      const call = toolCalls.find(({ id }) => id === citation.toolCallId);
      const fact = call?.facts.find(({ key }) => key === citation.factKey);
      const label = text.citeTool(citation.toolCallId, fact?.label ?? call?.title ?? '');
      return (
        <button
          type="button"
          className="citation"
          aria-label={label}
          title={label}
          onClick={() => onOpen(citation)}
        >
          {citation.toolCallId}
        </button>
      );
    }
    case 'macro':
      return (
        <span className="citation" data-kind="macro" title={text.citeMacro(citation.title)}>
          {text.macro}
        </span>
      );
    default:
      return assertNever(citation, 'citation');
  }
}

/** What a citation names: `E1`, `T1`, or null for a macro. */
export function citedId(citation: Citation): string | null {
  switch (citation.kind) {
    case 'evidence':
      return citation.evidenceId;
    case 'tool':
      return citation.toolCallId;
    case 'macro':
      return null;
    default:
      return assertNever(citation, 'citation');
  }
}
