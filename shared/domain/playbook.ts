import { z } from 'zod';

/** One thing to do, in the lead's words. Conditions as in `shared/policy/condition.ts`; what cannot be read as one stays words for the rep. */
export const PlaybookStep = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  words: z.string().min(1).max(300),
  /** The tool that does it: a look-up with a result, or a change that was approved and made, ticks the step. */
  tool: z.string().min(1).max(100).optional(),
  /** When the step is to be done at all; always when left out. */
  onlyIf: z.string().min(1).max(500).optional(),
  /** What of the facts shows that it is done. */
  doneWhen: z.string().min(1).max(500).optional(),
});
export type PlaybookStep = z.infer<typeof PlaybookStep>;

/** What a rep does, in order, when a customer has this intent; one for each intent at most. */
export const Playbook = z.object({
  intent: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: z.string().min(1).max(120),
  steps: z.array(PlaybookStep).min(1).max(30),
});
export type Playbook = z.infer<typeof Playbook>;

/** Where a step stands. `open` is to be done or to be judged by the rep, `not_needed` is not for this conversation. */
export const StepState = z.enum(['done', 'open', 'not_needed']);
export type StepState = z.infer<typeof StepState>;

/** A step as the card shows it. */
export const StepProgress = z.object({
  id: z.string(),
  words: z.string(),
  tool: z.string().nullable(),
  state: StepState,
  /** What says so; null for a step that is open because nothing was done yet. */
  by: z.enum(['look_up', 'change', 'facts', 'rep']).nullable(),
  /** One line on the state: `T1`, `Since delivery: 41 days`; empty where there is nothing to say. */
  detail: z.string(),
  /** A condition nobody but the rep can judge: in words, or of facts that are not known. Null without one. */
  toJudge: z.string().nullable(),
});
export type StepProgress = z.infer<typeof StepProgress>;

/** The playbook of the conversation's intent, with how far it is by code alone. */
export const PlaybookProgress = z.object({
  intent: z.string(),
  title: z.string(),
  steps: z.array(StepProgress),
});
export type PlaybookProgress = z.infer<typeof PlaybookProgress>;

/** What a rep said by hand about a step, for one conversation. */
export const StepTick = z.object({
  intent: z.string(),
  stepId: z.string(),
  mark: z.enum(['done', 'not_needed']),
});
export type StepTick = z.infer<typeof StepTick>;
