import { createHash } from 'node:crypto';

import type { Rollout } from '../../shared/domain/rollout.js';

/** Cohorts are this fine: a hundredth of a percent. */
const COHORTS = 10_000;

/**
 * Which of {@link COHORTS} cohorts a member is in for a release: the first eight bytes of SHA-256 over `<member id>:<release>`. The same on
 * every copy of the hub and for as long as the release runs; another release sorts the members anew.
 */
export function cohortOf(memberId: string, release: number): number {
  const digest = createHash('sha256')
    .update(`${memberId}:${String(release)}`)
    .digest();
  return Number(digest.readBigUInt64BE() % BigInt(COHORTS));
}

const isWithin = (memberId: string, release: number, percent: number): boolean =>
  cohortOf(memberId, release) < (percent / 100) * COHORTS;

/** The release a member should run; null while nothing was published. `hasCanary` says that this member was given the canary before. */
export function assignedTo(rollout: Rollout, memberId: string, hasCanary: boolean): number | null {
  switch (rollout.kind) {
    case 'none':
      return null;
    case 'all':
      return rollout.release;
    case 'ab':
      return isWithin(memberId, rollout.b, rollout.percentB) ? rollout.b : rollout.a;
    case 'canary': {
      const { stable, canary, percent, pilots, isPaused } = rollout;
      if (pilots.includes(memberId)) return canary;
      // Paused, nobody new gets it; and a smaller percentage takes it back from those it no longer reaches.
      const isReached = isWithin(memberId, canary, percent) && (!isPaused || hasCanary);
      return isReached ? canary : stable;
    }
  }
}

/** The releases a rollout names. */
export function releasesOf(rollout: Rollout): number[] {
  switch (rollout.kind) {
    case 'none':
      return [];
    case 'all':
      return [rollout.release];
    case 'canary':
      return [rollout.stable, rollout.canary];
    case 'ab':
      return [rollout.a, rollout.b];
  }
}
