import { setTimeout as wait } from 'node:timers/promises';

import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { embedTexts, storedTextsWithout } from './embed-texts.js';
import type { EmbeddingLanes } from './embedding-lanes.js';
import type { VectorStore } from './store/vector-store.js';

/** After this a service that did not answer is asked again. */
const RETRY_MS = 60_000;

export interface ChangeEmbedderDeps {
  readonly lanes: EmbeddingLanes;
  readonly vectors: VectorStore;
  readonly generation: () => number;
  /** Runs a task when nothing else writes. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
  readonly onProgress: (done: number, total: number) => void;
  /** Told what keeps the change from going on. */
  readonly onProblem: (error: AppError) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Embeds all passages with the chosen embedder while the one before answers, then swaps. Imports go on between two
 * batches; what they add is embedded before the swap. Vectors are kept batch by batch, so a kill loses one of them.
 */
export async function changeEmbedder(deps: ChangeEmbedderDeps): Promise<void> {
  const { lanes, vectors, inTurn, onProgress, onProblem, log, signal } = deps;
  const lane = lanes.next();
  if (!lane) return;
  const { embedder } = lane;
  const kept = {
    ...vectors,
    keep: (...row: Parameters<VectorStore['keep']>) =>
      inTurn(() => {
        vectors.keep(...row);
        return Promise.resolve();
      }),
  };
  const isReady = (): boolean => storedTextsWithout(vectors, embedder.id).length === 0;
  const isStopped = (): boolean => signal.aborted;
  while (lanes.next() && !isStopped()) {
    try {
      await embedTexts(storedTextsWithout(vectors, embedder.id), embedder, kept, { onProgress, signal });
      await inTurn(async () => {
        // An import may have come in between.
        if (!isReady()) return;
        await lane.settle(deps.generation(), onProgress, signal);
        lane.refresh();
        lanes.swap();
        log.info('embedder.changed', { count: lane.passages.current()?.size ?? 0 });
        await lanes.dropOthers(signal);
      });
    } catch (cause) {
      if (isStopped()) return;
      if (!(cause instanceof AppErrorException)) throw cause;
      log.warn('embedder.change_waits', { code: cause.error.code });
      onProblem(cause.error);
      if (!cause.error.canRetry) return;
      await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
