/** What is being forgotten: noted before the first row goes, so that a process that ends half-way goes on at its next start. */
export const forgettingMigrations: readonly string[] = [
  `CREATE TABLE forgetting (
     conversation_id TEXT PRIMARY KEY,
     with_unsent INTEGER NOT NULL
   );`,
];
