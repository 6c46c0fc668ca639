import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { Action } from '../../shared/domain/action.js';
import type { Database } from '../storage/database.js';

/** What happened to an action. */
export const AuditEvent = z.enum([
  'proposed',
  'previewed',
  'approved',
  'edited',
  'refused',
  'sent_to_lead',
  'lead_not_reached',
  'asked',
  'succeeded',
  'failed',
  'unclear',
  'settled_by_hand',
]);
export type AuditEvent = z.infer<typeof AuditEvent>;

const AuditRow = z.object({
  number: z.number(),
  at: z.string(),
  action_id: z.string(),
  event: AuditEvent,
  body: z.string().nullable(),
  body_hash: z.string(),
  hash: z.string(),
});

/** One line of the log. `action` is null where the customer was forgotten since. */
export interface AuditLine {
  readonly number: number;
  readonly at: string;
  readonly actionId: string;
  readonly event: AuditEvent;
  readonly action: unknown;
  readonly hash: string;
}

export interface AuditLog {
  /** Adds one line; to be called in the transaction that changes the action. */
  add(at: Date, event: AuditEvent, action: Action): void;
  lines(): AuditLine[];
  /** The number of the first line that was changed or before which one is missing; null while all is as it was written. */
  firstBroken(): number | null;
  /** Empties what lines say of these actions; that something happened, and when, stays. */
  forget(actionIds: readonly string[]): void;
}

const sha256 = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  // Lengths between the parts, so that no two lists of parts read the same.
  for (const part of parts) hash.update(`${String(Buffer.byteLength(part))}:${part}`);
  return hash.digest('hex');
};

export function createAuditLog(database: Database): AuditLog {
  const last = database.prepare('SELECT * FROM action_audit ORDER BY number DESC LIMIT 1');
  const insert = database.prepare('INSERT INTO action_audit VALUES (?, ?, ?, ?, ?, ?, ?)');
  const all = (): z.infer<typeof AuditRow>[] =>
    database
      .prepare('SELECT * FROM action_audit ORDER BY number')
      .all()
      .map((row) => AuditRow.parse(row));

  return {
    add(at, event, action) {
      const row = last.get();
      const previous = row === undefined ? null : AuditRow.parse(row);
      const number = (previous?.number ?? 0) + 1;
      const body = JSON.stringify(action);
      const line = [String(number), at.toISOString(), action.id, event, sha256(body)] as const;
      insert.run(number, line[1], action.id, event, body, line[4], sha256(previous?.hash ?? '', ...line));
    },
    lines: () =>
      all().map(({ number, at, action_id: actionId, event, body, hash }) => ({
        ...{ number, at, actionId, event, hash },
        action: body === null ? null : (JSON.parse(body) as unknown),
      })),
    firstBroken() {
      let before = '';
      let expected = 1;
      for (const { number, at, action_id: actionId, event, body, body_hash: bodyHash, hash } of all()) {
        const isWhole = body === null || sha256(body) === bodyHash;
        const line = [String(number), at, actionId, event, bodyHash];
        if (number !== expected || !isWhole || sha256(before, ...line) !== hash) return number;
        before = hash;
        expected += 1;
      }
      return null;
    },
    forget(actionIds) {
      const empty = database.prepare('UPDATE action_audit SET body = NULL WHERE action_id = ?');
      for (const id of actionIds) empty.run(id);
    },
  };
}
