import { z } from 'zod';

import { StepTick } from '../../shared/domain/playbook.js';
import type { Database } from '../storage/database.js';

/** Table of what reps ticked by hand, by conversation. */
export const tickMigrations: readonly string[] = [
  `CREATE TABLE playbook_tick (
     conversation_id TEXT NOT NULL,
     intent TEXT NOT NULL,
     step_id TEXT NOT NULL,
     mark TEXT NOT NULL,
     at TEXT NOT NULL,
     PRIMARY KEY (conversation_id, intent, step_id)
   );`,
];

export interface TickStore {
  ofConversation(conversationId: string): StepTick[];
  put(conversationId: string, tick: StepTick): void;
  take(conversationId: string, intent: string, stepId: string): void;
  forgetConversations(conversationIds: readonly string[]): void;
}

export function createTickStore(database: Database, now: () => Date): TickStore {
  const byConversation = database.prepare(
    'SELECT intent, step_id AS stepId, mark FROM playbook_tick WHERE conversation_id = ? ORDER BY at, step_id',
  );
  const replace = database.prepare(
    'INSERT OR REPLACE INTO playbook_tick (conversation_id, intent, step_id, mark, at) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare(
    'DELETE FROM playbook_tick WHERE conversation_id = ? AND intent = ? AND step_id = ?',
  );
  const removeAll = database.prepare('DELETE FROM playbook_tick WHERE conversation_id = ?');
  return {
    forgetConversations: database.transaction((ids: readonly string[]) => {
      for (const id of ids) removeAll.run(id);
    }),
    ofConversation: (conversationId) => z.array(StepTick).parse(byConversation.all(conversationId)),
    put(conversationId, { intent, stepId, mark }) {
      replace.run(conversationId, intent, stepId, mark, now().toISOString());
    },
    take(conversationId, intent, stepId) {
      remove.run(conversationId, intent, stepId);
    },
  };
}
