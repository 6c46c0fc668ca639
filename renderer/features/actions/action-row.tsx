import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  Hourglass,
  LoaderCircle,
  ShieldQuestion,
  type LucideIcon,
} from 'lucide-react';

import type { Action, ActionStatus, RuleSource } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { ActionDetails } from './action-details.js';
import { useActions } from './actions-store.js';
import { isFromEarlier, type AnsweredMessage } from './earlier-change.js';

const text = strings.changes;

const look: Record<ActionStatus, { readonly icon: LucideIcon; readonly tone: Tone }> = {
  waiting_for_rep: { icon: ShieldQuestion, tone: 'accent' },
  waiting_for_lead: { icon: Hourglass, tone: 'warn' },
  approved: { icon: LoaderCircle, tone: 'accent' },
  running: { icon: LoaderCircle, tone: 'accent' },
  succeeded: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleX, tone: 'bad' },
  unclear: { icon: CircleHelp, tone: 'warn' },
  refused: { icon: Ban, tone: 'neutral' },
};

/** One change in a line, and all of it when it is opened. */
export function ActionRow({
  action,
  answered,
  onOpenSource,
}: {
  readonly action: Action;
  readonly answered: AnsweredMessage;
  readonly onOpenSource: (source: RuleSource) => void;
}) {
  const { id, title, effect, detail, status } = action;
  const isOpen = useActions((state) => state.openId === id);
  const toggle = useActions((state) => state.toggle);
  const cannot = status === 'waiting_for_rep' && effect === '';
  const { icon: Icon, tone } = cannot ? { icon: Ban, tone: 'neutral' as const } : look[status];
  return (
    <li className="action" data-status={status} data-cannot={cannot || undefined}>
      <button type="button" className="action-head" aria-expanded={isOpen} onClick={() => toggle(id)}>
        <span className="action-title">{title}</span>
        <span className="action-effect" dir="auto">
          {effect || detail}
        </span>
        {isFromEarlier(action, answered) && <span className="action-earlier">{text.earlier}</span>}
        <Chip tone={tone} icon={<Icon aria-hidden />}>
          {cannot ? text.cannot : text.status[status]}
        </Chip>
      </button>
      {isOpen && <ActionDetails action={action} onOpenSource={onOpenSource} />}
    </li>
  );
}
