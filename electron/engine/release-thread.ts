import { parentPort, Worker } from 'node:worker_threads';

import { createBirpc } from 'birpc';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Result } from '../../shared/lib/result.js';
import type { TextToEmbed } from '../knowledge/embed-texts.js';
import {
  runReleaseJob,
  type ApplyReleaseAway,
  type ReleaseJob,
  type ReleaseJobResult,
} from '../knowledge/release/release-job.js';
import { fromResult, NO_TIMEOUT, toResult } from './engine-protocol.js';

/** What the worker file is started with to apply a release instead of serving an engine. */
export interface ReleaseThreadData {
  readonly releaseJob: ReleaseJob;
}

/** What the thread asks of the engine. */
interface EngineFunctions {
  progressed(done: number, total: number): void;
  embed(texts: readonly TextToEmbed[]): Promise<Result<void>>;
  mayCommit(): Promise<Result<void>>;
  ended(result: Result<ReleaseJobResult>): void;
}

export function isReleaseThreadData(data: unknown): data is ReleaseThreadData {
  return typeof data === 'object' && data !== null && 'releaseJob' in data;
}

/**
 * Applies a release in a thread of its own, which ends with it: the engine's thread goes on answering searches. Aborting ends the thread, and
 * SQLite takes back what it wrote; once the commit was allowed it is seen through.
 */
export function applyReleaseInThread(workerFile: string): ApplyReleaseAway {
  return (job, hooks, signal) =>
    new Promise((resolve, reject) => {
      const data: ReleaseThreadData = { releaseJob: job };
      const worker = new Worker(workerFile, { workerData: data });
      const abort = (): void => void worker.terminate();
      const settle = (): void => signal.removeEventListener('abort', abort);
      const functions: EngineFunctions = {
        progressed: hooks.onProgress,
        embed: (texts) => toResult(() => hooks.embed(texts)),
        mayCommit: () => toResult(() => hooks.mayCommit().then(settle)),
        ended(result) {
          settle();
          if (result.ok) resolve(result.value);
          else reject(new AppErrorException(result.error.code, result.error.detail));
        },
      };
      createBirpc<object, EngineFunctions>(functions, {
        post: (message) => worker.postMessage(message),
        on: (receive) => void worker.on('message', receive),
        timeout: NO_TIMEOUT,
      });
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        settle();
        reject(
          signal.aborted
            ? new AppErrorException('SUGGESTION_CANCELLED')
            : new Error(`The release thread ended with code ${String(code)}.`),
        );
      });
    });
}

/** What is told travels from thread to thread up to the window. */
const TELL_EVERY_MS = 100;

/** The thread's own side: does its job and ends. A bug ends it with an error. */
export async function runReleaseThread({ releaseJob }: ReleaseThreadData): Promise<void> {
  const engine = createBirpc<EngineFunctions>(
    {},
    {
      post: (message) => parentPort?.postMessage(message),
      on: (receive) => void parentPort?.on('message', receive),
      timeout: NO_TIMEOUT,
      eventNames: ['progressed', 'ended'],
    },
  );
  let toldAt = -Infinity;
  const done = await toResult(() =>
    runReleaseJob(releaseJob, {
      onProgress(count, total) {
        const now = performance.now();
        if (now - toldAt < TELL_EVERY_MS && count < total) return;
        toldAt = now;
        void engine.progressed(count, total);
      },
      embed: async (texts) => fromResult(await engine.embed(texts)),
      mayCommit: async () => fromResult(await engine.mayCommit()),
      onCommitted: (value) => void engine.ended({ ok: true, value }),
    }),
  );
  if (!done.ok) void engine.ended(done);
  // An open port would keep the thread.
  parentPort?.close();
}
