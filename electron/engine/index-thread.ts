import { parentPort, Worker } from 'node:worker_threads';

import { runGraphJob, type GraphJob, type MakeGraphAway } from '../knowledge/index/make-graph.js';

/** What the worker file is started with to make an index instead of serving an engine. */
export interface IndexThreadData {
  readonly graphJob: GraphJob;
}

export function isIndexThreadData(data: unknown): data is IndexThreadData {
  return typeof data === 'object' && data !== null && 'graphJob' in data;
}

/** Makes an index file in a thread of its own, which ends with it: the engine's thread goes on answering searches. */
export function makeGraphInThread(workerFile: string): MakeGraphAway {
  return (job, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const data: IndexThreadData = { graphJob: job };
      const worker = new Worker(workerFile, { workerData: data });
      const abort = (): void => {
        // The file it writes is a temporary one, which is removed with the failure.
        void worker.terminate();
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      worker.on('message', (added: number) => onProgress?.(added));
      worker.once('error', reject);
      worker.once('exit', (code) => {
        signal?.removeEventListener('abort', abort);
        if (code === 0) resolve();
        else reject(new Error(`The index thread ended with code ${String(code)}.`));
      });
    });
}

/** The thread's own side: does its job and ends. A failure ends it with an error. */
export async function runIndexThread({ graphJob }: IndexThreadData): Promise<void> {
  await runGraphJob(graphJob, { onProgress: (added) => parentPort?.postMessage(added) });
}
