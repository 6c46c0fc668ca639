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
import { Skeleton } from '../../ui/skeleton.js';
import type { CardHandlers } from './card-handlers.js';
import type { ReadyCard } from './card-state.js';
import { groundedness, showsModelText } from './card-view.js';
import { ModelLine } from './model-line.js';
import { ReplyText } from './reply-text.js';
import { useSuggestion } from './suggestion-store.js';
import { toolCallElementId } from './tool-facts.js';

const text = strings.verdict;

interface ReplySectionProps extends Omit<ReplyProps, 'sentences' | 'critique'> {
  readonly suggestion: Extract<Suggestion, { outcome: 'reply' }>;
  readonly card: ReadyCard;
}

/** The reply with its verdicts, what was found about it as a whole, and the way back from the rep's own changes. */
export function ReplySection({ suggestion, card, ...rest }: ReplySectionProps) {
  const { draft, critique } = suggestion;
  const { title, variant } = strings.reply;
  // A conflict of sources stands among the warnings already.
  const issues = critique.issues.filter(({ kind }) => kind !== 'sources_conflict');
  const rewriting = useSuggestion((state) =>
    state.rewriting?.runId === suggestion.runId ? state.rewriting : null,
  );
  if (showsModelText(card))
    return (
      <Section title={title} aside={<Chip>{strings.reply.streaming}</Chip>}>
        <div className="reply-layers" aria-busy="true">
          <div data-hidden aria-hidden="true" inert>
            <Reply sentences={draft.sentences} critique={critique} {...rest} />
          </div>
          <ModelText card={card} {...rest} />
        </div>
        <ModelLine card={card} handlers={rest.handlers} />
      </Section>
    );
  return (
    <Section
      title={draft.variant === 'standard' ? title : `${title} · ${variant[draft.variant]}`}
      aside={
        rewriting ? (
          <Chip>{strings.rewrite.working(strings.rewrite.action[rewriting.action.kind])}</Chip>
        ) : (
          <Groundedness sentences={draft.sentences} critique={critique} />
        )
      }
    >
      <Reply sentences={draft.sentences} critique={critique} {...rest} />
      {issues.length > 0 && (
        <ul className="reply-findings" aria-label={text.ofReply}>
          {issues.map(({ kind, message }) => (
            <li key={`${kind} ${message}`} data-finding={kind}>
              <MessageCircleQuestion aria-hidden />
              <span>
                <strong>{text.finding[kind]}</strong> {message}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ModelLine card={card} handlers={rest.handlers} />
      {card.original && (
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

/** What a model is writing: not checked yet, so without verdicts. */
function ModelText({ card, ...rest }: Omit<ReplySectionProps, 'suggestion'>) {
  const sentences = card.modelRun?.sentences ?? [];
  return (
    <div data-writing>
      <Reply
        {...rest}
        sentences={sentences}
        critique={null}
        evidence={card.modelRun?.evidence ?? rest.evidence}
      />
      <Skeleton widths={[45]} />
    </div>
  );
}

/** What a model does where the local engine had no reply. */
export function ModelBeside({ card, ...rest }: Omit<ReplySectionProps, 'suggestion'>) {
  if (!showsModelText(card)) return <ModelLine card={card} handlers={rest.handlers} />;
  return (
    <Section title={strings.reply.title} aside={<Chip>{strings.reply.streaming}</Chip>}>
      <ModelText card={card} {...rest} />
      <ModelLine card={card} handlers={rest.handlers} />
    </Section>
  );
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
