/**
 * The ledger and the placeholders of conversations. Bodies lie in a table of their own, so that a list of requests does not read them.
 * A placeholder is kept under a keyed hash of its value, never under the value.
 */
export const privacyMigrations: readonly string[] = [
  `CREATE TABLE egress (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     kind TEXT NOT NULL,
     task TEXT,
     run_id TEXT,
     conversation_id TEXT,
     method TEXT NOT NULL,
     host TEXT NOT NULL,
     path TEXT NOT NULL,
     headers TEXT NOT NULL,
     sha256 TEXT NOT NULL,
     body_bytes INTEGER NOT NULL,
     stored_bytes INTEGER NOT NULL,
     replaced TEXT NOT NULL,
     kept TEXT NOT NULL,
     replaced_count INTEGER NOT NULL,
     kept_count INTEGER NOT NULL,
     state TEXT NOT NULL DEFAULT 'open',
     status INTEGER,
     answer_bytes INTEGER NOT NULL DEFAULT 0,
     duration_ms REAL,
     failure TEXT,
     input_tokens INTEGER,
     output_tokens INTEGER,
     cost_micros INTEGER
   );
   CREATE INDEX egress_by_time ON egress (at);
   CREATE INDEX egress_by_conversation ON egress (conversation_id, id);
   CREATE INDEX egress_by_run ON egress (run_id, task, id);
   CREATE TABLE egress_body (
     entry_id INTEGER PRIMARY KEY REFERENCES egress (id),
     packing TEXT NOT NULL,
     bytes BLOB NOT NULL
   );`,
  `CREATE TABLE placeholder (
     conversation_id TEXT NOT NULL,
     value_hash TEXT NOT NULL,
     placeholder TEXT NOT NULL,
     PRIMARY KEY (conversation_id, value_hash)
   ) WITHOUT ROWID;
   CREATE TABLE placeholder_key (id INTEGER PRIMARY KEY CHECK (id = 1), key TEXT NOT NULL);`,
  // Ledgers of commands that were taken over and may still lie beside this one.
  `CREATE TABLE command_ledger (id TEXT PRIMARY KEY);`,
];
