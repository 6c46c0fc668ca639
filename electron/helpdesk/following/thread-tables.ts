/** Tables of what was read from helpdesks. A message keeps the number its helpdesk gave it: that is how one is never taken twice. */
export const threadMigrations: readonly string[] = [
  `CREATE TABLE thread (
     conversation_id TEXT PRIMARY KEY,
     connection_id TEXT NOT NULL,
     body TEXT NOT NULL,
     customer_email TEXT NOT NULL,
     version TEXT,
     cursor TEXT,
     read_count INTEGER NOT NULL,
     updated_at TEXT NOT NULL,
     seen_at INTEGER NOT NULL
   );
   CREATE INDEX thread_by_sight ON thread (seen_at);
   CREATE INDEX thread_by_customer ON thread (customer_email);
   CREATE TABLE thread_message (
     conversation_id TEXT NOT NULL REFERENCES thread (conversation_id) ON DELETE CASCADE,
     native_id TEXT NOT NULL,
     position INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (conversation_id, native_id)
   );
   CREATE INDEX thread_message_by_position ON thread_message (conversation_id, position);`,
  // A helpdesk goes on listing what was forgotten here; it is not kept again until something was said there. No word of the customer is in it.
  `CREATE TABLE thread_forgotten (
     conversation_id TEXT PRIMARY KEY,
     connection_id TEXT NOT NULL,
     state TEXT NOT NULL,
     cursor TEXT
   );`,
  `CREATE TABLE thread_file (
     conversation_id TEXT NOT NULL REFERENCES thread (conversation_id) ON DELETE CASCADE,
     message_id TEXT NOT NULL,
     attachment_id TEXT NOT NULL,
     body TEXT NOT NULL,
     used_at INTEGER NOT NULL,
     PRIMARY KEY (conversation_id, message_id, attachment_id)
   );`,
];
