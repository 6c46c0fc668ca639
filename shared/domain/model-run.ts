import { z } from 'zod';

/** What a chat model is asked for. The first five are the stages of a run, by their names. */
export const ModelTask = z.enum([
  'intent',
  'retrieval',
  'tools',
  'drafting',
  'critique',
  'rewrite',
  'summary',
  'screening',
]);
export type ModelTask = z.infer<typeof ModelTask>;

/** What one call used. Cost in millionths of a US dollar, null where the price is not known. */
export const ModelUsage = z.object({
  provider: z.string(),
  model: z.string(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  costMicros: z.int().nonnegative().nullable(),
  durationMs: z.number().nonnegative(),
  attempts: z.int().positive(),
  fromCache: z.boolean(),
});
export type ModelUsage = z.infer<typeof ModelUsage>;

/** Why a call came to nothing. */
export const ModelFailureCode = z.enum([
  'MODEL_NOT_SET_UP',
  'MODEL_KEY_MISSING',
  'MODEL_KEY_REFUSED',
  'MODEL_UNREACHABLE',
  'MODEL_BUSY',
  'MODEL_TIME_LIMIT',
  'MODEL_OVER_BUDGET',
  'MODEL_BLOCKED_BY_PRIVACY',
  'MODEL_NOT_WRITTEN_DOWN',
  'MODEL_CUT_OFF',
  'MODEL_MALFORMED',
  'MODEL_REFUSED',
  'MODEL_EMPTY',
  'MODEL_REPEATED_ITSELF',
  'MODEL_WRONG_LANGUAGE',
  'MODEL_CANCELLED',
  'MODEL_NOT_FOUND',
  'MODEL_REQUEST_REFUSED',
  'MODEL_QUOTA_USED_UP',
  'MODEL_TOO_LONG',
]);
export type ModelFailureCode = z.infer<typeof ModelFailureCode>;

export const ModelFailure = z.object({
  code: ModelFailureCode,
  /** For the rep, in one sentence; never holds a key or customer text. */
  message: z.string(),
  canRetry: z.boolean(),
});
export type ModelFailure = z.infer<typeof ModelFailure>;

/** What a model had to do with one suggestion: calls by task, in order. */
export const ModelUse = z.object({ task: ModelTask, usage: ModelUsage });
export type ModelUse = z.infer<typeof ModelUse>;

/** Why a run with a model ended without a suggestion of its own: the call failed, or what came of it is not shown. */
export const ModelRunEndCode = z.enum([
  ...ModelFailureCode.options,
  /** The model had nothing to answer from either. */
  'MODEL_NOTHING_FOUND',
  /** No sentence of its reply stood up to the check. */
  'MODEL_DRAFT_WITHHELD',
  /** A bug; the log has its name. */
  'MODEL_RUN_FAILED',
]);
export type ModelRunEndCode = z.infer<typeof ModelRunEndCode>;

export const ModelRunEnd = ModelFailure.extend({ code: ModelRunEndCode });
export type ModelRunEnd = z.infer<typeof ModelRunEnd>;
