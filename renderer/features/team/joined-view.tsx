import { CircleAlert, FileLock2, RefreshCw } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

import type { RunningRelease } from '../../../shared/domain/sync-status.js';
import type { TeamStatus } from '../../../shared/domain/team-status.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { longDate } from '../../ui/time.js';
import { LeaveQuestion } from './leave-question.js';
import { SyncLine } from './sync-line.js';
import { useTeam } from './team-store.js';
import { useAgo } from '../../ui/use-ago.js';

const text = strings.team.joined;
type Joined = Extract<TeamStatus, { readonly kind: 'joined' }>;

interface JoinedViewProps {
  readonly status: Joined;
  readonly first: RefObject<HTMLElement | null>;
}

/** Which team, which release, how the sync stands. */
export function JoinedView({ status, first }: JoinedViewProps) {
  const { teamName, memberName, role, hubUrl, joinedAt, tokenPlace, sync } = status;
  const trouble = useTeam((state) => state.trouble);
  const isLeaving = useTeam((state) => state.isLeaving);
  const retryNow = useTeam((state) => state.retryNow);
  const askToLeave = useTeam((state) => state.askToLeave);
  return (
    <section className="team-step" aria-label={teamName}>
      <h3 ref={first as RefObject<HTMLHeadingElement | null>} tabIndex={-1}>
        {teamName}
      </h3>
      <dl className="team-facts">
        <Fact name={text.you}>{text.who(memberName, strings.team.role[role])}</Fact>
        <Fact name={text.since}>{longDate(joinedAt)}</Fact>
        <Fact name={text.hub}>{hubUrl}</Fact>
      </dl>
      <Release release={sync.release} />
      <SyncLine activity={sync.activity} release={sync.release} />
      {trouble && (
        <Callout
          tone={trouble.kind === 'offline' ? 'warn' : 'bad'}
          icon={<CircleAlert aria-hidden />}
          title={trouble.error.message}
        >
          {trouble.error.detail !== undefined && <p>{strings.team.reason(trouble.error.detail)}</p>}
          <p>{trouble.error.next}</p>
        </Callout>
      )}
      {tokenPlace === 'file' && (
        <p className="team-hint team-note">
          <FileLock2 aria-hidden />
          {text.keptInFile}
        </p>
      )}
      {isLeaving ? (
        <LeaveQuestion title={strings.team.leave.title} confirm={strings.team.leave.confirm} />
      ) : (
        <div className="team-foot">
          <Button variant="quiet" onClick={() => askToLeave(true)}>
            {strings.team.leave.go}
          </Button>
          <Button icon={<RefreshCw aria-hidden />} onClick={() => void retryNow()}>
            {text.retry}
          </Button>
        </div>
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Release({ release }: { readonly release: RunningRelease | null }) {
  const ago = useAgo(release?.receivedAt ?? null);
  if (!release)
    return (
      <div className="team-release">
        <strong>{text.noRelease}</strong>
        <p className="team-hint">{text.noReleaseNext}</p>
      </div>
    );
  const { number, articlesChanged, notes, restores } = release;
  return (
    <div className="team-release">
      <strong>{text.release(number)}</strong>
      <p className="team-hint">
        {text.received(ago)} · {text.changed(articlesChanged)}
        {restores !== null && <> · {text.restores(restores)}</>}
      </p>
      {notes !== '' && (
        <p className="team-notes" aria-label={text.notes} role="note">
          {notes}
        </p>
      )}
    </div>
  );
}
