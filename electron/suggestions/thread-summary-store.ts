import { z } from 'zod';

import type { RollingSummary } from '../agents/summary/summarise-thread.js';
import type { Database } from '../storage/database.js';

/** Table of rolling summaries a model made, one a conversation. */
export const threadSummaryMigrations: readonly string[] = [
  `CREATE TABLE thread_summary (
     conversation_id TEXT PRIMARY KEY,
     message_id TEXT NOT NULL,
     summary TEXT NOT NULL,
     open_questions TEXT NOT NULL
   );`,
];

export interface ThreadSummaryStore {
  find(conversationId: string): RollingSummary | null;
  save(conversationId: string, rolling: RollingSummary): void;
  forgetConversations(conversationIds: readonly string[]): void;
}

const Row = z.object({
  messageId: z.string(),
  summary: z.string(),
  openQuestions: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});

export function createThreadSummaryStore(database: Database): ThreadSummaryStore {
  const byConversation = database.prepare(
    `SELECT message_id AS messageId, summary, open_questions AS openQuestions
     FROM thread_summary WHERE conversation_id = ?`,
  );
  const replace = database.prepare(
    'INSERT OR REPLACE INTO thread_summary (conversation_id, message_id, summary, open_questions) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM thread_summary WHERE conversation_id = ?');
  return {
    forgetConversations: database.transaction((ids: readonly string[]) => {
      for (const id of ids) remove.run(id);
    }),
    find: (conversationId) => Row.safeParse(byConversation.get(conversationId)).data ?? null,
    save(conversationId, { messageId, summary, openQuestions }) {
      replace.run(conversationId, messageId, summary, JSON.stringify(openQuestions));
    },
  };
}
