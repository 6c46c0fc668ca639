import { z } from 'zod';

import { AppError } from '../errors/app-error.js';
import { Feedback } from './feedback.js';
import { FeedbackResolution } from './feedback-event.js';

/** Where a decision is on its way to the team's hub. It stays on this machine in each of them. */
export const DeliveryState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('delivered'), at: z.iso.datetime() }),
  /** The hub will not take it, however often it is sent: a dead letter. */
  z.object({ kind: z.literal('refused'), at: z.iso.datetime(), reason: z.string() }),
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** A stored decision with what became of it at the team. */
export const Decision = Feedback.extend({
  /** Rises with every decision of this device. */
  sequence: z.int().positive(),
  delivery: DeliveryState,
  /** What a lead answered. */
  note: FeedbackResolution.nullable(),
});
export type Decision = z.infer<typeof Decision>;

/** What the delivery is doing. */
export const DeliveryActivity = z.discriminatedUnion('kind', [
  /** Everything the hub has to know, it knows; or it is told within a moment. */
  z.object({ kind: z.literal('resting') }),
  z.object({ kind: z.literal('sending') }),
  /** The last try failed; it is tried again by itself. */
  z.object({
    kind: z.literal('failing'),
    since: z.iso.datetime(),
    nextTryAt: z.iso.datetime(),
    error: AppError,
  }),
  /** This device is not signed in any more: nothing is sent until it is. */
  z.object({ kind: z.literal('stopped'), since: z.iso.datetime(), error: AppError }),
]);
export type DeliveryActivity = z.infer<typeof DeliveryActivity>;

/** What waits on this machine for the team's hub, and why. */
export const OutboxStatus = z.object({
  waiting: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** Null while this device is in no team. */
  activity: DeliveryActivity.nullable(),
});
export type OutboxStatus = z.infer<typeof OutboxStatus>;
