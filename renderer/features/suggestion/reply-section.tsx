import { CircleCheck, MessageCircleQuestion, TriangleAlert, Undo2 } from 'lucide-react';

import type { Critique } from '../../../shared/domain/critique.js';
import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import type { CardHandlers } from './card-handlers.js';
import { groundedness } from './card-view.js';
import { ReplyText } from './reply-text.js';
import { toolCallElementId } from './tool-facts.js';

const text = strings.verdict;

interface ReplySectionProps extends Omit<ReplyProps, 'sentences' | 'critique'> {
  readonly suggestion: Extract<Suggestion, { outcome: 'reply' }>;
  readonly isChanged: boolean;
}

/** The reply with its verdicts, what was found about it as a whole, and the way back from the rep's own changes. */
export function ReplySection({ suggestion, isChanged, ...rest }: ReplySectionProps) {
  const { draft, critique } = suggestion;
  const { title, variant } = strings.reply;
  return (
    <Section
      title={draft.variant === 'standard' ? title : `${title} · ${variant[draft.variant]}`}
      aside={<Groundedness sentences={draft.sentences} critique={critique} />}
    >
      <Reply sentences={draft.sentences} critique={critique} {...rest} />
      {critique.issues.length > 0 && (
        <ul className="reply-findings" aria-label={text.ofReply}>
          {critique.issues.map(({ kind, message }) => (
            <li key={`${kind} ${message}`} data-finding={kind}>
              <MessageCircleQuestion aria-hidden />
              <span>
                <strong>{text.finding[kind]}</strong> {message}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isChanged && (
        <p className="reply-changed">
          <span>{text.changed}</span>
          <Button
            variant="quiet"
            icon={<Undo2 aria-hidden />}
            keyHint="Z"
            aria-label={text.restoreLabel}
            onClick={rest.handlers.restore}
          >
            {text.restore}
          </Button>
        </p>
      )}
    </Section>
  );
}

interface ReplyProps {
  readonly sentences: readonly DraftSentence[];
  readonly critique: Critique | null;
  readonly evidence: readonly Evidence[];
  readonly toolCalls: readonly ToolCall[];
  readonly onHighlight: (ids: readonly string[]) => void;
  readonly handlers: CardHandlers;
}

/** Sentences with what they stand on; `critique` is null while they are written and where none is needed. */
export function Reply({ handlers, ...props }: ReplyProps) {
  function open(citation: Citation): void {
    if (citation.kind === 'tool') {
      const block = document.getElementById(toolCallElementId(citation.toolCallId));
      block?.scrollIntoView({ block: 'nearest' });
      block?.focus();
    }
    if (citation.kind === 'evidence') {
      const source = props.evidence.find(({ id }) => id === citation.evidenceId);
      if (source) handlers.openSource(source, citation.span);
    }
  }
  return (
    <ReplyText {...props} onOpenCitation={open} onTakeFix={handlers.takeFix} onTakeOut={handlers.takeOut} />
  );
}

function Groundedness(props: { readonly sentences: readonly DraftSentence[]; readonly critique: Critique }) {
  const { supported, claims } = groundedness(props.sentences, props.critique);
  const unsupported = props.critique.sentences.filter(({ support }) => support === 'unsupported').length;
  const isWhole = supported === claims && unsupported === 0;
  return (
    <Chip
      tone={isWhole ? 'good' : unsupported > 0 ? 'bad' : 'warn'}
      icon={isWhole ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
    >
      {unsupported > 0 ? text.toCheck(unsupported) : strings.reply.grounded(supported, claims)}
    </Chip>
  );
}
