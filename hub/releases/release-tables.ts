import type { MigrationSet } from '../storage/migrate.js';

/**
 * Releases and what is in them. An entry of the listing is one row for as long as it stays the same: from the release that brought it
 * to the one that took it away. So ten thousand articles over five hundred releases are as many rows as there were changes.
 */
export const releaseTables: MigrationSet = {
  scope: 'releases',
  statements: [
    `CREATE TABLE release (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       number integer NOT NULL,
       manifest text NOT NULL,
       signature text NOT NULL,
       key_id text NOT NULL,
       root text NOT NULL,
       idempotency_key uuid NOT NULL,
       PRIMARY KEY (workspace_id, number),
       UNIQUE (workspace_id, idempotency_key))`,
    `CREATE TABLE listing_entry (
       workspace_id uuid NOT NULL,
       key text NOT NULL,
       hash text NOT NULL,
       bytes integer NOT NULL,
       valid_from integer NOT NULL,
       valid_to integer,
       PRIMARY KEY (workspace_id, key, valid_from))`,
    `CREATE INDEX listing_entry_by_start ON listing_entry (workspace_id, valid_from)`,
    `CREATE INDEX listing_entry_by_end ON listing_entry (workspace_id, valid_to)`,
    `CREATE INDEX listing_entry_by_hash ON listing_entry (workspace_id, hash)`,
  ],
};
