import { z } from 'zod';

const number = z.int().positive();
const percent = z.int().min(0).max(100);

/**
 * Who runs which release. Members are sorted into a cohort by the hash of their id and the number of the second release,
 * so that a member stays where it is while the percentage grows.
 */
export const Rollout = z.discriminatedUnion('kind', [
  /** Nothing was published yet. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('all'), release: number }),
  z.object({
    kind: z.literal('canary'),
    stable: number,
    canary: number,
    percent,
    /** Members who run the canary whatever their cohort. */
    pilots: z.array(z.uuid()).max(1000),
    /** A paused canary is given to nobody new; those who run it keep it. */
    isPaused: z.boolean(),
  }),
  z.object({ kind: z.literal('ab'), a: number, b: number, percentB: percent }),
]);
export type Rollout = z.infer<typeof Rollout>;
