import { z } from 'zod';

import { DeliveryMode } from '../../../shared/domain/helpdesk.js';
import type { Database } from '../../storage/database.js';

/**
 * `sending` was begun and has no end; `sent` is in the helpdesk; `uncertain` has no answer and was not found there yet; `missing` is not
 * there, so it may be sent again; `refused` was not taken.
 */
export const DeliveryState = z.enum(['sending', 'sent', 'uncertain', 'missing', 'refused']);
export type DeliveryState = z.infer<typeof DeliveryState>;

const Row = z.object({
  key: z.string(),
  conversation_id: z.string(),
  mode: DeliveryMode,
  text: z.string(),
  cursor: z.string(),
  state: DeliveryState,
  detail: z.string(),
  message_id: z.string().nullable(),
  created_at: z.string(),
});

export interface StoredDelivery {
  readonly key: string;
  readonly conversationId: string;
  readonly mode: DeliveryMode;
  readonly text: string;
  /** Where the messages of the conversation ended before the call: what was delivered comes after it. */
  readonly cursor: string;
  readonly state: DeliveryState;
  readonly detail: string;
  /** As the helpdesk numbers it, once it is known. */
  readonly messageId: string | null;
  readonly createdAt: string;
}

export interface DeliveryStore {
  /** On disk when it returns. One that is begun again, since it was not there, begins anew. */
  begin(delivery: Pick<StoredDelivery, 'key' | 'conversationId' | 'mode' | 'text' | 'cursor'>): void;
  end(key: string, state: Exclude<DeliveryState, 'sending'>, detail: string, messageId: string | null): void;
  find(key: string): StoredDelivery | null;
  /** Those that nobody knows the end of, oldest first. */
  open(): readonly StoredDelivery[];
  /** The newest delivery of the same text in the last day that the rep was not told the end of; null when there is none. */
  untold(delivery: Pick<StoredDelivery, 'conversationId' | 'mode' | 'text'>): StoredDelivery | null;
  forgetConversations(conversationIds: readonly string[]): void;
}

/** The same words a day later are said anew. */
const UNTOLD_MS = 86_400_000;

export function createDeliveryStore(database: Database, now: () => Date): DeliveryStore {
  const insert = database.prepare(
    `INSERT INTO delivery (key, conversation_id, mode, text, cursor, state, detail, message_id, created_at)
     VALUES (?, ?, ?, ?, ?, 'sending', '', NULL, ?)
     ON CONFLICT (key) DO UPDATE SET text = excluded.text, cursor = excluded.cursor, state = 'sending', detail = '', message_id = NULL`,
  );
  const update = database.prepare('UPDATE delivery SET state = ?, detail = ?, message_id = ? WHERE key = ?');
  const one = database.prepare('SELECT * FROM delivery WHERE key = ?');
  const unfinished = database.prepare(
    "SELECT * FROM delivery WHERE state IN ('sending', 'uncertain') ORDER BY created_at",
  );
  const remove = database.prepare('DELETE FROM delivery WHERE conversation_id = ?');
  const stored = (value: unknown): StoredDelivery => {
    const { conversation_id, message_id, created_at, ...rest } = Row.parse(value);
    return { ...rest, conversationId: conversation_id, messageId: message_id, createdAt: created_at };
  };
  const notTold = database.prepare(
    `SELECT * FROM delivery WHERE conversation_id = ? AND mode = ? AND text = ? AND created_at > ?
       AND (state IN ('sending', 'uncertain', 'missing') OR (state = 'sent' AND detail <> ''))
     ORDER BY created_at DESC LIMIT 1`,
  );
  return {
    untold({ conversationId, mode, text }) {
      const since = new Date(now().getTime() - UNTOLD_MS).toISOString();
      const row: unknown = notTold.get(conversationId, mode, text, since);
      return row === undefined ? null : stored(row);
    },
    begin: ({ key, conversationId, mode, text, cursor }) =>
      void insert.run(key, conversationId, mode, text, cursor, now().toISOString()),
    end: (key, state, detail, messageId) => void update.run(state, detail, messageId, key),
    find(key) {
      const row: unknown = one.get(key);
      return row === undefined ? null : stored(row);
    },
    open: () => unfinished.all().map(stored),
    forgetConversations: database.transaction((ids: readonly string[]) => {
      for (const id of ids) remove.run(id);
    }),
  };
}
