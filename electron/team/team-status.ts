import type { TeamStatus } from '../../shared/domain/team-status.js';
import type { PendingMembership } from '../sync/join.js';
import type { JoinedTeam } from './joined-team.js';
import type { EndedMembership } from '../workspace/team-files.js';

/** Waiting for the person to compare the words. */
export interface PendingTeam {
  readonly of: PendingMembership;
  /** The team whose data here gives way; empty when its name is not known any more, null where there is none. */
  readonly replaces: string | null;
}

interface TeamState {
  readonly pending: PendingTeam | null;
  readonly joined: JoinedTeam | null;
  readonly ended: EndedMembership | null;
  /** Asked only when there are tokens: the system may ask the person. */
  readonly isEncrypted: () => boolean;
}

/** The one thing of all that the person is shown. */
export function statusOf({ pending, joined, ended, isEncrypted }: TeamState): TeamStatus {
  if (pending) {
    const { membership, words } = pending.of;
    return { kind: 'to_confirm', ...who(membership), words: [...words], replaces: pending.replaces };
  }
  if (joined) {
    const membership = joined.membership();
    return {
      kind: 'joined',
      ...who(membership),
      joinedAt: membership.joinedAt,
      tokenPlace: isEncrypted() ? 'encrypted' : 'file',
      sync: joined.sync(),
    };
  }
  return ended ? { kind: 'ended', ...ended } : { kind: 'not_joined' };
}

const who = ({ hubUrl, workspace, member }: PendingMembership['membership']) => ({
  ...{ hubUrl, teamName: workspace.name },
  ...{ memberName: member.name, role: member.role },
});
