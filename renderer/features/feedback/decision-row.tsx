import {
  BookOpen,
  Check,
  Copy,
  CornerDownLeft,
  Pencil,
  Shuffle,
  ThumbsDown,
  type LucideIcon,
} from 'lucide-react';

import type { Feedback, FeedbackAction } from '../../../shared/domain/feedback.js';
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

/** One decision: when, about what, what was done, and how the draft was changed. */
export function DecisionRow({ feedback }: { readonly feedback: Feedback }) {
  const { action, createdAt, intent, outcome, decisionMs, diff } = feedback;
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
        </p>
        {action.kind === 'rejected' && action.comment !== '' && (
          <blockquote className="decision-comment" dir="auto">
            {action.comment}
          </blockquote>
        )}
        {diff.length > 0 && (
          <WordDiff label={text.diff} parts={diff} added={text.added} removed={text.removed} />
        )}
      </div>
    </article>
  );
}
