import { z } from 'zod';

import type { Database } from '../../storage/database.js';

/** The words of a file that count as what the customer said. */
export interface FileTextRow {
  readonly messageId: string;
  readonly attachmentId: string;
  readonly name: string;
  readonly pages: number | null;
  readonly wasCut: boolean;
  readonly text: string;
}

const Row = z.tuple([z.string(), z.string(), z.string()]);
const Body = z.object({
  name: z.string(),
  pages: z.number().nullable(),
  wasCut: z.boolean(),
  text: z.string(),
});

/** Texts of files beside the messages they hang on; the thread store forgets them with their conversation. */
export function createFileTextStore(database: Database, now: () => Date) {
  const all = database
    .prepare(
      'SELECT message_id, attachment_id, body FROM thread_file WHERE conversation_id = ? ORDER BY used_at, rowid',
    )
    .raw();
  // A conversation that was forgotten while its file was read gets nothing back.
  const add = database.prepare(
    `INSERT OR REPLACE INTO thread_file (conversation_id, message_id, attachment_id, body, used_at)
     SELECT conversation_id, ?, ?, ?, ? FROM thread WHERE conversation_id = ?`,
  );
  const drop = database.prepare(
    'DELETE FROM thread_file WHERE conversation_id = ? AND message_id = ? AND attachment_id = ?',
  );
  return {
    list: (conversationId: string): FileTextRow[] =>
      all.all(conversationId).map((row) => {
        const [messageId, attachmentId, body] = Row.parse(row);
        return { messageId, attachmentId, ...Body.parse(JSON.parse(body)) };
      }),
    put(conversationId: string, { messageId, attachmentId, ...body }: FileTextRow): boolean {
      const usedAt = now().getTime();
      return add.run(messageId, attachmentId, JSON.stringify(body), usedAt, conversationId).changes > 0;
    },
    remove: (conversationId: string, messageId: string, attachmentId: string): void =>
      void drop.run(conversationId, messageId, attachmentId),
  };
}
