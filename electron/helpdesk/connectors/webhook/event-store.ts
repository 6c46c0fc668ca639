import { helpdeskRefOf } from '../../../../shared/domain/helpdesk-ref.js';
import type { Database } from '../../../storage/database.js';
import { StoredAbout, StoredMessage, type WebhookEvent } from './events.js';

/** A conversation by its events. */
export interface ToldConversation {
  readonly id: string;
  readonly about: StoredAbout;
  readonly endedAt: string | null;
  readonly updatedAt: string;
  /** Grows with every event that changed something. */
  readonly revision: number;
}

export interface ToldMessage {
  /** Grows with every message of the connection. */
  readonly position: number;
  readonly stored: StoredMessage;
}

/** What helpdesks told us, kept until the conversation is over for long: nothing can be asked for again. */
export interface EventStore {
  /** On disk when it returns. @returns false for an event that was told before. */
  add(connectionId: string, event: WebhookEvent): boolean;
  /** Those that are not over, the newest change first. */
  open(connectionId: string, limit: number): readonly ToldConversation[];
  find(connectionId: string, id: string): ToldConversation | null;
  /** The conversation whose page this is. */
  idOfPage(connectionId: string, url: string): string | null;
  messages(connectionId: string, id: string, after: number): readonly ToldMessage[];
  count(connectionId: string): number;
  /** @param conversationIds as Cuecard names them, of any helpdesk. */
  forgetConversations(conversationIds: readonly string[]): void;
  forgetConnection(connectionId: string): void;
  /** What is over since before then. */
  forgetEndedBefore(then: Date): void;
}

type Row = [id: string, body: string, endedAt: string | null, updatedAt: string, revision: number];
const COLUMNS = 'native_id, body, ended_at, updated_at, revision';

export function createEventStore(database: Database): EventStore {
  // What is forgotten must not be found in the free pages of the file.
  database.exec('PRAGMA secure_delete = ON');
  const one = database
    .prepare(`SELECT ${COLUMNS} FROM told_conversation WHERE connection_id = ? AND native_id = ?`)
    .raw();
  const open = database
    .prepare(
      `SELECT ${COLUMNS} FROM told_conversation WHERE connection_id = ? AND ended_at IS NULL ORDER BY updated_at DESC LIMIT ?`,
    )
    .raw();
  const put = database.prepare(
    `INSERT INTO told_conversation (connection_id, native_id, body, url, ended_at, updated_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (connection_id, native_id) DO UPDATE SET body = excluded.body, url = excluded.url, ended_at = excluded.ended_at,
       updated_at = excluded.updated_at, revision = excluded.revision`,
  );
  const addMessage = database.prepare(
    'INSERT INTO told_message (connection_id, native_id, message_id, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const messages = database
    .prepare(
      'SELECT position, body FROM told_message WHERE connection_id = ? AND native_id = ? AND position > ? ORDER BY position',
    )
    .raw();
  const page = database
    .prepare('SELECT native_id FROM told_conversation WHERE connection_id = ? AND url = ?')
    .raw();
  const count = database.prepare('SELECT COUNT(*) FROM told_conversation WHERE connection_id = ?').raw();
  const ended = database
    .prepare(
      'SELECT connection_id, native_id FROM told_conversation WHERE ended_at IS NOT NULL AND updated_at < ?',
    )
    .raw();
  const removeMessages = database.prepare(
    'DELETE FROM told_message WHERE connection_id = ? AND native_id = ?',
  );
  const remove = database.prepare('DELETE FROM told_conversation WHERE connection_id = ? AND native_id = ?');

  const read = ([id, body, endedAt, updatedAt, revision]: Row): ToldConversation => ({
    ...{ id, about: StoredAbout.parse(JSON.parse(body)), endedAt, updatedAt, revision },
  });
  const find = (connectionId: string, id: string): ToldConversation | null => {
    const row = one.get(connectionId, id) as Row | undefined;
    return row ? read(row) : null;
  };
  const forget = database.transaction((pairs: readonly (readonly [string, string])[]) => {
    for (const [connectionId, id] of pairs) {
      removeMessages.run(connectionId, id);
      remove.run(connectionId, id);
    }
  });

  return {
    add: database.transaction((connectionId: string, event: WebhookEvent): boolean => {
      const { conversationId: id, at } = event;
      const before = find(connectionId, id);
      const message = 'message' in event ? event.message : undefined;
      const body = message && JSON.stringify({ sentAt: at, message });
      const isNew =
        body !== undefined && addMessage.run(connectionId, id, message?.id ?? '', body).changes > 0;
      const about = aboutAfter(before?.about ?? {}, event);
      const endedAt = endAfter(before, event, isNew);
      const isChanged =
        before === null ||
        isNew ||
        endedAt !== before.endedAt ||
        JSON.stringify(about) !== JSON.stringify(before.about);
      if (!isChanged) return false;
      const updatedAt = before && before.updatedAt > at ? before.updatedAt : at;
      const head = [connectionId, id, JSON.stringify(about), about.url ?? null, endedAt] as const;
      // Not from one on: a conversation that was forgotten and is told anew must not look like the one that was forgotten.
      put.run(...head, updatedAt, (before?.revision ?? Date.now()) + 1);
      return true;
    }),
    open: (connectionId, limit) => (open.all(connectionId, limit) as Row[]).map(read),
    find,
    idOfPage: (connectionId, url) => (page.get(connectionId, url) as [string] | undefined)?.[0] ?? null,
    messages: (connectionId, id, after) =>
      (messages.all(connectionId, id, after) as [number, string][]).map(([position, body]) => ({
        ...{ position, stored: StoredMessage.parse(JSON.parse(body)) },
      })),
    count: (connectionId) => (count.get(connectionId) as [number])[0],
    forgetConversations(conversationIds) {
      const refs = conversationIds.map(helpdeskRefOf).filter((ref) => ref !== null);
      forget(refs.map(({ connectionId, nativeId }) => [connectionId, nativeId]));
    },
    forgetConnection: database.transaction((connectionId: string) => {
      database.prepare('DELETE FROM told_message WHERE connection_id = ?').run(connectionId);
      database.prepare('DELETE FROM told_conversation WHERE connection_id = ?').run(connectionId);
    }),
    forgetEndedBefore: (then) => forget(ended.all(then.toISOString()) as [string, string][]),
  };
}

/** What an event tells beside its message takes the place of what was known. */
function aboutAfter(before: StoredAbout, event: WebhookEvent): StoredAbout {
  const { subject, channel, customer, url, fields } = event;
  const told = Object.fromEntries(
    Object.entries({ subject, channel, customer, url, fields }).filter(([, value]) => value !== undefined),
  );
  return StoredAbout.parse({ ...before, ...told });
}

/** Something said after the end opens a conversation again; an end that was told late does not close what was said after it. */
function endAfter(before: ToldConversation | null, event: WebhookEvent, isNew: boolean): string | null {
  const endedAt = before?.endedAt ?? null;
  if (event.event === 'conversation.ended')
    return endedAt ?? (before === null || before.updatedAt <= event.at ? event.at : null);
  return isNew && endedAt !== null && event.at > endedAt ? null : endedAt;
}
