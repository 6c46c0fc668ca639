import { Worker } from 'node:worker_threads';

import { createBirpc, type BirpcReturn } from 'birpc';

import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { appError, AppErrorException } from '../../shared/errors/app-error.js';
import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { ImportProgress } from '../../shared/domain/knowledge-source.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { Result } from '../../shared/lib/result.js';
import type { EmbedRemotely } from '../models/adapters/remote-embedder.js';
import { awaitWithSignal } from './await-with-signal.js';
import {
  fromResult,
  NO_TIMEOUT,
  type CallId,
  type ClientFunctions,
  type WorkerFunctions,
} from './engine-protocol.js';
import type { Engine, EngineOptions, ReleasedTeam, ReleaseListener } from './engine.js';
import { serveEmbedRemotely } from './serve-embed-remotely.js';
import { toldOfReleases } from './told-of-releases.js';

export interface EngineClientDeps {
  /** The bundled worker, `build/engine-worker.js`. */
  readonly workerFile: string;
  readonly options: EngineOptions;
  readonly log: Logger;
  /** Embeds through a service for the worker; without it a service counts as unreachable. */
  readonly embedRemotely?: EmbedRemotely;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly rpc: BirpcReturn<WorkerFunctions, ClientFunctions>;
  /** Rejects when the worker dies; everything that waits for it races against this. */
  readonly died: Promise<never>;
}

/** An engine whose embedder can be changed while others use it. */
export interface EngineClient extends Engine {
  /**
   * Lets passages be found with another embedder: what is asked of the engine from now on waits until the worker was
   * opened anew, what was asked before is answered first. The one before goes on answering until all is embedded.
   */
  changeEmbedder(settings: EmbedderSettings): Promise<void>;
}

const MAX_STARTS_A_MINUTE = 4;
const CLOSE_LIMIT_MS = 10_000;

/**
 * Runs the engine in a worker thread. Starting is immediate: calls wait until the engine is open. A worker that crashes
 * rejects what waits for it with KNOWLEDGE_ENGINE_STOPPED and is started again, at most three times a minute; after
 * that the next call a minute later starts it.
 */
export function createEngineClient(deps: EngineClientDeps): EngineClient {
  const { log } = deps;
  const listeners = new Set<(status: KnowledgeStatus) => void>();
  const progressListeners = new Set<(progress: ImportProgress | null) => void>();
  const releaseProgress = new Map<CallId, (done: number, total: number) => void>();
  const releaseListeners = new Set<ReleaseListener>();
  const told = toldOfReleases(releaseListeners);
  const starts: number[] = [];
  let status: KnowledgeStatus = { state: 'opening' };
  let running: RunningWorker | null = null;
  let closed = false;
  let lastCall: CallId = 0;
  let options = deps.options;
  /** Null while the worker is not being opened anew. */
  let reopened: Promise<void> | null = null;
  const underWay = new Set<Promise<unknown>>();

  const setStatus = (next: KnowledgeStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };

  const showProgress = (progress: ImportProgress | null): void => {
    for (const listener of progressListeners) listener(progress);
  };

  const start = (): RunningWorker | null => {
    const now = Date.now();
    while ((starts[0] ?? now) < now - 60_000) starts.shift();
    if (starts.length >= MAX_STARTS_A_MINUTE) return null;
    starts.push(now);
    return startNow();
  };

  const startNow = (): RunningWorker => {
    const releases = {
      releaseProgressed: (id: CallId, done: number, total: number) => releaseProgress.get(id)?.(done, total),
      teamComing: (team: ReleasedTeam) => told.coming(team),
      teamInForce: (team: ReleasedTeam | null) => told.inForce(team),
    };
    const started = startWorker({ ...deps, options, setStatus, showProgress, releases, onDied });
    running = started;
    return started;
  };

  const onDied = (started: RunningWorker): void => {
    if (running !== started) return;
    running = null;
    showProgress(null);
    if (closed) return;
    log.error('engine.stopped', { code: 'KNOWLEDGE_ENGINE_STOPPED', count: starts.length });
    setStatus({ state: 'opening' });
    if (start()) return;
    const { code, message, next } = appError('KNOWLEDGE_ENGINE_STOPPED');
    setStatus({ state: 'failed', code, message, next });
  };

  const call = async <T>(
    invoke: (rpc: RunningWorker['rpc'], id: CallId) => Promise<Result<T>>,
    signal?: AbortSignal,
  ): Promise<T> => {
    if (signal?.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
    if (reopened) await awaitWithSignal(reopened, signal);
    const target = closed ? null : (running ?? start());
    if (!target) throw new AppErrorException('KNOWLEDGE_ENGINE_STOPPED');
    const id = ++lastCall;
    const cancel = (): void => void target.rpc.cancel.asEvent(id);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const answer = Promise.race([invoke(target.rpc, id), target.died]);
      underWay.add(answer);
      const forget = (): void => void underWay.delete(answer);
      answer.then(forget, forget);
      return fromResult(await awaitWithSignal(answer, signal));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  const reopen = async (embedder: EmbedderSettings): Promise<void> => {
    await withinLimit(Promise.allSettled(underWay));
    const last = running;
    running = null;
    if (last) await end(last);
    showProgress(null);
    options = { ...options, embedder };
    if (closed) return;
    setStatus({ state: 'opening' });
    startNow();
  };

  start();

  return {
    knowledge: {
      search: (request, signal) => call((rpc, id) => rpc.search(id, request), signal),
      article: (articleId) => call((rpc, id) => rpc.article(id, articleId)),
      list: () => call((rpc, id) => rpc.list(id)),
      sources: () => call((rpc, id) => rpc.sources(id)),
      addSource: (source, signal) => call((rpc, id) => rpc.addSource(id, source), signal),
      updateSource: (sourceId, change) => call((rpc, id) => rpc.updateSource(id, sourceId, change)),
      removeSource: (sourceId) => call((rpc, id) => rpc.removeSource(id, sourceId)),
      syncSources: (sourceId, signal) => call((rpc, id) => rpc.syncSources(id, sourceId), signal),
      importArticles: (paths, signal, options) =>
        call((rpc, id) => rpc.importArticles(id, paths, options), signal),
      lastReport: () => call((rpc, id) => rpc.lastReport(id)),
      onImportProgress(listener) {
        progressListeners.add(listener);
        return () => void progressListeners.delete(listener);
      },
      status: () => status,
      onStatusChanged(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    releases: {
      release: () => call((rpc, id) => rpc.release(id)),
      listing: () => call((rpc, id) => rpc.releaseListing(id)),
      items: () => call((rpc, id) => rpc.releaseItems(id)),
      team: () => call((rpc, id) => rpc.releaseTeam(id)),
      apply: (request, onProgress, signal) =>
        call((rpc, id) => {
          releaseProgress.set(id, onProgress);
          return rpc.applyRelease(id, request).finally(() => releaseProgress.delete(id));
        }, signal),
      onChanged(listener) {
        releaseListeners.add(listener);
        return () => void releaseListeners.delete(listener);
      },
    },
    classifier: { classify: (text, signal) => call((rpc, id) => rpc.classify(id, text, undefined), signal) },
    classifierOf: (release) => ({
      classify: (text, signal) => call((rpc, id) => rpc.classify(id, text, release), signal),
    }),
    embedder: { embed: (texts, signal) => call((rpc, id) => rpc.embed(id, texts), signal) },
    passages: {
      about: () => call((rpc, id) => rpc.aboutPassages(id)),
      embed: (texts, signal) => call((rpc, id) => rpc.embedPassages(id, texts), signal),
    },
    tryEmbedder: (settings, signal) => call((rpc, id) => rpc.tryEmbedder(id, settings), signal),
    changeEmbedder(settings) {
      const before = reopened ?? Promise.resolve();
      const mine = before
        .then(() => reopen(settings))
        .finally(() => {
          if (reopened === mine) reopened = null;
        });
      return (reopened = mine);
    },
    async close() {
      closed = true;
      await reopened;
      if (running) await end(running);
    },
  };
}

/** Ends a worker after it has written what it has in hand. */
async function end({ rpc, worker, died }: RunningWorker): Promise<void> {
  await withinLimit(Promise.race([rpc.close(), died]));
  await worker.terminate();
}

/** Waits for work however it ends, but not for ever. */
async function withinLimit(work: Promise<unknown>): Promise<void> {
  const limit = new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
  await Promise.race([work, limit]).catch(() => undefined);
}

interface StartDeps extends EngineClientDeps {
  readonly setStatus: (status: KnowledgeStatus) => void;
  readonly showProgress: (progress: ImportProgress | null) => void;
  readonly releases: Pick<ClientFunctions, 'releaseProgressed' | 'teamComing' | 'teamInForce'>;
  readonly onDied: (started: RunningWorker) => void;
}

function startWorker(deps: StartDeps): RunningWorker {
  const { workerFile, options, log, setStatus, showProgress, releases, onDied } = deps;
  const remote = serveEmbedRemotely(deps.embedRemotely);
  const worker = new Worker(workerFile, { workerData: options });
  const rpc = createBirpc<WorkerFunctions, ClientFunctions>(
    {
      statusChanged: setStatus,
      importProgressed: showProgress,
      ...releases,
      logged: (level, event, fields) => log[level](event, fields),
      ...remote,
    },
    {
      post: (message) => worker.postMessage(message),
      on: (receive) => void worker.on('message', receive),
      timeout: NO_TIMEOUT,
    },
  );
  let reportDeath: (error: AppErrorException) => void = () => undefined;
  const died = new Promise<never>((_, reject) => (reportDeath = reject));
  died.catch(() => undefined);
  const started: RunningWorker = { worker, rpc, died };
  // Its text may hold what a customer wrote, so only the kind of error is logged.
  worker.on('error', (cause: Error) => log.error('engine.crashed', { code: cause.name }));
  worker.once('exit', () => {
    remote.stop();
    rpc.$close();
    reportDeath(new AppErrorException('KNOWLEDGE_ENGINE_STOPPED'));
    onDied(started);
  });
  return started;
}
