import type { MigrationSet } from '../storage/migrate.js';

/** Workspaces, members, and what lets a device in. Codes and tokens are kept as SHA-256 only. */
export const accessTables: MigrationSet = {
  scope: 'access',
  statements: [
    `CREATE TABLE workspace (id uuid PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL)`,
    `CREATE TABLE member (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       id uuid NOT NULL,
       name text NOT NULL,
       email text,
       role text NOT NULL,
       state text NOT NULL,
       created_at timestamptz NOT NULL,
       last_seen_at timestamptz,
       oidc_subject text,
       PRIMARY KEY (workspace_id, id))`,
    `CREATE TABLE session (
       workspace_id uuid NOT NULL,
       id uuid NOT NULL,
       member_id uuid NOT NULL,
       device_name text NOT NULL,
       created_at timestamptz NOT NULL,
       ended_at timestamptz,
       end_reason text,
       PRIMARY KEY (workspace_id, id),
       FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id))`,
    `CREATE INDEX session_by_member ON session (workspace_id, member_id)`,
    // A pair is replaced by its successor when its refresh token is used, and ended when that successor was never used.
    `CREATE TABLE token_pair (
       workspace_id uuid NOT NULL,
       id uuid NOT NULL,
       session_id uuid NOT NULL,
       access_hash bytea NOT NULL UNIQUE,
       refresh_hash bytea NOT NULL UNIQUE,
       access_expires_at timestamptz NOT NULL,
       refresh_expires_at timestamptz NOT NULL,
       used_at timestamptz,
       replaced_at timestamptz,
       successor_id uuid,
       ended_at timestamptz,
       PRIMARY KEY (workspace_id, id),
       FOREIGN KEY (workspace_id, session_id) REFERENCES session (workspace_id, id))`,
    `CREATE INDEX token_pair_by_expiry ON token_pair (refresh_expires_at)`,
    `CREATE TABLE invite (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       id uuid NOT NULL,
       code_hash bytea NOT NULL UNIQUE,
       role text NOT NULL,
       name text NOT NULL,
       email text,
       created_at timestamptz NOT NULL,
       expires_at timestamptz NOT NULL,
       used_at timestamptz,
       cancelled_at timestamptz,
       PRIMARY KEY (workspace_id, id))`,
    `CREATE TABLE team_key (
       workspace_id uuid NOT NULL REFERENCES workspace (id),
       number integer NOT NULL,
       key_id text NOT NULL,
       public_key text NOT NULL,
       sealed_private_key bytea NOT NULL,
       created_at timestamptz NOT NULL,
       endorsed_by text,
       endorsement text,
       PRIMARY KEY (workspace_id, number),
       UNIQUE (workspace_id, key_id))`,
    // An ID token lets in once. Kept until it would have expired.
    `CREATE TABLE used_id_token (hash bytea PRIMARY KEY, expires_at timestamptz NOT NULL)`,
    `CREATE INDEX member_by_oidc_subject ON member (oidc_subject)`,
    // What belongs to the hub as a whole: the hash of its key, and a sealed word to know the right secret by.
    `CREATE TABLE hub_setting (name text PRIMARY KEY, value bytea NOT NULL)`,
    // Of the key the device made for the exchange that replaced the pair.
    `ALTER TABLE token_pair ADD COLUMN exchange_key_hash bytea`,
  ],
};
