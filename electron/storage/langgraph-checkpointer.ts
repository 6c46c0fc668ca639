import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  TASKS,
  WRITES_IDX_MAP,
  compareWritesSortKeys,
  getCheckpointId,
  maxChannelVersion,
  writesSortKey,
  type Checkpoint,
  type CheckpointListOptions,
  type ChannelVersions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';

import { CheckpointRow, ValueRow, WriteRow } from './checkpoint-tables.js';
import type { Database } from './database.js';

/** What names a checkpoint: the conversation, the graph inside it, the step. */
interface Place {
  readonly threadId: string;
  readonly namespace: string;
}

function placeOf(config: RunnableConfig): Place {
  const configurable = config.configurable as Record<string, unknown> | undefined;
  const threadId = configurable?.['thread_id'];
  const namespace = configurable?.['checkpoint_ns'] ?? '';
  if (typeof threadId !== 'string' || typeof namespace !== 'string') {
    throw new Error('A checkpoint needs a thread_id in its configurable.');
  }
  return { threadId, namespace };
}

function configOf({ threadId, namespace }: Place, id: string): RunnableConfig {
  return { configurable: { thread_id: threadId, checkpoint_ns: namespace, checkpoint_id: id } };
}

/** Keeps run checkpoints in the desk database. Passes the LangGraph checkpoint validation suite. */
export class LibsqlCheckpointer extends BaseCheckpointSaver {
  constructor(private readonly database: Database) {
    super();
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    if (config.configurable?.['thread_id'] === undefined) return undefined;
    const place = placeOf(config);
    const id = getCheckpointId(config);
    const row = id
      ? this.database
          .prepare('SELECT * FROM checkpoint WHERE thread_id = ? AND namespace = ? AND id = ?')
          .get(place.threadId, place.namespace, id)
      : this.database
          .prepare('SELECT * FROM checkpoint WHERE thread_id = ? AND namespace = ? ORDER BY id DESC LIMIT 1')
          .get(place.threadId, place.namespace);
    return row === undefined ? undefined : this.tuple(CheckpointRow.parse(row));
  }

  override async *list(
    config: RunnableConfig,
    options: CheckpointListOptions = {},
  ): AsyncGenerator<CheckpointTuple> {
    const wanted = (config.configurable ?? {}) as Record<string, string | undefined>;
    const before = options.before?.configurable?.['checkpoint_id'] as string | undefined;
    const rows = this.database
      .prepare(
        `SELECT * FROM checkpoint
         WHERE (?1 IS NULL OR thread_id = ?1) AND (?2 IS NULL OR namespace = ?2)
           AND (?3 IS NULL OR id = ?3) AND (?4 IS NULL OR id < ?4)
         ORDER BY id DESC`,
      )
      .all(
        wanted['thread_id'] ?? null,
        wanted['checkpoint_ns'] ?? null,
        wanted['checkpoint_id'] ?? null,
        before ?? null,
      );
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    for (const row of rows) {
      if (left <= 0) return;
      const tuple = await this.tuple(CheckpointRow.parse(row));
      const metadata = { ...tuple.metadata } as Record<string, unknown>;
      const isWanted = Object.entries(options.filter ?? {}).every(([key, value]) => metadata[key] === value);
      if (!isWanted) continue;
      left -= 1;
      yield tuple;
    }
  }

  /** Writes the values whose version is new, and the step without values: a value that did not change is stored once. */
  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const place = placeOf(config);
    const { threadId, namespace } = place;
    const { channel_values: channelValues, ...step } = checkpoint;
    const changed = Object.entries(newVersions).filter(([channel]) => channelValues[channel] !== undefined);
    const [[bodyType, body], [metadataType, meta], values] = await Promise.all([
      this.serde.dumpsTyped(step),
      this.serde.dumpsTyped(metadata),
      Promise.all(
        changed.map(async ([channel, version]) => {
          const [type, bytes] = await this.serde.dumpsTyped(channelValues[channel]);
          return { channel, version: String(version), type, bytes: Buffer.from(bytes) };
        }),
      ),
    ]);
    const save = this.database.transaction(() => {
      for (const { channel, version, type, bytes } of values) {
        this.database
          .prepare('INSERT OR REPLACE INTO checkpoint_value VALUES (?, ?, ?, ?, ?, ?)')
          .run(threadId, namespace, channel, version, type, bytes);
      }
      this.database
        .prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          threadId,
          namespace,
          checkpoint.id,
          getCheckpointId(config) || null,
          bodyType,
          Buffer.from(body),
          metadataType,
          Buffer.from(meta),
        );
    });
    save.immediate();
    return configOf(place, checkpoint.id);
  }

  override async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const { threadId, namespace } = placeOf(config);
    const checkpointId = getCheckpointId(config);
    if (!checkpointId) throw new Error('Writes need a checkpoint_id in their configurable.');
    const rows = await Promise.all(
      writes.map(async ([channel, value], at) => {
        const [type, bytes] = await this.serde.dumpsTyped(value);
        return { channel, type, bytes: Buffer.from(bytes), position: WRITES_IDX_MAP[channel] ?? at };
      }),
    );
    // Special writes (errors, interrupts) have negative positions and replace; ordinary ones are written once.
    const sql = (verb: string): string =>
      `INSERT OR ${verb} INTO checkpoint_write
         (thread_id, namespace, checkpoint_id, task_id, position, task_path, channel, value_type, value)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const save = this.database.transaction(() => {
      for (const { channel, type, bytes, position } of rows) {
        this.database
          .prepare(sql(position < 0 ? 'REPLACE' : 'IGNORE'))
          .run(threadId, namespace, checkpointId, taskId, position, taskPath, channel, type, bytes);
      }
    });
    save.immediate();
  }

  override deleteThread(threadId: string): Promise<void> {
    const remove = this.database.transaction(() => {
      this.database.prepare('DELETE FROM checkpoint WHERE thread_id = ?').run(threadId);
      this.database.prepare('DELETE FROM checkpoint_value WHERE thread_id = ?').run(threadId);
      this.database.prepare('DELETE FROM checkpoint_write WHERE thread_id = ?').run(threadId);
    });
    remove.immediate();
    return Promise.resolve();
  }

  private async tuple(row: CheckpointRow): Promise<CheckpointTuple> {
    const place = { threadId: row.thread_id, namespace: row.namespace };
    const [step, metadata, pendingWrites] = await Promise.all([
      this.serde.loadsTyped(row.body_type, row.body) as Promise<Omit<Checkpoint, 'channel_values'>>,
      this.serde.loadsTyped(row.metadata_type, row.metadata) as Promise<CheckpointMetadata>,
      this.pendingWrites(place, row.id),
    ]);
    const checkpoint: Checkpoint = {
      ...step,
      channel_values: await this.values(place, step.channel_versions),
    };
    if (checkpoint.v < 4 && row.parent_id !== null) await this.adoptSends(checkpoint, place, row.parent_id);
    const tuple: CheckpointTuple = { config: configOf(place, row.id), checkpoint, metadata, pendingWrites };
    return row.parent_id === null ? tuple : { ...tuple, parentConfig: configOf(place, row.parent_id) };
  }

  private async values(
    { threadId, namespace }: Place,
    versions: ChannelVersions,
  ): Promise<Record<string, unknown>> {
    const rows = this.database
      .prepare('SELECT * FROM checkpoint_value WHERE thread_id = ? AND namespace = ?')
      .all(threadId, namespace)
      .map((row) => ValueRow.parse(row))
      .filter((row) => String(versions[row.channel]) === row.version);
    const entries = await Promise.all(
      rows.map(async (row) => [
        row.channel,
        (await this.serde.loadsTyped(row.value_type, row.value)) as unknown,
      ]),
    );
    return Object.fromEntries(entries) as Record<string, unknown>;
  }

  /** Checkpoint formats before 4 kept sends as writes of the parent; LangGraph expects them as a channel. */
  private async adoptSends(checkpoint: Checkpoint, place: Place, parentId: string): Promise<void> {
    const sends = (await this.pendingWrites(place, parentId)).filter(([, channel]) => channel === TASKS);
    checkpoint.channel_values[TASKS] = sends.map(([, , value]) => value);
    const versions = Object.values(checkpoint.channel_versions);
    checkpoint.channel_versions[TASKS] =
      versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
  }

  private pendingWrites({ threadId, namespace }: Place, id: string): Promise<CheckpointPendingWrite[]> {
    const rows = this.database
      .prepare('SELECT * FROM checkpoint_write WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?')
      .all(threadId, namespace, id)
      .map((row) => WriteRow.parse(row))
      .map((row) => ({ row, key: writesSortKey(row.task_path, row.task_id, row.position) }))
      .sort((a, b) => compareWritesSortKeys(a.key, b.key));
    return Promise.all(
      rows.map(async ({ row }): Promise<CheckpointPendingWrite> => [
        row.task_id,
        row.channel,
        await this.serde.loadsTyped(row.value_type, row.value),
      ]),
    );
  }
}
