import { z } from 'zod';

import { ModelTask } from './model-run.js';

/** Why something was sent: a chat model, vectors of texts, a trial of a connection, a rep's decisions to the team's hub, a question to its leads. */
export const EgressKind = z.enum(['chat', 'embedding', 'connection_test', 'feedback', 'approval']);
export type EgressKind = z.infer<typeof EgressKind>;

const counts = z.record(z.string(), z.int().nonnegative());

/** One request that left this computer. It is written down before its connection opens. */
export const EgressEntry = z.object({
  id: z.int().positive(),
  at: z.iso.datetime(),
  kind: EgressKind,
  task: ModelTask.nullable(),
  runId: z.string().nullable(),
  conversationId: z.string().nullable(),
  method: z.string(),
  /** With the port where there is one. */
  host: z.string(),
  /** With the query; what may be a key in it is masked. */
  path: z.string(),
  /** Of the body, as it was sent. */
  bodyBytes: z.int().nonnegative(),
  /** Private values replaced in it, by kind. */
  replaced: counts,
  /** Private values that were seen and sent as they are, by the settings, by kind. */
  kept: counts,
  /** `open` has no answer yet, or never got one because the app ended. */
  state: z.enum(['open', 'answered', 'failed']),
  /** Of the answer; null without one. */
  status: z.int().nullable(),
  /** Of the answer's body, unpacked. */
  answerBytes: z.int().nonnegative(),
  durationMs: z.number().nonnegative().nullable(),
  /** Why there is no whole answer, in few words. */
  failure: z.string().nullable(),
  inputTokens: z.int().nonnegative().nullable(),
  outputTokens: z.int().nonnegative().nullable(),
  /** Millionths of a US dollar. */
  costMicros: z.int().nonnegative().nullable(),
});
export type EgressEntry = z.infer<typeof EgressEntry>;

/** What a request was made of. */
export const EgressDetail = z.object({
  entry: EgressEntry,
  /** Names in small letters; values that are keys are masked. */
  headers: z.record(z.string(), z.string()),
  /** The exact bytes as text; null when they are no UTF-8. */
  body: z.string().nullable(),
  /** Of the exact bytes, hexadecimal. */
  sha256: z.string(),
});
export type EgressDetail = z.infer<typeof EgressDetail>;

/** What left since midnight, by the clock of this computer. */
export const EgressToday = z.object({
  requests: z.int().nonnegative(),
  replaced: z.int().nonnegative(),
  kept: z.int().nonnegative(),
  costMicros: z.int().nonnegative(),
});
export type EgressToday = z.infer<typeof EgressToday>;
