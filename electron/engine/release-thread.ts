import { parentPort, Worker } from 'node:worker_threads';

import { AppErrorException, type ErrorCode } from '../../shared/errors/app-error.js';
import {
  runReleaseJob,
  type ApplyReleaseAway,
  type ReleaseJob,
  type ReleaseJobResult,
} from '../knowledge/release/release-job.js';

/** What the worker file is started with to apply a release instead of serving an engine. */
export interface ReleaseThreadData {
  readonly releaseJob: ReleaseJob;
  /** One number that is set to 1 to cancel: the thread must close its transaction itself. */
  readonly cancel: SharedArrayBuffer;
}

type Message =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly result: ReleaseJobResult }
  | { readonly kind: 'failure'; readonly code: ErrorCode; readonly detail: string | undefined };

export function isReleaseThreadData(data: unknown): data is ReleaseThreadData {
  return typeof data === 'object' && data !== null && 'releaseJob' in data;
}

/** Applies a release in a thread of its own, which ends with it: the engine's thread goes on answering searches. */
export function applyReleaseInThread(workerFile: string): ApplyReleaseAway {
  return (job, { onProgress, isCancelled }) =>
    new Promise((resolve, reject) => {
      const data: ReleaseThreadData = { releaseJob: job, cancel: new SharedArrayBuffer(4) };
      const worker = new Worker(workerFile, { workerData: data });
      const flag = new Int32Array(data.cancel);
      worker.on('message', (message: Message) => {
        if (isCancelled()) Atomics.store(flag, 0, 1);
        if (message.kind === 'progress') onProgress(message.done, message.total);
        if (message.kind === 'result') resolve(message.result);
        if (message.kind === 'failure') reject(new AppErrorException(message.code, message.detail));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The release thread ended with code ${String(code)}.`)));
    });
}

/** The thread's own side: does its job and ends. A bug ends it with an error. */
export async function runReleaseThread({ releaseJob, cancel }: ReleaseThreadData): Promise<void> {
  const flag = new Int32Array(cancel);
  const post = (message: Message): void => parentPort?.postMessage(message);
  try {
    const result = await runReleaseJob(releaseJob, {
      onProgress: (done, total) => post({ kind: 'progress', done, total }),
      isCancelled: () => Atomics.load(flag, 0) === 1,
    });
    post({ kind: 'result', result });
  } catch (cause) {
    if (!(cause instanceof AppErrorException)) throw cause;
    post({ kind: 'failure', code: cause.error.code, detail: cause.error.detail });
  }
}
