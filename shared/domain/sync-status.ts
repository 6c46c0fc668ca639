import { z } from 'zod';

import { AppError } from '../errors/app-error.js';

/** The release this device answers from. */
export const RunningRelease = z.object({
  number: z.int().positive(),
  /** When it came to this device. */
  receivedAt: z.iso.datetime(),
  /** Articles that were added, changed or removed by it. */
  articlesChanged: z.int().nonnegative(),
  notes: z.string(),
  /** The release whose content it brought back; null for one with news of its own. */
  restores: z.int().positive().nullable(),
});
export type RunningRelease = z.infer<typeof RunningRelease>;

/** What the device is doing to be up to date. In each of them the running release answers. */
export const SyncActivity = z.discriminatedUnion('kind', [
  /** Nothing to do; `checkedAt` is null before the first answer of the hub. */
  z.object({ kind: z.literal('idle'), checkedAt: z.iso.datetime().nullable() }),
  z.object({ kind: z.literal('checking') }),
  z.object({
    kind: z.literal('fetching'),
    release: z.int().positive(),
    /** Segments. */
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  z.object({
    kind: z.literal('applying'),
    release: z.int().positive(),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  /** The hub cannot be reached; it is tried again by itself. */
  z.object({ kind: z.literal('offline'), since: z.iso.datetime(), error: AppError }),
  /** The hub answered, and what it said or sent is not used. */
  z.object({ kind: z.literal('refused'), since: z.iso.datetime(), error: AppError }),
]);
export type SyncActivity = z.infer<typeof SyncActivity>;

/** How this device stands with its team's hub. */
export const SyncStatus = z.object({
  /** Null until the first release came. */
  release: RunningRelease.nullable(),
  activity: SyncActivity,
});
export type SyncStatus = z.infer<typeof SyncStatus>;
