import { CircleAlert, CloudOff, LoaderCircle, PackageCheck, Users } from 'lucide-react';
import type { ReactNode } from 'react';

import type { TeamStatus } from '../../../shared/domain/team-status.js';
import { strings } from '../../app/strings.js';
import { shortTime } from '../../ui/time.js';
import './team.css';
import { useTeam, type Trouble } from './team-store.js';
import { useAgo } from '../../ui/use-ago.js';

const text = strings.team.status;

/** One quiet line about team and release; nothing without a team. Leads to the panel. */
export function TeamStatusItem({ onOpen }: { readonly onOpen: () => void }) {
  const status = useTeam((state) => state.status);
  const trouble = useTeam((state) => state.trouble);
  const received = status?.kind === 'joined' ? (status.sync.release?.receivedAt ?? null) : null;
  const ago = useAgo(received);
  const line = status && lineOf(status, trouble, ago);
  if (!line) return null;
  return (
    <button
      type="button"
      className="status-item team-status"
      data-state={line.state}
      aria-haspopup="dialog"
      aria-label={text.label(line.text)}
      onClick={onOpen}
    >
      {line.icon}
      {line.text}
    </button>
  );
}

interface Line {
  readonly state: string;
  readonly icon: ReactNode;
  readonly text: string;
}

function lineOf(status: TeamStatus, trouble: Trouble | null, ago: string): Line | null {
  if (status.kind === 'not_joined') return null;
  if (status.kind === 'to_confirm')
    return { state: status.kind, icon: <Users aria-hidden />, text: text.confirm };
  if (status.kind === 'ended')
    return { state: status.kind, icon: <CircleAlert aria-hidden />, text: text.ended };
  const { activity, release } = status.sync;
  const spinner = <LoaderCircle aria-hidden className="spin" />;
  if (activity.kind === 'fetching') {
    const percent = Math.floor((100 * activity.done) / Math.max(1, activity.total));
    return { state: activity.kind, icon: spinner, text: text.fetching(activity.release, percent) };
  }
  if (activity.kind === 'applying')
    return { state: activity.kind, icon: spinner, text: text.applying(activity.release) };
  if (trouble) {
    const icon = trouble.kind === 'offline' ? <CloudOff aria-hidden /> : <CircleAlert aria-hidden />;
    return { state: trouble.kind, icon, text: text[trouble.kind](shortTime(trouble.since)) };
  }
  return {
    state: 'in_sync',
    icon: <PackageCheck aria-hidden />,
    text: release ? text.release(release.number, ago) : text.noRelease,
  };
}
