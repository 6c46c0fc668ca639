import type { ImportOutcome } from '../../shared/contracts/ipc/sources.js';
import type {
  ImportActivity,
  ImportProgress,
  ImportReport,
  KnowledgeSource,
} from '../../shared/domain/knowledge-source.js';
import { appError, AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { KnowledgeBase, NewSource } from '../knowledge/knowledge-base.js';

/** The part of the knowledge that knows where it comes from. */
type SourceKeeper = Pick<
  KnowledgeBase,
  | 'sources'
  | 'addSource'
  | 'updateSource'
  | 'removeSource'
  | 'syncSources'
  | 'lastReport'
  | 'onImportProgress'
>;

/** An import that ended; `isAsked` tells one the rep started from one a watched source brought. */
export interface FinishedImport {
  readonly path: string | null;
  readonly isAsked: boolean;
  readonly outcome: ImportOutcome;
}

/** Told to whoever shows the imports. */
export type ImportNews =
  | { readonly name: 'progress'; readonly activity: ImportActivity }
  | { readonly name: 'finished'; readonly finished: FinishedImport }
  | { readonly name: 'sources'; readonly sources: readonly KnowledgeSource[] };

/** Imports the rep asks for, one after the other, and what watched sources bring by themselves. */
export interface ImportService {
  sources(): Promise<readonly KnowledgeSource[]>;
  lastReport(): Promise<ImportReport | null>;
  activity(): ImportActivity;
  /** Starts the import of a new source, or lets it wait for those before it. */
  add(source: NewSource): void;
  /** Takes over the changes of one source, or of all (null). */
  sync(sourceId: string | null): Promise<void>;
  setWatched(sourceId: string, isWatched: boolean): Promise<void>;
  remove(sourceId: string): Promise<void>;
  /** Ends the running import and forgets those that wait. */
  cancel(): void;
  /** Returns the function that stops listening. */
  onNews(listener: (news: ImportNews) => void): () => void;
}

interface Job {
  readonly path: string | null;
  readonly run: (signal: AbortSignal) => Promise<ImportReport>;
}

export interface ImportServiceDeps {
  readonly knowledge: SourceKeeper;
  readonly log: Logger;
}

export function createImportService({ knowledge, log }: ImportServiceDeps): ImportService {
  const listeners = new Set<(news: ImportNews) => void>();
  const waiting: Job[] = [];
  let running: { readonly job: Job; readonly controller: AbortController } | null = null;
  let progress: ImportProgress | null = null;
  /** A cancelled import is over for the rep at once, while the engine still ends what it has in hand. */
  let isWindingDown = false;

  const tell = (news: ImportNews): void => {
    for (const listener of listeners) listener(news);
  };
  const activity = (): ImportActivity => {
    if (!running && !progress) return { state: 'resting' };
    const path = running?.job.path ?? null;
    return { state: 'running', path, progress, waiting: waiting.length, canStop: running !== null };
  };
  const tellActivity = (): void => tell({ name: 'progress', activity: activity() });
  const tellSources = async (): Promise<void> => {
    tell({ name: 'sources', sources: await knowledge.sources() });
  };
  const unread = (cause: unknown): void => log.warn('import.unread', { code: asAppError(cause).code });
  const finish = (finished: FinishedImport): void => {
    if (finished.outcome.kind === 'failed') log.warn('import.failed', { code: finished.outcome.error.code });
    tellActivity();
    tell({ name: 'finished', finished });
    tellSources().catch(unread);
  };

  const startNext = async (): Promise<void> => {
    const job = running ? undefined : waiting.shift();
    if (!job) return;
    const controller = new AbortController();
    running = { job, controller };
    tellActivity();
    const outcome = await outcomeOf(job, controller.signal);
    isWindingDown = outcome.kind === 'cancelled' && progress !== null;
    running = null;
    progress = null;
    finish({ path: job.path, isAsked: true, outcome });
    void startNext();
  };
  const enqueue = (job: Job): void => {
    waiting.push(job);
    if (running) tellActivity();
    else void startNext();
  };

  knowledge.onImportProgress((told) => {
    if (isWindingDown && !running) {
      isWindingDown = told !== null;
      if (told === null) tellSources().catch(unread);
      return;
    }
    const wasRunning = progress !== null;
    progress = told;
    if (told !== null) return tellActivity();
    // The end of an import that was asked for is told with its outcome.
    if (running || !wasRunning) return;
    knowledge
      .lastReport()
      .then((report) => {
        if (report) finish({ path: null, isAsked: false, outcome: { kind: 'done', report } });
        else tellActivity();
      })
      .catch(unread);
  });

  return {
    sources: () => knowledge.sources(),
    lastReport: () => knowledge.lastReport(),
    activity,
    add: (source) => enqueue({ path: source.path, run: (signal) => knowledge.addSource(source, signal) }),
    async sync(sourceId) {
      const source = (await knowledge.sources()).find(({ id }) => id === sourceId);
      enqueue({ path: source?.path ?? null, run: (signal) => knowledge.syncSources(sourceId, signal) });
    },
    async setWatched(sourceId, isWatched) {
      await knowledge.updateSource(sourceId, { isWatched });
      await tellSources();
    },
    async remove(sourceId) {
      await knowledge.removeSource(sourceId);
      await tellSources();
    },
    cancel() {
      waiting.length = 0;
      running?.controller.abort();
    },
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function outcomeOf(job: Job, signal: AbortSignal): Promise<ImportOutcome> {
  try {
    return { kind: 'done', report: await job.run(signal) };
  } catch (cause) {
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: asAppError(cause) };
  }
}

function asAppError(cause: unknown): AppError {
  return cause instanceof AppErrorException ? cause.error : appError('IPC_INTERNAL');
}
