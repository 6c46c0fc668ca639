import type { MigrationSet } from '../storage/migrate.js';

/** Decisions of reps, and what leads answered. The body is the event as it was sent; the other columns are what is asked for. */
export const feedbackTables: MigrationSet = {
  scope: 'feedback',
  statements: [
    // `decided_at` is the device's word, though never later than the arrival: a wrong clock must not stay on top for ever.
    // The body is text, since jsonb does not take every JSON text (no \u0000, no lone surrogates).
    `CREATE TABLE feedback (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       id uuid NOT NULL,
       member_id uuid NOT NULL,
       sequence bigint NOT NULL,
       conversation_id text COLLATE "C" NOT NULL,
       decided_at timestamptz NOT NULL,
       received_at timestamptz NOT NULL,
       action text NOT NULL,
       intent text,
       article_ids text[] NOT NULL,
       prompts text[] NOT NULL,
       body text NOT NULL,
       note_number bigint,
       note text,
       draft_key text,
       resolved_by text,
       resolved_at timestamptz,
       PRIMARY KEY (workspace_id, id),
       FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id))`,
    `CREATE INDEX feedback_inbox ON feedback (workspace_id, decided_at, sequence, id)`,
    `CREATE INDEX feedback_by_conversation ON feedback (workspace_id, conversation_id, sequence, id)`,
    `CREATE INDEX feedback_corrections ON feedback (workspace_id, decided_at) WHERE action IN ('edited', 'rejected')`,
    `CREATE UNIQUE INDEX feedback_notes ON feedback (workspace_id, note_number) WHERE note_number IS NOT NULL`,
    `CREATE INDEX feedback_notes_of_member ON feedback (workspace_id, member_id, note_number) WHERE note_number IS NOT NULL`,
  ],
};
