import { z } from 'zod';

import { Action, type ActionStatus } from '../../shared/domain/action.js';
import { Fact } from '../../shared/domain/tool-call.js';
import type { Database } from '../storage/database.js';
import { createAuditLog, type AuditEvent, type AuditLog } from './audit-log.js';
import { needsLead } from './what-findings-ask.js';

/** What an action was proposed with and needs again when it is previewed and done. */
export const ActionContext = z.object({
  customer: z.object({ name: z.string(), email: z.string().nullable() }),
  /** What the card's look-ups had found. */
  facts: z.array(Fact),
});
export type ActionContext = z.infer<typeof ActionContext>;

/** Actions and their log, on disk before anything is asked of a system. */
export interface ActionStore {
  /** @param subject what the action is about (tool and order): two of one subject are the same wish. */
  add(action: Action, subject: string, context: ActionContext): void;
  /** Replaces the action and adds to the log, in one transaction. @throws when the disk does not take it; nothing is changed then. */
  save(action: Action, event: AuditEvent): void;
  find(id: string): Action | null;
  contextOf(id: string): ActionContext | null;
  /** Oldest first. */
  ofConversation(conversationId: string): Action[];
  /** The newest of a subject; null when there is none. */
  newestOf(conversationId: string, subject: string): Action | null;
  withStatus(status: ActionStatus): Action[];
  /**
   * Gives unfinished actions of a Cuecard that knew no systems the one they can only be of. Once: of systems connected later none is meant.
   * @param systemsOf the systems with a tool of this name; `undefined` stands for the desk itself.
   */
  nameSystems(systemsOf: (tool: string) => readonly (string | undefined)[]): void;
  /** Deletes the actions of a conversation; the log keeps that they were. */
  forgetConversations(conversationIds: readonly string[]): void;
  readonly audit: AuditLog;
}

const Row = z.object({ body: z.string() });
const ContextRow = z.object({ context: z.string() });

const read = (row: unknown): Action => Action.parse(JSON.parse(Row.parse(row).body));

/** Nothing is asked of a system for these any more; one that failed can be tried again. */
const ENDED: ReadonlySet<ActionStatus> = new Set(['succeeded', 'refused']);

const wasForLeads = ({ findings, decisions }: Action): boolean =>
  needsLead(findings) || decisions.some(({ role }) => role === 'lead');

export function createActionStore(database: Database, now: () => Date): ActionStore {
  const audit = createAuditLog(database);
  const byId = database.prepare('SELECT body FROM action WHERE id = ?');
  const contextById = database.prepare('SELECT context FROM action WHERE id = ?');
  const newest = database.prepare(
    'SELECT body FROM action WHERE conversation_id = ? AND subject = ? ORDER BY created_at DESC, rowid DESC LIMIT 1',
  );
  const ofConversation = database.prepare(
    'SELECT body FROM action WHERE conversation_id = ? ORDER BY created_at, rowid',
  );
  const ofStatus = database.prepare('SELECT body FROM action WHERE status = ? ORDER BY created_at, rowid');

  return {
    audit,
    add(action, subject, context) {
      const insert = database.prepare('INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?)');
      database
        .transaction(() => {
          const { id, conversationId, status, createdAt } = action;
          const bodies = [JSON.stringify(context), JSON.stringify(action)];
          insert.run(id, conversationId, subject, status, ...bodies, createdAt);
          audit.add(now(), 'proposed', action);
        })
        .immediate();
    },
    save(action, event) {
      const update = database.prepare('UPDATE action SET status = ?, body = ? WHERE id = ?');
      database
        .transaction(() => {
          const { changes } = update.run(action.status, JSON.stringify(action), action.id);
          // Forgotten meanwhile: the log must not learn it anew.
          if (changes > 0) audit.add(now(), event, action);
        })
        .immediate();
    },
    find(id) {
      const row = byId.get(id);
      return row === undefined ? null : read(row);
    },
    contextOf(id) {
      const row = contextById.get(id);
      return row === undefined ? null : ActionContext.parse(JSON.parse(ContextRow.parse(row).context));
    },
    ofConversation: (conversationId) => ofConversation.all(conversationId).map(read),
    newestOf(conversationId, subject) {
      const row = newest.get(conversationId, subject);
      return row === undefined ? null : read(row);
    },
    withStatus: (status) => ofStatus.all(status).map(read),
    nameSystems(systemsOf) {
      const nameless = database.prepare(
        'SELECT body FROM action WHERE id IN (SELECT action_id FROM action_before_systems)',
      );
      const name = database.prepare('UPDATE action SET body = ? WHERE id = ?');
      database
        .transaction(() => {
          for (const action of nameless.all().map(read)) {
            const [systemId, ...others] = systemsOf(action.tool);
            if (action.systemId !== undefined || ENDED.has(action.status)) continue;
            if (systemId !== undefined && others.length === 0)
              name.run(JSON.stringify({ ...action, systemId }), action.id);
          }
          database.exec('DELETE FROM action_before_systems');
        })
        .immediate();
    },
    forgetConversations(conversationIds) {
      const remove = database.prepare('DELETE FROM action WHERE id = ?');
      const note = database.prepare('INSERT INTO action_question VALUES (?, 1) ON CONFLICT DO NOTHING');
      database
        .transaction(() => {
          for (const conversationId of conversationIds) {
            const actions = ofConversation.all(conversationId).map(read);
            const ids = actions.map(({ id }) => id);
            audit.forget(ids);
            // What a lead answered lies at the hub still. Noted with the deletion, so that no kill comes between.
            for (const action of actions.filter(wasForLeads)) note.run(action.id);
            for (const id of ids) remove.run(id);
          }
        })
        .immediate();
    },
  };
}
