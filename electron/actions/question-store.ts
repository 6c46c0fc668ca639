import { z } from 'zod';

import type { Database } from '../storage/database.js';

/** A question that may be at a hub: it is looked after until it was answered or taken back there. */
export interface OpenQuestion {
  readonly actionId: string;
  /** Whether a hub said that it has it. */
  readonly isSent: boolean;
}

/** Questions to leads, on disk before a hub is asked. What they ask stands in the action itself. */
export interface QuestionStore {
  open(): OpenQuestion[];
  find(actionId: string): OpenQuestion | null;
  /** Does nothing where it is there already. */
  add(actionId: string): void;
  mark(actionId: string, isSent: boolean): void;
  remove(actionId: string): void;
}

const Row = z
  .object({ action_id: z.string(), is_sent: z.number() })
  .transform(({ action_id, is_sent }): OpenQuestion => ({ actionId: action_id, isSent: is_sent === 1 }));

export function createQuestionStore(database: Database): QuestionStore {
  const all = database.prepare('SELECT action_id, is_sent FROM action_question ORDER BY rowid');
  const byId = database.prepare('SELECT action_id, is_sent FROM action_question WHERE action_id = ?');
  const insert = database.prepare('INSERT INTO action_question VALUES (?, 0) ON CONFLICT DO NOTHING');
  const update = database.prepare('UPDATE action_question SET is_sent = ? WHERE action_id = ?');
  const remove = database.prepare('DELETE FROM action_question WHERE action_id = ?');
  return {
    open: () => all.all().map((row) => Row.parse(row)),
    find(actionId) {
      const row = byId.get(actionId);
      return row === undefined ? null : Row.parse(row);
    },
    add: (actionId) => void insert.run(actionId),
    mark: (actionId, isSent) => void update.run(isSent ? 1 : 0, actionId),
    remove: (actionId) => void remove.run(actionId),
  };
}
