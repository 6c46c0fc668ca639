/** Tables of what helpdesks told us by events. A position is given out once, so that a cursor never meets another message. */
export const eventMigrations: readonly string[] = [
  `CREATE TABLE told_conversation (
     connection_id TEXT NOT NULL,
     native_id TEXT NOT NULL,
     body TEXT NOT NULL,
     url TEXT,
     ended_at TEXT,
     updated_at TEXT NOT NULL,
     revision INTEGER NOT NULL,
     PRIMARY KEY (connection_id, native_id)
   );
   CREATE INDEX told_conversation_by_change ON told_conversation (connection_id, updated_at);
   CREATE INDEX told_conversation_by_page ON told_conversation (connection_id, url);
   CREATE TABLE told_message (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     connection_id TEXT NOT NULL,
     native_id TEXT NOT NULL,
     message_id TEXT NOT NULL,
     body TEXT NOT NULL,
     UNIQUE (connection_id, native_id, message_id)
   );`,
];
