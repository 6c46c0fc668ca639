import type { RunningRelease } from '../../shared/domain/sync-status.js';
import type { TeamStatus } from '../../shared/domain/team-status.js';
import type { TeamStore } from '../features/team/team-store.js';
import type { NoticeStore } from './notice-store.js';
import { strings } from './strings.js';

interface TeamNewsDeps {
  readonly team: TeamStore;
  readonly notice: NoticeStore;
}

const releaseOf = (status: TeamStatus | null): RunningRelease | null =>
  status?.kind === 'joined' ? status.sync.release : null;

/**
 * Says what became of the membership, and to the ear alone what the status line shows: releases, the hub gone and back.
 * Returns the function that ends it.
 */
export function announceTeam({ team, notice }: TeamNewsDeps): () => void {
  const text = strings.team.said;
  return team.subscribe(({ status, trouble }, before) => {
    const { say, announce } = notice.getState();
    // What is read at the start is no news.
    if (!status || !before.status) return;
    if (status.kind !== before.status.kind) {
      if (status.kind === 'to_confirm') announce(text.compare);
      if (status.kind === 'joined') say(text.joined(status.teamName));
      if (status.kind === 'ended') say(status.error.message, 'bad');
      return;
    }
    const release = releaseOf(status);
    if (release && release.number !== releaseOf(before.status)?.number)
      announce(text.received(release.number, release.articlesChanged));
    else if (trouble && trouble.kind !== before.trouble?.kind)
      announce(trouble.kind === 'offline' ? text.offline : trouble.error.message);
    else if (!trouble && before.trouble?.kind === 'offline') announce(text.back);
  });
}
