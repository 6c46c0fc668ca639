import type { MigrationSet } from '../storage/migrate.js';

/**
 * Changes that wait for a lead's word, and the words. `body` is the question as it was asked; it is emptied with the answer, since what a
 * customer's refund was is nothing for the hub to keep. The trigger keeps an answer from being changed.
 */
export const approvalTables: MigrationSet = {
  scope: 'approvals',
  statements: [
    `CREATE TABLE approval (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       id uuid NOT NULL,
       content text NOT NULL,
       member_id uuid NOT NULL,
       asked_at timestamptz NOT NULL,
       body text,
       decision text CHECK (decision IN ('approved', 'refused')),
       decided_by uuid,
       decided_by_name text,
       reason text,
       decided_at timestamptz,
       PRIMARY KEY (workspace_id, id),
       FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
       CHECK ((decision IS NULL) = (body IS NOT NULL)),
       CHECK (decided_by IS NULL OR decided_by <> member_id))`,
    `CREATE INDEX approval_waiting ON approval (workspace_id, asked_at) WHERE decision IS NULL`,
    `CREATE FUNCTION keep_approval_answer() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       RAISE EXCEPTION 'an answer is not changed';
     END $$`,
    `CREATE TRIGGER approval_answer_is_kept BEFORE UPDATE ON approval
       FOR EACH ROW WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION keep_approval_answer()`,
  ],
};
