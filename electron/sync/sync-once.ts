import type { ReleaseManifest, SignedManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { verifyManifest } from '../../release/manifest.js';
import { fetchSegments } from './fetch-segments.js';
import type { HubClient } from './hub-client.js';
import { followKeys } from './join.js';
import type { Membership, MembershipFile } from './membership.js';
import type { AppliedRelease, ReleaseTarget } from './release-target.js';
import { planUpdate, refuseGoingBack } from './release-update.js';
import type { Staging } from './staging.js';

export interface SyncDeps {
  readonly client: HubClient;
  readonly membership: Pick<MembershipFile, 'read' | 'write'>;
  readonly target: ReleaseTarget;
  readonly staging: Staging;
  readonly freeBytes: () => Promise<number>;
  readonly appVersion: string;
}

/** How far a sync is. */
export type SyncStep = {
  readonly kind: 'fetching' | 'applying';
  readonly release: number;
  readonly done: number;
  readonly total: number;
};

/**
 * Asks the hub once and brings the device to the release it should run.
 * @returns the release it runs now; null when nothing was ever assigned.
 * @throws AppErrorException of `release-errors.ts` when what the hub offers is not used, of `hub-errors.ts` when it cannot be asked. The
 * release before is in force then.
 */
export async function syncOnce(
  deps: SyncDeps,
  membership: Membership,
  onStep: (step: SyncStep) => void,
  signal: AbortSignal,
): Promise<AppliedRelease | null> {
  const { client, target, staging, freeBytes, appVersion } = deps;
  const current = await target.current();
  const asked = { release: current?.number ?? null, root: current?.root ?? null, appVersion };
  const { assigned, newest } = await client.request('sync.check', { body: asked }, signal);
  if (!assigned) return current;
  const manifest = await verified(deps, membership, assigned.signed, signal);
  refuseGoingBack(manifest, newest, current, staging);
  if (assigned.delta === null || (current?.number === manifest.number && current.root === manifest.root)) {
    staging.see(manifest.number, manifest.root);
    return current;
  }
  const update = await planUpdate(assigned, manifest, current, await target.listing());
  const release = manifest.number;
  await fetchSegments(client, staging, update.needed, {
    ...{ signal, freeBytes },
    onProgress: (done, total) => onStep({ kind: 'fetching', release, done, total }),
  });
  const { signed, changed, removed } = update;
  const applied = await target
    .apply(
      { signed, changed, removed, stagingFile: staging.file },
      ({ done, total }) => onStep({ kind: 'applying', release, done, total }),
      signal,
    )
    .catch(async (cause: unknown) => {
      // What the disk lost of what was fetched would be refused again and again.
      if (cause instanceof AppErrorException && cause.error.code === 'RELEASE_DAMAGED')
        await staging.repair();
      throw cause;
    });
  staging.see(manifest.number, manifest.root);
  await staging.clear();
  return applied;
}

/** A key that is not known yet must follow from the pinned one; then it is remembered. */
async function verified(
  { client, membership: file }: SyncDeps,
  membership: Membership,
  signed: SignedManifest,
  signal: AbortSignal,
): Promise<ReleaseManifest> {
  const workspaceId = membership.workspace.id;
  const isKnown = membership.keys.some(({ keyId }) => keyId === signed.keyId);
  if (isKnown) return verifyManifest(signed, { workspaceId, keys: membership.keys });
  const keys = await followKeys(client, membership, signal);
  const manifest = verifyManifest(signed, { workspaceId, keys });
  try {
    file.write({ ...membership, keys });
  } catch {
    // Where the disk is full the chain is followed again the next time.
  }
  return manifest;
}
