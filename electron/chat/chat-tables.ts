/** Tables of what models used and of kept answers; only ever appended to. */
export const chatMigrations: readonly string[] = [
  `CREATE TABLE model_usage (
     day TEXT NOT NULL,
     provider TEXT NOT NULL,
     model TEXT NOT NULL,
     task TEXT NOT NULL,
     calls INTEGER NOT NULL,
     input_tokens INTEGER NOT NULL,
     output_tokens INTEGER NOT NULL,
     cost_micros INTEGER NOT NULL,
     unpriced_calls INTEGER NOT NULL,
     PRIMARY KEY (day, provider, model, task)
   );
   CREATE TABLE model_answer (
     digest TEXT PRIMARY KEY,
     kept_at INTEGER NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX model_answer_by_time ON model_answer (kept_at);`,
  `CREATE TABLE model_reservation (
     id INTEGER PRIMARY KEY,
     process INTEGER NOT NULL,
     held_at INTEGER NOT NULL,
     tokens INTEGER NOT NULL,
     cost_micros INTEGER NOT NULL
   );`,
];
