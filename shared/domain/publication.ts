import { z } from 'zod';

import { AppError } from '../errors/app-error.js';

/** How far a publication is: `done` of `total` items of the step, 0 of 0 where nothing can be counted. */
export const PublishProgress = z.object({
  step: z.enum(['reading', 'embedding', 'indexing', 'uploading', 'publishing']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
});
export type PublishProgress = z.infer<typeof PublishProgress>;

/** A release this machine made. */
export const Published = z.object({
  number: z.int().positive(),
  articlesChanged: z.int().nonnegative(),
  segmentsSent: z.int().nonnegative(),
  bytesSent: z.int().nonnegative(),
});
export type Published = z.infer<typeof Published>;

/** What this machine publishes now, or how the last attempt ended. */
export const Publication = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('running'), progress: PublishProgress }),
  z.object({ kind: z.literal('done'), published: Published, isAssigned: z.boolean() }),
  /** What was sent is not sent again by the next attempt. */
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed'), error: AppError }),
]);
export type Publication = z.infer<typeof Publication>;
