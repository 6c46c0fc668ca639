import { CircleCheck, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import type { RunningRelease, SyncActivity } from '../../../shared/domain/sync-status.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { shortTime } from '../../ui/time.js';
import { useAgo } from '../../ui/use-ago.js';

const text = strings.team.joined;

interface SyncLineProps {
  readonly activity: SyncActivity;
  readonly release: RunningRelease | null;
}

/** What the sync does now. */
export function SyncLine({ activity, release }: SyncLineProps) {
  const asked = useAgo(activity.kind === 'idle' ? activity.checkedAt : null);
  switch (activity.kind) {
    case 'idle':
      return activity.checkedAt === null ? null : (
        <Line state={activity.kind} icon={<CircleCheck aria-hidden />}>
          {text.inSync(asked)}
        </Line>
      );
    case 'checking':
      return (
        <Line state={activity.kind} icon={<LoaderCircle aria-hidden className="spin" />}>
          {text.checking}
        </Line>
      );
    case 'fetching':
    case 'applying':
      return (
        <>
          <Line state={activity.kind} icon={<LoaderCircle aria-hidden className="spin" />}>
            {text[activity.kind](activity.release)}
            <progress
              aria-label={text.progress}
              {...(activity.total > 0 ? { max: activity.total, value: activity.done } : {})}
            />
          </Line>
          {release && <p className="team-hint">{text.answersMeanwhile(release.number)}</p>}
        </>
      );
    case 'offline':
      return (
        <Line state={activity.kind} icon={<CloudOff aria-hidden />}>
          {strings.team.status.offline(shortTime(activity.since))}
        </Line>
      );
    case 'refused':
      return (
        <Line state={activity.kind} icon={<TriangleAlert aria-hidden />}>
          {strings.team.status.refused(shortTime(activity.since))}
        </Line>
      );
    default:
      return assertNever(activity, 'activity');
  }
}

interface LineProps {
  readonly state: SyncActivity['kind'];
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Line({ state, icon, children }: LineProps) {
  return (
    <p className="team-sync" data-state={state}>
      {icon}
      {children}
    </p>
  );
}
