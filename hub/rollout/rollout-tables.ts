import type { MigrationSet } from '../storage/migrate.js';

/** Who runs which release: what the leads decided, and what each member was given and has. */
export const rolloutTables: MigrationSet = {
  scope: 'rollout',
  statements: [
    `CREATE TABLE rollout (
       workspace_id uuid PRIMARY KEY REFERENCES workspace (id),
       revision integer NOT NULL,
       rollout text NOT NULL)`,
    // Who was given a canary keeps it when it is paused.
    `CREATE TABLE canary_member (
       workspace_id uuid NOT NULL,
       release integer NOT NULL,
       member_id uuid NOT NULL,
       PRIMARY KEY (workspace_id, release, member_id))`,
    `CREATE TABLE member_release (
       workspace_id uuid NOT NULL,
       member_id uuid NOT NULL,
       release integer,
       app_version text NOT NULL,
       seen_at timestamptz NOT NULL,
       PRIMARY KEY (workspace_id, member_id))`,
  ],
};
