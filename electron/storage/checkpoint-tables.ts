import { z } from 'zod';

/** Tables of run checkpoints: one row per superstep of a run, each channel value once per version, and the writes of the tasks. */
export const checkpointMigrations: readonly string[] = [
  `CREATE TABLE checkpoint (
     thread_id TEXT NOT NULL,
     namespace TEXT NOT NULL,
     id TEXT NOT NULL,
     parent_id TEXT,
     body_type TEXT NOT NULL,
     body BLOB NOT NULL,
     metadata_type TEXT NOT NULL,
     metadata BLOB NOT NULL,
     PRIMARY KEY (thread_id, namespace, id)
   );
   CREATE TABLE checkpoint_value (
     thread_id TEXT NOT NULL,
     namespace TEXT NOT NULL,
     channel TEXT NOT NULL,
     version TEXT NOT NULL,
     value_type TEXT NOT NULL,
     value BLOB NOT NULL,
     PRIMARY KEY (thread_id, namespace, channel, version)
   );
   CREATE TABLE checkpoint_write (
     thread_id TEXT NOT NULL,
     namespace TEXT NOT NULL,
     checkpoint_id TEXT NOT NULL,
     task_id TEXT NOT NULL,
     position INTEGER NOT NULL,
     task_path TEXT NOT NULL,
     channel TEXT NOT NULL,
     value_type TEXT NOT NULL,
     value BLOB NOT NULL,
     PRIMARY KEY (thread_id, namespace, checkpoint_id, task_id, position)
   );`,
  `CREATE TABLE checkpoint_run (
     thread_id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL
   );
   CREATE INDEX checkpoint_run_by_conversation ON checkpoint_run (conversation_id);`,
  // Whose a run is from its first row on, so that one that never ended is forgotten with its customer.
  `CREATE TABLE checkpoint_begun (
     thread_id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL
   );`,
];

// libsql gives a Buffer for one row and an ArrayBuffer for many.
const Blob = z.union([
  z.instanceof(Uint8Array),
  z.instanceof(ArrayBuffer).transform((bytes) => new Uint8Array(bytes)),
]);

export const CheckpointRow = z.object({
  thread_id: z.string(),
  namespace: z.string(),
  id: z.string(),
  parent_id: z.string().nullable(),
  body_type: z.string(),
  body: Blob,
  metadata_type: z.string(),
  metadata: Blob,
});
export type CheckpointRow = z.infer<typeof CheckpointRow>;

export const WriteRow = z.object({
  task_id: z.string(),
  position: z.number(),
  task_path: z.string(),
  channel: z.string(),
  value_type: z.string(),
  value: Blob,
});
export type WriteRow = z.infer<typeof WriteRow>;

export const ValueRow = z.object({
  channel: z.string(),
  version: z.string(),
  value_type: z.string(),
  value: Blob,
});
