import { z } from 'zod';

/** `read` only looks; `write` changes something and waits for an approval. */
export const RiskLevel = z.enum(['read', 'write']);
export type RiskLevel = z.infer<typeof RiskLevel>;

/** One thing a tool found that a reply may state. `key` is stable (`order.status`), `value` is ready to print. */
export const Fact = z.object({
  key: z.string(),
  label: z.string(),
  value: z.string(),
  /** As the system wrote it, where words that speak to an assistant, or that no record is made of, were taken out of `value`; for the rep, never for a model or a reply. */
  original: z.string().optional(),
  /** True where `value` holds nothing of `original`, so that a reply may say it. */
  isReplaced: z.boolean().optional(),
});
export type Fact = z.infer<typeof Fact>;

/** One call of a business tool in a run. `not_found` and `refused` are answers, not failures. */
export const ToolCall = z.object({
  /** `T1`, `T2`, ... unique within one suggestion; what a citation names. */
  id: z.string(),
  tool: z.string(),
  title: z.string(),
  risk: RiskLevel,
  input: z.record(z.string(), z.string()),
  status: z.enum(['succeeded', 'not_found', 'refused', 'failed']),
  /** One line for the card when there are no facts: why it was refused or failed. */
  detail: z.string(),
  facts: z.array(Fact),
  /** The business system that was asked, as the rep knows it. */
  system: z.string().optional(),
  /** Which of the connected systems that is; none for the shop in force. */
  systemId: z.string().optional(),
  /** True where several connected systems have this tool, as two accounts of one kind do, and each was asked. */
  isOneOfSeveral: z.boolean().optional(),
  /** When the system said it, ISO 8601: earlier than the run where an answer of the minutes before was taken. */
  readAt: z.string().optional(),
  durationMs: z.number().nonnegative(),
});
export type ToolCall = z.infer<typeof ToolCall>;
