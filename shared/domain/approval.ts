import { z } from 'zod';

import { ActionField, Money, PolicyFinding, type Action } from './action.js';

/** What a lead is asked: one change a rep approved already, exactly as it would be made. Nothing else of the conversation goes along. */
export const ApprovalQuestion = z.object({
  actionId: z.uuid(),
  tool: z.string().min(1).max(100),
  title: z.string().max(200),
  fields: z.array(ActionField).max(30),
  input: z.record(z.string().max(60), z.string().max(2000)),
  effect: z.string().min(1).max(4000),
  call: z.string().max(20_000),
  amount: Money.nullable(),
  findings: z.array(PolicyFinding).max(50),
});
export type ApprovalQuestion = z.infer<typeof ApprovalQuestion>;

/** SHA-256 of {@link contentText}, in lower-case hexadecimal. */
export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A question that waits for a lead. */
export const WaitingApproval = z.object({
  question: ApprovalQuestion,
  content: ContentHash,
  memberId: z.uuid(),
  memberName: z.string(),
  askedAt: z.iso.datetime(),
});
export type WaitingApproval = z.infer<typeof WaitingApproval>;

/** What a lead said to exactly one content. */
export const ApprovalAnswer = z.object({
  content: ContentHash,
  decision: z.enum(['approved', 'refused']),
  by: z.string(),
  /** Empty unless refused. */
  reason: z.string(),
  at: z.iso.datetime(),
});
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** What is approved of an action, in one form on every machine: another amount, another call or another action is another text. */
export function contentText({
  id,
  tool,
  input,
  effect,
  call,
  amount,
}: Pick<Action, 'id' | 'tool' | 'input' | 'effect' | 'call' | 'amount'>): string {
  const sorted = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([id, tool, sorted, effect, call, amount && [amount.amount, amount.currency]]);
}
