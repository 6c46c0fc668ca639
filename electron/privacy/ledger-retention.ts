import type { PrivacySettings } from '../../shared/domain/personal-data.js';
import type { Database } from '../storage/database.js';

/** Takes out of the ledger what is not to be kept. What was deleted is overwritten in the file, not only left unnamed. */
export interface LedgerRetention {
  /** Removes what is older than the days, then the oldest until the rest fits. Returns how many requests went. */
  prune(limits: Pick<PrivacySettings, 'keepDays' | 'keepMegabytes'>, now: Date): number;
  /** Removes all requests of a conversation, and which placeholders stood for whom in it. */
  forget(conversationId: string): number;
}

const DAY_MS = 86_400_000;
const MEGABYTE = 1_000_000;

export function createLedgerRetention(database: Database): LedgerRetention {
  database.exec('PRAGMA secure_delete = ON');
  // By time, not by id: what a command wrote is taken over later than what the app wrote meanwhile.
  const oldBodies = database.prepare(
    'DELETE FROM egress_body WHERE entry_id IN (SELECT id FROM egress WHERE at < ?)',
  );
  const oldEntries = database.prepare('DELETE FROM egress WHERE at < ?');
  /** The newest entry with which all that came after it no longer fits. */
  const beyond = database.prepare(
    `SELECT COALESCE(MAX(id), 0) AS id FROM (
       SELECT id, SUM(stored_bytes) OVER (ORDER BY id DESC) AS bytes FROM egress
     ) WHERE bytes > ?`,
  );
  const removeBodies = database.prepare('DELETE FROM egress_body WHERE entry_id <= ?');
  const removeEntries = database.prepare('DELETE FROM egress WHERE id <= ?');
  const trim = database.transaction((before: string, bytes: number): number => {
    oldBodies.run(before);
    const old = oldEntries.run(before).changes;
    const { id } = beyond.get(bytes) as { id: number };
    if (id === 0) return old;
    removeBodies.run(id);
    return old + removeEntries.run(id).changes;
  });
  const bodiesOf = database.prepare(
    'DELETE FROM egress_body WHERE entry_id IN (SELECT id FROM egress WHERE conversation_id = ?)',
  );
  const entriesOf = database.prepare('DELETE FROM egress WHERE conversation_id = ?');
  const placeholdersOf = database.prepare('DELETE FROM placeholder WHERE conversation_id = ?');
  const whole = database.transaction((conversationId: string): number => {
    bodiesOf.run(conversationId);
    placeholdersOf.run(conversationId);
    return entriesOf.run(conversationId).changes;
  });
  /** Old pages lie in the write-ahead log until it is written back. */
  const writeBack = (): void => {
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  };
  return {
    prune({ keepDays, keepMegabytes }, now) {
      const before = new Date(now.getTime() - keepDays * DAY_MS).toISOString();
      const removed = trim.immediate(before, keepMegabytes * MEGABYTE);
      if (removed > 0) writeBack();
      return removed;
    },
    forget(conversationId) {
      const removed = whole.immediate(conversationId);
      writeBack();
      return removed;
    },
  };
}
