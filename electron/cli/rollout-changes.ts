import type { RolloutState } from '../../shared/contracts/hub/rollout.js';
import type { Rollout } from '../../shared/domain/rollout.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';

/** Changes who runs what, from what it is now. A change by somebody else in between is refused by the hub. */
export async function changeRollout(
  hub: Pick<HubClient, 'request'>,
  change: (rollout: Rollout) => Rollout,
  signal?: AbortSignal,
): Promise<RolloutState> {
  const { revision, rollout } = await hub.request('rollout.read', {}, signal);
  const body = { expectedRevision: revision, rollout: change(rollout) };
  return hub.request('rollout.change', { body }, signal);
}

/**
 * Gives a release to so many of a hundred members, the others stay; for a canary that runs, changes the share and goes on.
 * @throws AppErrorException RELEASE_CANARY_RUNS for another one, RELEASE_NONE_ASSIGNED, RELEASE_RUN_BY_ALL.
 */
export const canary =
  (number: number, percent: number) =>
  (rollout: Rollout): Rollout => {
    if (rollout.kind === 'canary' && rollout.canary === number)
      return { ...rollout, percent, isPaused: false };
    if (rollout.kind === 'canary' || rollout.kind === 'ab')
      throw new AppErrorException('RELEASE_CANARY_RUNS', rolloutText(rollout));
    if (rollout.kind === 'none') throw new AppErrorException('RELEASE_NONE_ASSIGNED');
    if (rollout.release === number)
      throw new AppErrorException('RELEASE_RUN_BY_ALL', `release ${String(number)}`);
    const stable = rollout.release;
    return { kind: 'canary', stable, canary: number, percent, pilots: [], isPaused: false };
  };

/** Gives the canary, or one of two compared releases, to everybody. @throws AppErrorException RELEASE_NO_CANARY. */
export const promote =
  (number: number | undefined) =>
  (rollout: Rollout): Rollout => {
    const candidates =
      rollout.kind === 'canary' ? [rollout.canary] : rollout.kind === 'ab' ? [rollout.a, rollout.b] : [];
    const release = number ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (release === undefined || !candidates.includes(release))
      throw new AppErrorException('RELEASE_NO_CANARY', rolloutText(rollout));
    return { kind: 'all', release };
  };

/** Gives the canary to nobody new. @throws AppErrorException RELEASE_NO_CANARY. */
export const pauseCanary = (rollout: Rollout): Rollout => {
  if (rollout.kind !== 'canary') throw new AppErrorException('RELEASE_NO_CANARY', rolloutText(rollout));
  return { ...rollout, isPaused: true };
};

/** Who runs what, in words. */
export function rolloutText(rollout: Rollout): string {
  switch (rollout.kind) {
    case 'none':
      return 'nothing is assigned yet';
    case 'all':
      return `everybody runs release ${String(rollout.release)}`;
    case 'canary': {
      const { stable, canary: number, percent, pilots, isPaused } = rollout;
      const pilotsText = pilots.length === 0 ? '' : ` and ${String(pilots.length)} pilots`;
      return `${String(percent)} %${pilotsText} run release ${String(number)}, the others ${String(stable)}${isPaused ? '; paused: it is given to nobody new' : ''}`;
    }
    case 'ab':
      return `${String(rollout.percentB)} % run release ${String(rollout.b)}, the others ${String(rollout.a)}`;
  }
}

/** As the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
