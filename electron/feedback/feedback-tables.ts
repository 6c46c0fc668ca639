/** Tables of decisions and of their way to the hub; only ever appended to. */
export const feedbackMigrations: readonly string[] = [
  `CREATE TABLE feedback (
     id TEXT PRIMARY KEY,
     run_id TEXT NOT NULL,
     conversation_id TEXT NOT NULL,
     created_at TEXT NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX feedback_by_time ON feedback (created_at DESC);
   CREATE TABLE feedback_outbox (
     feedback_id TEXT PRIMARY KEY REFERENCES feedback (id),
     queued_at TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0
   );`,
  // A row of the delivery stays when it is settled, so that a sequence is never given twice. No version with the first tables had a
  // hub to send to, so everything from then waits; its context is filled in from the suggestions at the next start.
  `CREATE TABLE feedback_delivery (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     feedback_id TEXT NOT NULL UNIQUE REFERENCES feedback (id),
     conversation_id TEXT NOT NULL,
     context TEXT,
     state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'refused')),
     settled_at TEXT,
     reason TEXT,
     note TEXT
   );
   CREATE INDEX feedback_waiting ON feedback_delivery (conversation_id, sequence) WHERE state = 'waiting';
   CREATE INDEX feedback_refused ON feedback_delivery (sequence) WHERE state = 'refused';
   CREATE INDEX feedback_without_context ON feedback_delivery (sequence) WHERE context IS NULL;
   INSERT INTO feedback_delivery (feedback_id, conversation_id) SELECT id, conversation_id FROM feedback ORDER BY rowid;
   CREATE TABLE feedback_notes (cursor INTEGER NOT NULL);
   INSERT INTO feedback_notes (cursor) VALUES (0);
   DROP INDEX feedback_by_time;
   DROP TABLE feedback_outbox;`,
  // Kept by itself, since the times of acknowledgements are a clock's that may jump.
  `CREATE TABLE feedback_last_acknowledged (feedback_id TEXT);
   INSERT INTO feedback_last_acknowledged (feedback_id) VALUES (
     (SELECT feedback_id FROM feedback_delivery WHERE state = 'delivered' ORDER BY settled_at DESC, sequence DESC LIMIT 1));`,
];
