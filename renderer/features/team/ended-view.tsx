import { CircleAlert } from 'lucide-react';
import type { RefObject } from 'react';

import type { TeamStatus } from '../../../shared/domain/team-status.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { shortTime } from '../../ui/time.js';
import { LeaveQuestion } from './leave-question.js';
import { useTeam } from './team-store.js';

const text = strings.team.ended;

/** Of what is here of the team. */
function whatBecame({ isWiped, error }: EndedViewProps['status']): string {
  if (isWiped) return text.isGone;
  return error.code === 'HUB_MEMBER_WIPED' ? text.isOwed : text.stays;
}

interface EndedViewProps {
  readonly status: Extract<TeamStatus, { readonly kind: 'ended' }>;
  readonly first: RefObject<HTMLElement | null>;
}

/** Why the membership ended, what that means for what is here, and what to do. */
export function EndedView({ status, first }: EndedViewProps) {
  const { teamName, endedAt, error, isWiped } = status;
  const isLeaving = useTeam((state) => state.isLeaving);
  const askToLeave = useTeam((state) => state.askToLeave);
  const leave = useTeam((state) => state.leave);
  return (
    <section className="team-step" aria-label={text.title(teamName)}>
      <h3 ref={first as RefObject<HTMLHeadingElement | null>} tabIndex={-1}>
        {text.title(teamName)}
      </h3>
      <Callout tone="warn" icon={<CircleAlert aria-hidden />} title={error.message}>
        <p>
          {text.when(shortTime(endedAt))} {whatBecame(status)}
        </p>
        <p>{error.next}</p>
      </Callout>
      {isLeaving ? (
        <LeaveQuestion title={text.removeTitle} confirm={text.remove} />
      ) : (
        <div className="team-foot">
          {isWiped ? (
            <Button onClick={() => void leave()}>{text.putAway}</Button>
          ) : (
            <Button variant="quiet" onClick={() => askToLeave(true)}>
              {text.remove}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
