import {
  BookOpen,
  Check,
  CheckCheck,
  CircleAlert,
  Clock3,
  Copy,
  CornerDownLeft,
  Pencil,
  Shuffle,
  ThumbsDown,
  type LucideIcon,
} from 'lucide-react';

import type { FeedbackAction } from '../../../shared/domain/feedback.js';
import type { Decision } from '../../../shared/domain/feedback-delivery.js';
import type { FeedbackResolution } from '../../../shared/domain/feedback-event.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { Time, duration } from '../../ui/time.js';
import { WordDiff } from '../../ui/word-diff.js';

const text = strings.feedback;

const icons: Record<FeedbackAction['kind'], LucideIcon> = {
  inserted: CornerDownLeft,
  accepted: Check,
  edited: Pencil,
  copied: Copy,
  rejected: ThumbsDown,
  alternative_requested: Shuffle,
  source_opened: BookOpen,
};

interface DecisionRowProps {
  readonly decision: Decision;
  /** Whether it is on its way to a team; without one nothing is waited for. */
  readonly hasTeam: boolean;
}

/** One decision: when, about what, what was done, how the draft was changed, and what became of it at the team. */
export function DecisionRow({ decision, hasTeam }: DecisionRowProps) {
  const { action, createdAt, intent, outcome, decisionMs, diff, delivery, note } = decision;
  const Icon = icons[action.kind];
  return (
    <article className="decision" data-action={action.kind}>
      <span className="decision-icon">
        <Icon aria-hidden />
      </span>
      <div className="decision-main">
        <p className="decision-head">
          <strong>{text.action[action.kind]}</strong>
          {action.kind === 'rejected' && <Chip tone="warn">{text.reason[action.reason]}</Chip>}
          {action.kind === 'source_opened' && <Chip>{action.evidenceId}</Chip>}
          <Time iso={createdAt} className="decision-time" />
        </p>
        <p className="decision-about">
          {intent === null ? text.noIntent : intent.replaceAll('_', ' ')} · {text.outcome[outcome]}
          {decisionMs > 0 && ` · ${text.after(duration(decisionMs))}`}
          {(delivery.kind === 'delivered' || (delivery.kind === 'waiting' && hasTeam)) && (
            <DeliveryMark kind={delivery.kind} />
          )}
        </p>
        {delivery.kind === 'refused' && (
          <p className="decision-refused">
            <CircleAlert aria-hidden />
            <span>{strings.outbox.refusedFor(delivery.reason)}</span>
          </p>
        )}
        {action.kind === 'rejected' && action.comment !== '' && (
          <blockquote className="decision-comment" dir="auto">
            {action.comment}
          </blockquote>
        )}
        <LetThrough of={action} />
        {diff.length > 0 && (
          <WordDiff label={text.diff} parts={diff} added={text.added} removed={text.removed} />
        )}
        {note && <Note {...note} />}
      </div>
    </article>
  );
}

/** What went out although nothing supported it, by the rep's own choice. */
function LetThrough({ of }: { readonly of: FeedbackAction }) {
  const sentences = of.kind === 'inserted' || of.kind === 'copied' ? (of.unsupported ?? []) : [];
  if (sentences.length === 0) return null;
  return (
    <div className="decision-let-through">
      <p>{text.letThrough}</p>
      {sentences.map((sentence) => (
        <blockquote key={sentence} className="decision-comment" dir="auto">
          {sentence}
        </blockquote>
      ))}
    </div>
  );
}

function DeliveryMark({ kind }: { readonly kind: 'waiting' | 'delivered' }) {
  const Icon = kind === 'waiting' ? Clock3 : CheckCheck;
  return (
    <span className="decision-delivery">
      <Icon aria-hidden />
      {strings.outbox.state[kind]}
    </span>
  );
}

function Note({ note, resolvedBy, resolvedAt }: FeedbackResolution) {
  return (
    <div className="decision-note">
      <p className="decision-note-head">
        <strong>{strings.outbox.noteFrom(resolvedBy)}</strong>
        <Time iso={resolvedAt} className="decision-time" />
      </p>
      <p dir="auto">{note}</p>
    </div>
  );
}
