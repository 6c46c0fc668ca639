import { z } from 'zod';

import { Channel, ConversationCustomer, ConversationStatus } from '../../../shared/domain/conversation.js';
import { Attachment } from '../../../shared/domain/helpdesk.js';
import type { Database } from '../../storage/database.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connectors/connector.js';

/** A conversation as it was last read from its helpdesk. */
export interface StoredThread {
  readonly conversationId: string;
  readonly connectionId: string;
  readonly thread: HelpdeskThread;
  /** Where the next question for messages begins; null before the first. */
  readonly cursor: string | null;
  /** How many messages the rep has seen. */
  readonly readCount: number;
}

/** What helpdesks said, kept for reading without a network. */
export interface ThreadStore {
  list(): readonly StoredThread[];
  find(conversationId: string): StoredThread | null;
  messages(conversationId: string): readonly HelpdeskMessage[];
  /** Adds or renews the head of a conversation. @returns true when its version is another than before. */
  putThread(conversationId: string, connectionId: string, thread: HelpdeskThread): boolean;
  /** Adds messages and moves the cursor, both or neither. @returns those that were not there yet, in order. */
  append(
    conversationId: string,
    messages: readonly HelpdeskMessage[],
    cursor: string,
  ): readonly HelpdeskMessage[];
  markRead(conversationId: string, count: number): void;
  /** Forgets conversations that no helpdesk listed since then. @returns their ids. */
  forgetUnseenSince(then: Date): readonly string[];
  /** The conversations of the same customer, by address where there is one; this one among them. */
  ofSameCustomer(conversationId: string): readonly string[];
  /** Deletes them; they stay away until somebody says something in them, or the rep asks for one by name ({@link putThread}). */
  forget(conversationIds: readonly string[]): void;
  /** Where its messages ended when it was forgotten, and whether it changed in its helpdesk since; null for one that was not forgotten. */
  forgotten(
    conversationId: string,
    thread: HelpdeskThread,
  ): { readonly cursor: string | null; readonly isChanged: boolean } | null;
  /** It changed, and nothing was said: it stays forgotten as it is now. */
  stayForgotten(conversationId: string, thread: HelpdeskThread): void;
  /** @returns the ids of what was forgotten. */
  forgetConnection(connectionId: string): readonly string[];
}

const ThreadBody = z.object({
  id: z.string(),
  subject: z.string(),
  channel: Channel,
  status: ConversationStatus,
  customer: ConversationCustomer,
  fields: z.record(z.string(), z.string()),
  version: z.string().nullable(),
  updatedAt: z.string(),
});
const MessageBody = z.object({
  id: z.string(),
  sentAt: z.string(),
  author: z.object({ role: z.enum(['customer', 'rep', 'system']), name: z.string() }),
  visibility: z.enum(['public', 'internal']),
  text: z.string(),
  attachments: z.array(Attachment),
});
const Row = z.tuple([z.string(), z.string(), z.string(), z.string().nullable(), z.number()]);
const COLUMNS = 'conversation_id, connection_id, body, cursor, read_count';

/** What changes with every change of a conversation in its helpdesk. */
const stateOf = ({ version, updatedAt }: HelpdeskThread): string => version ?? updatedAt;

export function createThreadStore(database: Database, now: () => Date): ThreadStore {
  const all = database.prepare(`SELECT ${COLUMNS} FROM thread ORDER BY updated_at DESC`).raw();
  const one = database.prepare(`SELECT ${COLUMNS} FROM thread WHERE conversation_id = ?`).raw();
  const versionOf = database.prepare('SELECT version FROM thread WHERE conversation_id = ?').raw();
  const put = database.prepare(
    `INSERT INTO thread (conversation_id, connection_id, body, customer_email, version, cursor, read_count, updated_at, seen_at)
     VALUES (?, ?, ?, ?, ?, NULL, 0, ?, ?)
     ON CONFLICT (conversation_id) DO UPDATE SET
       body = excluded.body, customer_email = excluded.customer_email, version = excluded.version, updated_at = excluded.updated_at,
       seen_at = excluded.seen_at`,
  );
  const bodies = database
    .prepare('SELECT body FROM thread_message WHERE conversation_id = ? ORDER BY position')
    .raw();
  const count = database.prepare('SELECT COUNT(*) FROM thread_message WHERE conversation_id = ?').raw();
  const add = database.prepare(
    'INSERT INTO thread_message (conversation_id, native_id, position, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const move = database.prepare('UPDATE thread SET cursor = ? WHERE conversation_id = ?');
  const read = database.prepare(
    'UPDATE thread SET read_count = MAX(read_count, ?) WHERE conversation_id = ?',
  );
  const removeMessages = database.prepare('DELETE FROM thread_message WHERE conversation_id = ?');
  const removeFiles = database.prepare('DELETE FROM thread_file WHERE conversation_id = ?');
  const removeThread = database.prepare('DELETE FROM thread WHERE conversation_id = ?');

  const emailOf = database.prepare('SELECT customer_email FROM thread WHERE conversation_id = ?').raw();
  const bury = database.prepare('INSERT OR REPLACE INTO thread_forgotten VALUES (?, ?, ?, ?)');
  const rebury = database.prepare('UPDATE thread_forgotten SET state = ? WHERE conversation_id = ?');
  const buried = database
    .prepare('SELECT state, cursor FROM thread_forgotten WHERE conversation_id = ?')
    .raw();
  const unbury = database.prepare('DELETE FROM thread_forgotten WHERE conversation_id = ?');
  const unburyAll = database.prepare('DELETE FROM thread_forgotten WHERE connection_id = ?');
  const isKnown = database.prepare('SELECT 1 FROM thread WHERE conversation_id = ?').raw();
  database.exec('PRAGMA secure_delete = ON');

  const stored = (row: unknown): StoredThread => {
    const [conversationId, connectionId, body, cursor, readCount] = Row.parse(row);
    const thread = ThreadBody.parse(JSON.parse(body));
    return { conversationId, connectionId, thread, cursor, readCount };
  };
  const forget = database.transaction((ids: readonly string[]) => {
    for (const id of ids) {
      removeMessages.run(id);
      removeFiles.run(id);
      removeThread.run(id);
    }
  });
  const idsWhere = (condition: string, value: string | number): string[] =>
    (
      database.prepare(`SELECT conversation_id FROM thread WHERE ${condition}`).raw().all(value) as [string][]
    ).map(([id]) => id);
  const forgetWhere = (condition: string, value: string | number): string[] => {
    const ids = idsWhere(condition, value);
    forget(ids);
    return ids;
  };

  return {
    list: () => all.all().map(stored),
    find(conversationId) {
      const row: unknown = one.get(conversationId);
      return row === undefined ? null : stored(row);
    },
    messages: (conversationId) =>
      (bodies.all(conversationId) as [string][]).map(([body]) => MessageBody.parse(JSON.parse(body))),
    putThread(conversationId, connectionId, thread) {
      unbury.run(conversationId);
      const before = versionOf.get(conversationId) as [string | null] | undefined;
      const email = thread.customer.email?.toLowerCase() ?? '';
      const body = JSON.stringify(thread);
      put.run(
        ...([conversationId, connectionId, body, email, thread.version] as const),
        ...([thread.updatedAt, now().getTime()] as const),
      );
      return before === undefined || before[0] !== thread.version;
    },
    append: database.transaction(
      (conversationId: string, messages: readonly HelpdeskMessage[], cursor: string) => {
        // Forgotten while its messages were on their way.
        if (isKnown.get(conversationId) === undefined) return [];
        let [position] = count.get(conversationId) as [number];
        const fresh = messages.filter((message) => {
          const { changes } = add.run(conversationId, message.id, position, JSON.stringify(message));
          position += changes;
          return changes > 0;
        });
        move.run(cursor, conversationId);
        return fresh;
      },
    ),
    markRead: (conversationId, seen) => void read.run(seen, conversationId),
    forgetUnseenSince: (then) => forgetWhere('seen_at < ?', then.getTime()),
    ofSameCustomer(conversationId) {
      const email = (emailOf.get(conversationId) as [string] | undefined)?.[0] ?? '';
      const same = email === '' ? [] : idsWhere('customer_email = ?', email);
      return [...new Set([conversationId, ...same])];
    },
    forget: database.transaction((ids: readonly string[]) => {
      for (const id of ids) {
        const row: unknown = one.get(id);
        if (row === undefined) continue;
        const { connectionId, thread, cursor } = stored(row);
        bury.run(id, connectionId, stateOf(thread), cursor);
        removeMessages.run(id);
        removeFiles.run(id);
        removeThread.run(id);
      }
    }),
    forgotten(conversationId, thread) {
      const row = buried.get(conversationId) as [string, string | null] | undefined;
      return row ? { cursor: row[1], isChanged: row[0] !== stateOf(thread) } : null;
    },
    stayForgotten: (conversationId, thread) => void rebury.run(stateOf(thread), conversationId),
    forgetConnection(connectionId) {
      unburyAll.run(connectionId);
      return forgetWhere('connection_id = ?', connectionId);
    },
  };
}
