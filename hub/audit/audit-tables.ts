import type { MigrationSet } from '../storage/migrate.js';

export const auditTables: MigrationSet = {
  scope: 'audit',
  statements: [
    // `at` and `detail` are the text that was hashed: a timestamptz or jsonb would come back written otherwise.
    `CREATE TABLE audit_entry (
       workspace_id uuid NOT NULL,
       sequence bigint NOT NULL,
       at text NOT NULL,
       actor text NOT NULL,
       action text NOT NULL,
       detail text NOT NULL,
       previous_hash text NOT NULL,
       hash text NOT NULL,
       PRIMARY KEY (workspace_id, sequence))`,
    `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the audit log is only ever appended to'; END $$`,
    `CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
    `CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  ],
};
