/**
 * Actions, and the log of all that happened to them. The log is only ever added to: each row's `hash` covers the row before it, so that a
 * changed or missing one shows. What a row says can be emptied when a customer is forgotten; `body_hash` keeps the chain whole.
 */
export const actionMigrations: readonly string[] = [
  `CREATE TABLE action (
     id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL,
     subject TEXT NOT NULL,
     status TEXT NOT NULL,
     context TEXT NOT NULL,
     body TEXT NOT NULL,
     created_at TEXT NOT NULL
   );
   CREATE INDEX action_by_conversation ON action (conversation_id, created_at);
   CREATE INDEX action_by_status ON action (status);`,
  `CREATE TABLE action_audit (
     number INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     action_id TEXT NOT NULL,
     event TEXT NOT NULL,
     body TEXT,
     body_hash TEXT NOT NULL,
     hash TEXT NOT NULL
   );
   CREATE TRIGGER action_audit_is_kept BEFORE DELETE ON action_audit
   BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
   CREATE TRIGGER action_audit_is_not_changed BEFORE UPDATE ON action_audit
   WHEN NEW.body IS NOT NULL OR NEW.number <> OLD.number OR NEW.at <> OLD.at OR NEW.action_id <> OLD.action_id
     OR NEW.event <> OLD.event OR NEW.body_hash <> OLD.body_hash OR NEW.hash <> OLD.hash
   BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;`,
  // Questions that may be at a hub. Apart from the action, so that one is taken back there although its action was forgotten here.
  `CREATE TABLE action_question (action_id TEXT PRIMARY KEY, is_sent INTEGER NOT NULL);`,
  // Actions that may know no system, from before they were made in one of several; empty once each was given the one that fits.
  `CREATE TABLE action_before_systems AS SELECT id AS action_id FROM action;`,
];
