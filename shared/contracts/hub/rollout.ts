import { z } from 'zod';

import { SignedManifest } from '../../domain/release.js';
import { Rollout } from '../../domain/rollout.js';
import { defineEndpoint } from './define-endpoint.js';
import { ListingDelta } from './releases.js';

export const RolloutState = z.object({ revision: z.int().nonnegative(), rollout: Rollout });
export type RolloutState = z.infer<typeof RolloutState>;

/** What a member's device said it runs when it last asked; null before its first release. */
export const RunningDevice = z.object({
  memberId: z.uuid(),
  release: z.int().positive().nullable(),
  appVersion: z.string(),
  seenAt: z.iso.datetime(),
});
export type RunningDevice = z.infer<typeof RunningDevice>;

export const rolloutEndpoints = {
  'rollout.read': defineEndpoint({
    method: 'GET',
    path: '/v1/rollout',
    summary: 'Who runs which release.',
    access: ['lead', 'operator'],
    answer: RolloutState,
  }),
  'rollout.change': defineEndpoint({
    method: 'PUT',
    path: '/v1/rollout',
    summary:
      'Assign releases: to all, a canary, or two against each other. Refused when somebody changed it meanwhile.',
    access: ['lead', 'operator'],
    body: z.object({ expectedRevision: z.int().nonnegative(), rollout: Rollout }),
    answer: RolloutState,
  }),
  'rollout.running': defineEndpoint({
    method: 'GET',
    path: '/v1/rollout/running',
    summary: 'What each member really runs: the release its device named when it last asked.',
    access: ['lead', 'operator'],
    answer: z.object({ running: z.array(RunningDevice) }),
  }),
  'sync.check': defineEndpoint({
    method: 'POST',
    path: '/v1/sync',
    summary: 'Which release this device should run, and what its listing lacks to get there.',
    access: ['rep', 'lead', 'operator'],
    body: z.object({
      /** The release the device runs; null when it has none. */
      release: z.int().positive().nullable(),
      /** Root of that release's listing: a hub restored from a backup may know another release by that number. */
      root: z.string().nullable(),
      appVersion: z.string().max(50),
    }),
    answer: z.object({
      /** Hub time, for devices whose clock is wrong. */
      now: z.iso.datetime(),
      /** The newest number the hub ever gave out. */
      newest: z.int().nonnegative(),
      assigned: z
        .object({
          signed: SignedManifest,
          /** From the device's release where the hub knows it by that root, else from nothing; null when it runs the assigned one. */
          delta: ListingDelta.nullable(),
        })
        .nullable(),
    }),
  }),
} as const;
