import { ReleaseManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { listingOf, rootOf, type Listing } from '../../release/listing.js';
import type { HubClient } from '../sync/hub-client.js';
import { patiently, type Patience } from './patience.js';

/** What a publication is put on top of. */
export interface NewestRelease {
  /** Null before the first. */
  readonly manifest: ReleaseManifest | null;
  readonly listing: Listing;
}

/** Reads the newest release of the team. @throws AppErrorException RELEASE_DAMAGED when its listing is not the one that was signed. */
export function readNewest(
  hub: Pick<HubClient, 'request'>,
  patience: Patience,
  signal?: AbortSignal,
): Promise<NewestRelease> {
  return patiently(
    async () => {
      const { releases } = await hub.request('releases.list', { query: { limit: 1 } }, signal);
      const [newest] = releases;
      if (!newest) return { manifest: null, listing: [] };
      const read = await hub.request('releases.read', { params: { number: newest.number } }, signal);
      const manifest = ReleaseManifest.parse(JSON.parse(read.signed.manifest));
      const listing = listingOf(read.delta.changed);
      if (rootOf(listing) !== manifest.root)
        throw new AppErrorException('RELEASE_DAMAGED', 'the listing is not the one that was signed');
      return { manifest, listing };
    },
    patience,
    signal,
  );
}

/**
 * Refuses what would have to be taken back later, before anything is computed.
 * @throws AppErrorException RELEASE_CANARY_RUNS.
 */
export async function refuseOverCanary(
  hub: Pick<HubClient, 'request'>,
  patience: Patience,
  signal?: AbortSignal,
): Promise<void> {
  const { rollout } = await patiently(() => hub.request('rollout.read', {}, signal), patience, signal);
  if (rollout.kind === 'canary')
    throw new AppErrorException('RELEASE_CANARY_RUNS', `release ${String(rollout.canary)}`);
  if (rollout.kind === 'ab')
    throw new AppErrorException(
      'RELEASE_CANARY_RUNS',
      `releases ${String(rollout.a)} and ${String(rollout.b)}`,
    );
}
