import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { Database } from '../storage/database.js';

/** How much goes with a conversation. */
export interface ForgetScope {
  /** Whether decisions go that the team's hub has not got yet: with a customer they do, by age they do not. */
  readonly withUnsent: boolean;
}

/** One place that keeps something of conversations. Deletes what it has of these; what it has nothing of is no error. */
export type Forgetter = (conversationIds: readonly string[], scope: ForgetScope) => void | Promise<void>;

export interface ForgettingDeps {
  /** Of the desk. What was deleted is overwritten in the file, not only left unnamed. */
  readonly database: Database;
  /** Every place on this machine. */
  readonly forgetters: readonly Forgetter[];
  /** Ids of conversations whose changes in business systems are under way or have no known end. */
  readonly openChanges: (conversationIds: readonly string[]) => readonly string[];
  /** Whether something that may hold these conversations cannot be opened now: they are forgotten again at the next start. */
  readonly isWaiting?: boolean;
  readonly log: Logger;
}

/** Takes conversations out of every place that keeps something of them. */
export interface Forgetting {
  /**
   * @throws AppErrorException FORGET_CHANGE_OPEN before anything is deleted; FORGET_INCOMPLETE where a place did not let go: it is tried again at
   *   the next start.
   */
  forget(conversationIds: readonly string[], scope: ForgetScope): Promise<void>;
  /** Goes on with what an earlier process did not end. */
  resume(): Promise<void>;
  /** Calls `listener` with what was forgotten. Returns the function that stops listening. */
  onForgotten(listener: (conversationIds: readonly string[]) => void): () => void;
}

const Row = z.object({ conversation_id: z.string(), with_unsent: z.number() });

export function createForgetting(deps: ForgettingDeps): Forgetting {
  const { database, forgetters, openChanges, isWaiting = false, log } = deps;
  const listeners = new Set<(conversationIds: readonly string[]) => void>();
  const insert = database.prepare(
    'INSERT INTO forgetting VALUES (?, ?) ON CONFLICT (conversation_id) DO UPDATE SET with_unsent = MAX(with_unsent, excluded.with_unsent)',
  );
  const remove = database.prepare('DELETE FROM forgetting WHERE conversation_id = ?');
  const pending = database.prepare('SELECT conversation_id, with_unsent FROM forgetting');
  database.exec('PRAGMA secure_delete = ON');
  const note = database.transaction((ids: readonly string[], withUnsent: boolean) => {
    for (const id of ids) insert.run(id, withUnsent ? 1 : 0);
  });
  const done = database.transaction((ids: readonly string[]) => {
    for (const id of ids) remove.run(id);
  });

  async function run(ids: readonly string[], scope: ForgetScope): Promise<void> {
    if (ids.length === 0) return;
    const failed: unknown[] = [];
    for (const forget of forgetters) {
      try {
        await forget(ids, scope);
      } catch (error) {
        failed.push(error);
      }
    }
    for (const listener of listeners) listener(ids);
    if (failed.length > 0) {
      log.error('forgetting.incomplete', { count: failed.length });
      throw new AppErrorException('FORGET_INCOMPLETE', undefined, { cause: failed[0] });
    }
    if (!isWaiting) done.immediate(ids);
    // Old pages lie in the write-ahead log until it is written back.
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    log.info('forgetting.done', { count: ids.length });
  }

  return {
    async forget(conversationIds, scope) {
      if (openChanges(conversationIds).length > 0) throw new AppErrorException('FORGET_CHANGE_OPEN');
      note.immediate(conversationIds, scope.withUnsent);
      await run(conversationIds, scope);
    },
    async resume() {
      const rows = pending.all().map((row) => Row.parse(row));
      const idsWith = (withUnsent: number): string[] =>
        rows.filter((row) => row.with_unsent === withUnsent).map((row) => row.conversation_id);
      await run(idsWith(1), { withUnsent: true });
      await run(idsWith(0), { withUnsent: false });
    },
    onForgotten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
