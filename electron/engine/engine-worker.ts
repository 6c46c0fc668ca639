import { fileURLToPath } from 'node:url';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';

import { createBirpc } from 'birpc';

import type { Logger } from '../../shared/lib/logger.js';
import type { EmbedRemotely } from '../models/adapters/remote-embedder.js';
import { awaitWithSignal } from './await-with-signal.js';
import { embedPassagesInThread, isEmbedThreadData, runEmbedThread } from './embed-thread.js';
import {
  fromResult,
  NO_TIMEOUT,
  toResult,
  type CallId,
  type ClientFunctions,
  type WorkerFunctions,
} from './engine-protocol.js';
import type { EngineOptions } from './engine.js';
import { isFileTextThreadData, runFileTextThread } from './file-text-thread.js';
import { isIndexThreadData, makeGraphInThread, runIndexThread } from './index-thread.js';
import { createLocalEngine } from './local-engine.js';
import { applyReleaseInThread, isReleaseThreadData, runReleaseThread } from './release-thread.js';

/** Runs an engine behind a message port: each call may be cancelled by its id, statuses and log lines go to the client. */
function serveEngine(port: MessagePort, options: EngineOptions): void {
  const running = new Map<CallId, AbortController>();

  const run = async <T>(call: CallId, work: (signal: AbortSignal) => Promise<T>) => {
    const controller = new AbortController();
    running.set(call, controller);
    try {
      return await toResult(() => work(controller.signal));
    } finally {
      running.delete(call);
    }
  };

  const functions: WorkerFunctions = {
    search: (call, request) => run(call, (signal) => engine.knowledge.search(request, signal)),
    article: (call, articleId) => run(call, () => engine.knowledge.article(articleId)),
    list: (call) => run(call, () => engine.knowledge.list()),
    sources: (call) => run(call, () => engine.knowledge.sources()),
    addSource: (call, source) => run(call, (signal) => engine.knowledge.addSource(source, signal)),
    updateSource: (call, sourceId, change) =>
      run(call, () => engine.knowledge.updateSource(sourceId, change)),
    removeSource: (call, sourceId) => run(call, () => engine.knowledge.removeSource(sourceId)),
    syncSources: (call, sourceId) => run(call, (signal) => engine.knowledge.syncSources(sourceId, signal)),
    importArticles: (call, paths, options) =>
      run(call, (signal) => engine.knowledge.importArticles(paths, signal, options)),
    lastReport: (call) => run(call, () => engine.knowledge.lastReport()),
    release: (call) => run(call, () => engine.releases.release()),
    releaseListing: (call) => run(call, () => engine.releases.listing()),
    releaseItems: (call) => run(call, () => engine.releases.items()),
    releaseTeam: (call) => run(call, () => engine.releases.team()),
    applyRelease: (call, request) =>
      run(call, (signal) =>
        engine.releases.apply(
          request,
          (done, total) => void client.releaseProgressed(call, done, total),
          signal,
        ),
      ),
    classify: (call, text, release) =>
      run(call, (signal) =>
        (release === undefined ? engine.classifier : engine.classifierOf(release)).classify(text, signal),
      ),
    embed: (call, texts) => run(call, (signal) => engine.embedder.embed(texts, signal)),
    aboutPassages: (call) => run(call, () => engine.passages.about()),
    embedPassages: (call, texts) => run(call, (signal) => engine.passages.embed(texts, signal)),
    tryEmbedder: (call, settings) => run(call, (signal) => engine.tryEmbedder(settings, signal)),
    cancel: (call) => running.get(call)?.abort(),
    close: () => engine.close(),
  };

  const client = createBirpc<ClientFunctions, WorkerFunctions>(functions, {
    post: (message) => port.postMessage(message),
    on: (receive) => void port.on('message', receive),
    timeout: NO_TIMEOUT,
    eventNames: [
      ...(['statusChanged', 'importProgressed', 'releaseProgressed', 'teamInForce'] as const),
      ...(['logged', 'cancelRemote'] as const),
    ],
  });

  const forward =
    (level: keyof Logger): Logger['info'] =>
    (event, fields) =>
      void client.logged(level, event, fields);
  const log: Logger = {
    debug: forward('debug'),
    info: forward('info'),
    warn: forward('warn'),
    error: forward('error'),
  };

  let lastRemoteCall: CallId = 0;
  const embedRemotely: EmbedRemotely = async (settings, texts, role, signal) => {
    const call = ++lastRemoteCall;
    const cancel = (): void => void client.cancelRemote(call);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const answer = client.embedRemotely(call, settings, texts, role);
      return fromResult(await awaitWithSignal(answer, signal));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  const thisFile = fileURLToPath(import.meta.url);
  const engine = createLocalEngine({
    ...{ options, log, embedRemotely },
    makeAway: makeGraphInThread(thisFile),
    embedPassagesAway: embedPassagesInThread(thisFile, log),
    applyReleaseAway: applyReleaseInThread(thisFile),
  });
  engine.releases.onChanged({
    coming: (team) => client.teamComing(team),
    inForce: (team) => void client.teamInForce(team),
  });
  engine.knowledge.onStatusChanged((status) => void client.statusChanged(status));
  engine.knowledge.onImportProgress((progress) => void client.importProgressed(progress));
}

if (isIndexThreadData(workerData)) await runIndexThread(workerData);
else if (isEmbedThreadData(workerData)) await runEmbedThread(workerData);
else if (isFileTextThreadData(workerData)) await runFileTextThread(workerData);
else if (isReleaseThreadData(workerData)) await runReleaseThread(workerData);
else if (parentPort) serveEngine(parentPort, workerData as EngineOptions);
