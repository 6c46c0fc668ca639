import path from 'node:path';

import { z } from 'zod';

import type { Conversation } from '../../shared/domain/conversation.js';
import { invalidData, jsonRows, readDataFile } from './data-file.js';

/** One conversation with what a good reply says and where it is written. */
export const DraftCase = z.object({
  id: z.string().min(1),
  channel: z.enum(['email', 'chat']),
  /** Turns, the customer's and the team's by turns; the newest is the customer's. */
  messages: z.array(z.string().min(1)).min(1),
  /** What the reply must say: of each point one of the wordings. */
  points: z.array(z.array(z.string().min(1)).min(1)),
  /** Articles that are a right source. */
  articles: z.array(z.string()),
  /** False where the knowledge has no answer and a reply would be made up. */
  answerable: z.boolean(),
});
export type DraftCase = z.infer<typeof DraftCase>;

/**
 * Reads `cases.jsonl` of a folder.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID with the line.
 */
export async function readDraftSet(dir: string): Promise<DraftCase[]> {
  const file = path.join(dir, 'cases.jsonl');
  const rows = jsonRows(file, await readDataFile(file)) ?? [];
  return rows.map(({ line, value }) => {
    const parsed = DraftCase.safeParse(value);
    if (!parsed.success) throw invalidData(file, line, z.prettifyError(parsed.error));
    return parsed.data;
  });
}

/** The conversation of a case, with a customer no shop knows: what is measured is the knowledge, not look-ups. */
export function conversationOf({ id, channel, messages }: DraftCase, now: Date): Conversation {
  const sentAt = now.toISOString();
  return {
    ...{ id: `eval-${id}`, subject: '', channel, status: 'open', updatedAt: sentAt },
    customer: { name: 'Ada Berg' },
    messages: messages.map((text, at) => ({
      ...{ id: `m${String(at)}`, conversationId: `eval-${id}`, text, sentAt },
      author: (messages.length - at) % 2 === 1 ? 'customer' : 'rep',
    })),
  };
}
