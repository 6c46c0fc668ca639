import type { MigrationSet } from '../storage/migrate.js';

/** Which segments a workspace has, wherever their content lies, and the content of those kept in Postgres. */
export const segmentTables: MigrationSet = {
  scope: 'segments',
  statements: [
    `CREATE TABLE segment (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       hash text NOT NULL,
       bytes integer NOT NULL,
       wanted_at timestamptz NOT NULL,
       PRIMARY KEY (workspace_id, hash))`,
    // Content is compressed by whoever sends it over the wire; on disk it stays as it is, so that it is read without work.
    `CREATE TABLE segment_content (
       workspace_id uuid NOT NULL,
       hash text NOT NULL,
       content bytea NOT NULL,
       PRIMARY KEY (workspace_id, hash))`,
    `ALTER TABLE segment_content ALTER COLUMN content SET STORAGE EXTERNAL`,
  ],
};
