import { parentPort, Worker } from 'node:worker_threads';

import { createBirpc, type BirpcReturn } from 'birpc';

import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { Result } from '../../shared/lib/result.js';
import type { Embedder } from '../models/embedder.js';
import { openEmbedder } from '../models/open-embedder.js';
import { awaitWithSignal } from './await-with-signal.js';
import { fromResult, NO_TIMEOUT, toResult } from './engine-protocol.js';

/** What the worker file is started with to embed passages instead of serving an engine. */
export interface EmbedThreadData {
  readonly embedWith: EmbedderSettings;
  readonly bundledDir: string;
}

/** The same embedder with its passages embedded in another thread; its `close` ends the thread and leaves the given one open. */
export type EmbedPassagesAway = (embedder: Embedder, data: EmbedThreadData) => Embedder;

interface ThreadFunctions {
  embed(texts: readonly string[]): Promise<Result<Float32Array[]>>;
}

interface RunningThread {
  readonly worker: Worker;
  readonly rpc: BirpcReturn<ThreadFunctions>;
  readonly died: Promise<never>;
}

/** Fewer are embedded here before a thread has started. */
const MIN_TEXTS = 32;
/** After this without a batch the thread ends and gives its memory back. */
const IDLE_MS = 10_000;

export function isEmbedThreadData(data: unknown): data is EmbedThreadData {
  return typeof data === 'object' && data !== null && 'embedWith' in data;
}

/**
 * Embeds batches of passages in a thread with a model of its own: onnxruntime computes on the thread that calls it, and
 * the engine's own is for questions. The thread lives as long as batches come. Where it fails, passages are embedded here.
 */
export function embedPassagesInThread(workerFile: string, log: Logger): EmbedPassagesAway {
  return (embedder, data) => {
    let running: RunningThread | null = null;
    let hasFailed = false;
    let idle: NodeJS.Timeout | undefined;
    let pending = 0;
    const stop = async (): Promise<void> => {
      clearTimeout(idle);
      const last = running;
      running = null;
      last?.rpc.$close();
      await last?.worker.terminate();
    };
    const embedAway = async (texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> => {
      clearTimeout(idle);
      running ??= startThread(workerFile, data);
      const { rpc, died } = running;
      pending++;
      try {
        return fromResult(await awaitWithSignal(Promise.race([rpc.embed(texts), died]), signal));
      } finally {
        if (--pending === 0) idle = setTimeout(() => void stop(), IDLE_MS).unref();
      }
    };
    return {
      ...embedder,
      async embed(texts, signal, role) {
        if (hasFailed || role !== 'passage' || texts.length < MIN_TEXTS)
          return embedder.embed(texts, signal, role);
        try {
          return await embedAway(texts, signal);
        } catch (cause) {
          if (signal?.aborted) throw cause;
          hasFailed = true;
          log.warn('embedder.thread_failed', {
            code: cause instanceof AppErrorException ? cause.error.code : 'unknown',
          });
          await stop();
          return embedder.embed(texts, signal, role);
        }
      },
      close: stop,
    };
  };
}

function startThread(workerFile: string, data: EmbedThreadData): RunningThread {
  const worker = new Worker(workerFile, { workerData: data });
  const rpc = createBirpc<ThreadFunctions>(
    {},
    {
      post: (message) => worker.postMessage(message),
      on: (receive) => void worker.on('message', receive),
      timeout: NO_TIMEOUT,
    },
  );
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The embedding thread ended with code ${String(code)}.`)));
  });
  died.catch(() => undefined);
  return { worker, rpc, died };
}

/** The thread's own side: serves batches until it is ended. */
export async function runEmbedThread({ embedWith, bundledDir }: EmbedThreadData): Promise<void> {
  const embedder = openEmbedder(embedWith, { bundledDir, embedRemotely: noNetwork });
  embedder.catch(() => undefined);
  const functions: ThreadFunctions = {
    embed: (texts) => toResult(async () => (await embedder).embed(texts, undefined, 'passage')),
  };
  createBirpc<object, ThreadFunctions>(functions, {
    post: (message) => parentPort?.postMessage(message),
    on: (receive) => void parentPort?.on('message', receive),
    timeout: NO_TIMEOUT,
  });
  await embedder;
}

const noNetwork = (): Promise<never> =>
  Promise.reject(new AppErrorException('EMBEDDER_UNREACHABLE', 'this thread uses no network'));
