import type { MigrationSet } from '../storage/migrate.js';

/** Edits that are not published yet. A row stays when its edit was published or dropped, so that revisions only ever rise. */
export const draftTables: MigrationSet = {
  scope: 'drafts',
  statements: [
    `CREATE TABLE draft_item (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       key text NOT NULL,
       revision integer NOT NULL,
       is_open boolean NOT NULL,
       content text,
       edited_by text NOT NULL,
       edited_at timestamptz NOT NULL,
       PRIMARY KEY (workspace_id, key))`,
  ],
};
