/** Tables of texts on their way to a helpdesk. The key is written before the call, so that a kill leaves a trace of it. */
export const deliveryMigrations: readonly string[] = [
  `CREATE TABLE delivery (
     key TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL,
     mode TEXT NOT NULL,
     text TEXT NOT NULL,
     cursor TEXT NOT NULL,
     state TEXT NOT NULL,
     detail TEXT NOT NULL,
     message_id TEXT,
     created_at TEXT NOT NULL
   );
   CREATE INDEX delivery_by_conversation ON delivery (conversation_id, state);`,
];
