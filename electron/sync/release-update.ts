import { setImmediate as nextTurn } from 'node:timers/promises';

import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { rolloutEndpoints } from '../../shared/contracts/hub/rollout.js';
import type { ListingEntry, ReleaseManifest, SignedManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import {
  applyDelta,
  diffListings,
  listingOf,
  rootOf,
  type Difference,
  type Listing,
} from '../../release/listing.js';
import type { AppliedRelease } from './release-target.js';

export type SyncAnswer = AnswerOf<(typeof rolloutEndpoints)['sync.check']>;
type Assigned = NonNullable<SyncAnswer['assigned']>;

/** A way from what is here to what was assigned, whose end is what the team signed. */
export interface VerifiedUpdate extends Difference {
  readonly signed: SignedManifest;
  readonly manifest: ReleaseManifest;
  /** Segments to fetch, as far as they are not staged. */
  readonly needed: readonly ListingEntry[];
}

/**
 * Works out the update to an assigned release whose signature was verified. What takes tens of milliseconds for ten thousand entries has a
 * turn of its own.
 * @throws AppErrorException RELEASE_DAMAGED when the listing the hub sent is not the one that was signed.
 */
export async function planUpdate(
  { signed, delta }: Assigned,
  manifest: ReleaseManifest,
  current: AppliedRelease | null,
  here: Listing,
): Promise<VerifiedUpdate> {
  const difference =
    delta && delta.from !== null && delta.from === current?.number ? delta : wholeAgainst(here, delta);
  await nextTurn();
  const listing = applyDelta(here, difference);
  await nextTurn();
  if (rootOf(listing) !== manifest.root)
    throw new AppErrorException('RELEASE_DAMAGED', 'the listing is not the one that was signed');
  const { changed, removed } = difference;
  // A graph fits only where nothing was before; elsewhere the one that is here is brought up to date.
  await nextTurn();
  const needed = changed.filter(({ key }) => current === null || !key.startsWith('graph/'));
  return { signed, manifest, changed, removed, needed };
}

function wholeAgainst(here: Listing, delta: Assigned['delta']): Difference {
  if (!delta || delta.from !== null)
    throw new AppErrorException('RELEASE_DAMAGED', 'the hub sent a difference from another release');
  return diffListings(here, listingOf(delta.changed));
}

/** What a device remembers of the releases it saw. */
export interface SeenReleases {
  rootSeen(number: number): string | null;
  highestSeen(): number;
}

/**
 * Refuses a hub that has lost releases this device had from it, as one that was restored from a backup has: it would give out the same
 * numbers again for other content. A canary that is taken back assigns a lower number as well, but such a hub still knows the higher one.
 * @throws AppErrorException RELEASE_GOES_BACK.
 */
export function refuseGoingBack(
  { number, root }: ReleaseManifest,
  newest: number,
  current: AppliedRelease | null,
  seen: SeenReleases,
): void {
  const highest = Math.max(current?.number ?? 0, seen.highestSeen());
  const before = number === current?.number ? current.root : seen.rootSeen(number);
  if (newest < highest)
    throw new AppErrorException(
      'RELEASE_GOES_BACK',
      `the hub's newest is ${String(newest)}, this device had ${String(highest)}`,
    );
  if (before !== null && before !== root)
    throw new AppErrorException('RELEASE_GOES_BACK', `release ${String(number)} had other content before`);
}
