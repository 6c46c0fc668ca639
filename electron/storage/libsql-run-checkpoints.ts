import type { RunnableConfig } from '@langchain/core/runnables';
import type {
  BaseCheckpointSaver,
  Checkpoint,
  CheckpointMetadata,
  CheckpointTuple,
  ChannelVersions,
  PendingWrite,
} from '@langchain/langgraph-checkpoint';

import type { Logger } from '../../shared/lib/logger.js';
import type { RunCheckpoints } from '../agents/run-checkpoints.js';
import type { Database } from './database.js';

const TABLES = [
  ...['checkpoint', 'checkpoint_value', 'checkpoint_write', 'checkpoint_run', 'checkpoint_begun'],
] as const;

/**
 * Checkpoints of runs in `runs.db`: the newest run of each conversation is kept.
 *
 * A disk that refuses must not cost the rep a suggestion: a write that fails is logged, and `settle` says that the run was not saved.
 */
export function createLibsqlRunCheckpoints(database: Database, log: Logger): RunCheckpoints {
  const failedRuns = new Set<string>();
  // What a run knew of a customer is overwritten in the file when the run is forgotten.
  database.exec('PRAGMA secure_delete = ON');
  let saver: Promise<BaseCheckpointSaver> | null = null;

  function note(runId: string, error: unknown): void {
    failedRuns.add(runId);
    const reason = error instanceof Error ? error.name : typeof error;
    log.warn('checkpoint.not_saved', { runId, code: 'CHECKPOINT_NOT_SAVED', reason });
  }

  const forget = database.transaction((runIds: readonly string[]) => {
    for (const runId of runIds) {
      for (const table of TABLES) {
        database.prepare(`DELETE FROM ${table} WHERE thread_id = ?`).run(runId);
      }
    }
  });

  // Runs of a process that ended, and of versions that noted no beginning: nobody goes on with them.
  forget.immediate(
    (
      database
        .prepare(
          'SELECT DISTINCT thread_id FROM checkpoint WHERE thread_id NOT IN (SELECT thread_id FROM checkpoint_run) UNION SELECT thread_id FROM checkpoint_begun',
        )
        .raw()
        .all() as [string][]
    ).map(([id]) => id),
  );

  return {
    begin(runId, conversationId) {
      try {
        database.prepare('INSERT OR REPLACE INTO checkpoint_begun VALUES (?, ?)').run(runId, conversationId);
      } catch (error) {
        note(runId, error);
      }
    },
    saver: () => (saver ??= openSaver(database, note)),
    settle(runId, conversationId) {
      try {
        const older = database
          .prepare('SELECT thread_id FROM checkpoint_run WHERE conversation_id = ? AND thread_id <> ?')
          .raw()
          .all(conversationId, runId) as [string][];
        forget.immediate(older.map(([id]) => id));
        database.prepare('INSERT OR REPLACE INTO checkpoint_run VALUES (?, ?)').run(runId, conversationId);
        database.prepare('DELETE FROM checkpoint_begun WHERE thread_id = ?').run(runId);
      } catch (error) {
        note(runId, error);
      }
      return !failedRuns.delete(runId);
    },
    forgetConversations(conversationIds) {
      const runsOf = database
        .prepare(
          'SELECT thread_id FROM checkpoint_run WHERE conversation_id = ? UNION SELECT thread_id FROM checkpoint_begun WHERE conversation_id = ?',
        )
        .raw();
      const ids = conversationIds.flatMap((id) => (runsOf.all(id, id) as [string][]).map(([runId]) => runId));
      forget.immediate(ids);
      database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    },
    drop(runId) {
      failedRuns.delete(runId);
      try {
        forget.immediate([runId]);
      } catch (error) {
        note(runId, error);
        failedRuns.delete(runId);
      }
    },
  };
}

/** Loaded when the first run needs it: LangGraph's packages cost a good part of a second. */
async function openSaver(
  database: Database,
  note: (runId: string, error: unknown) => void,
): Promise<BaseCheckpointSaver> {
  const { LibsqlCheckpointer } = await import('./langgraph-checkpointer.js');

  /** Reports what the disk refuses instead of ending the run with it. */
  class ForgivingCheckpointer extends LibsqlCheckpointer {
    override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
      try {
        return await super.getTuple(config);
      } catch (error) {
        note(threadOf(config), error);
        return undefined;
      }
    }

    override async put(
      config: RunnableConfig,
      checkpoint: Checkpoint,
      metadata: CheckpointMetadata,
      newVersions: ChannelVersions,
    ): Promise<RunnableConfig> {
      try {
        return await super.put(config, checkpoint, metadata, newVersions);
      } catch (error) {
        note(threadOf(config), error);
        return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } };
      }
    }

    override async putWrites(
      config: RunnableConfig,
      writes: PendingWrite[],
      taskId: string,
      taskPath?: string,
    ): Promise<void> {
      try {
        await super.putWrites(config, writes, taskId, taskPath);
      } catch (error) {
        note(threadOf(config), error);
      }
    }
  }
  return new ForgivingCheckpointer(database);
}

function threadOf(config: RunnableConfig): string {
  return String(config.configurable?.['thread_id']);
}
