import { bundledEmbedder, type EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { ImportProgress } from '../../shared/domain/knowledge-source.js';
import type { Logger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import type { EmbedRemotely } from '../models/adapters/remote-embedder.js';
import type { Embedder } from '../models/embedder.js';
import type { MakeGraphAway } from '../knowledge/index/make-graph.js';
import { openEmbedder, type EmbedderPlaces } from '../models/open-embedder.js';
import { tryEmbedder } from '../models/try-embedder.js';
import { awaitWithSignal } from './await-with-signal.js';
import type { EmbedPassagesAway } from './embed-thread.js';
import type { ApplyReleaseAway } from '../knowledge/release/release-job.js';
import type { Engine, EngineOptions, ReleaseListener } from './engine.js';
import { toldOfReleases } from './told-of-releases.js';
import { createTeamReleases, type TeamReleases } from './team-releases.js';

export interface LocalEngineDeps {
  readonly options: EngineOptions;
  readonly log: Logger;
  /** Today's ISO date; tests give their own. */
  readonly today?: () => string;
  /** Embeds through a service; without it a service counts as unreachable. */
  readonly embedRemotely?: EmbedRemotely;
  /** Makes large index files in another thread; without it they are made in this one. */
  readonly makeAway?: MakeGraphAway;
  /** Embeds passages in another thread; without it they are embedded in this one. */
  readonly embedPassagesAway?: EmbedPassagesAway;
  /** Applies a release in another thread; without it in this one. */
  readonly applyReleaseAway?: ApplyReleaseAway;
}

interface Opened {
  readonly knowledge: LocalKnowledgeBase;
  /** The bundled model. */
  readonly embedder: Embedder | null;
  readonly problem: AppError | null;
  /** What passages are found with; the bundled model unless the team chose another. */
  readonly chosen: Embedder | null;
  /** The same, or the same with its passages embedded in another thread. */
  readonly answering: Embedder | null;
  /** What answered before a change, while it still does. */
  readonly previous: readonly Embedder[];
  readonly teams: TeamReleases;
}

/**
 * The engine in the thread that calls it: for the engine worker, tests and one-shot commands. Returns at once; calls
 * wait until everything is open. Without the embedder's files search works by words alone and the classifier and
 * `embed` reject with KNOWLEDGE_EMBEDDER_MISSING.
 */
export function createLocalEngine(deps: LocalEngineDeps): Engine {
  const { options, log, today } = deps;
  const listeners = new Set<(status: KnowledgeStatus) => void>();
  const progressListeners = new Set<(progress: ImportProgress | null) => void>();
  const releaseListeners = new Set<ReleaseListener>();
  let status: KnowledgeStatus = { state: 'opening' };
  const setStatus = (next: KnowledgeStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };

  const open = async (): Promise<Opened> => {
    const settings = options.embedder ?? bundledEmbedder;
    const bundled = await tryToOpen(bundledEmbedder, deps);
    const chosen = settings.kind === 'bundled' ? bundled : await tryToOpen(settings, deps);
    const { embedder, problem } = bundled;
    const previous: Embedder[] = [];
    const answering =
      chosen.embedder && deps.embedPassagesAway && settings.kind !== 'openai_compatible'
        ? deps.embedPassagesAway(chosen.embedder, { embedWith: settings, bundledDir: options.embedderDir })
        : chosen.embedder;
    const knowledge = openLocalKnowledgeBase({
      workspaceDir: options.workspaceDir,
      embedder: answering,
      embedderSettings: settings,
      async openPrevious(before) {
        const embedder = await openEmbedder(before, placesOf(deps));
        previous.push(embedder);
        return embedder;
      },
      ...(deps.makeAway ? { makeAway: deps.makeAway } : {}),
      ...(deps.applyReleaseAway ? { applyReleaseAway: deps.applyReleaseAway } : {}),
      ...(options.arrivingDir === undefined ? {} : { arrivingDir: options.arrivingDir }),
      followsSources: options.followsSources ?? false,
      ...(chosen.problem ? { reason: chosen.problem.detail ?? chosen.problem.message } : {}),
      log,
      ...(today ? { today } : {}),
    });
    knowledge.onStatusChanged(setStatus);
    knowledge.onImportProgress((progress) => {
      for (const listener of progressListeners) listener(progress);
    });
    setStatus(knowledge.status());
    const teams = createTeamReleases({
      ...{ workspaceDir: options.workspaceDir, team: options.team, embedder, problem, log },
      knowledge: knowledge.releases,
      listener: toldOfReleases(releaseListeners),
    });
    return { knowledge, embedder, problem, chosen: chosen.embedder, answering, previous, teams };
  };

  const opened = open();
  opened.catch((cause: unknown) => {
    const { code, message, next } = asAppError(cause);
    log.error('engine.not_opened', { code });
    setStatus({ state: 'failed', code, message, next });
  });
  const whenOpen = <T>(use: (opened: Opened) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    awaitWithSignal(opened.then(use), signal);

  return {
    knowledge: {
      search: (request, signal) => whenOpen(({ knowledge }) => knowledge.search(request, signal), signal),
      article: (articleId) => whenOpen(({ knowledge }) => knowledge.article(articleId)),
      list: () => whenOpen(({ knowledge }) => knowledge.list()),
      sources: () => whenOpen(({ knowledge }) => knowledge.sources()),
      addSource: (source, signal) => whenOpen(({ knowledge }) => knowledge.addSource(source, signal), signal),
      updateSource: (sourceId, change) =>
        whenOpen(({ knowledge }) => knowledge.updateSource(sourceId, change)),
      removeSource: (sourceId) => whenOpen(({ knowledge }) => knowledge.removeSource(sourceId)),
      syncSources: (sourceId, signal) =>
        whenOpen(({ knowledge }) => knowledge.syncSources(sourceId, signal), signal),
      importArticles: (paths, signal, importOptions) =>
        whenOpen(({ knowledge }) => knowledge.importArticles(paths, signal, importOptions), signal),
      lastReport: () => whenOpen(({ knowledge }) => knowledge.lastReport()),
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
      release: () => whenOpen(({ knowledge }) => knowledge.releases.release()),
      listing: () => whenOpen(({ knowledge }) => knowledge.releases.listing()),
      items: () => whenOpen(({ knowledge }) => knowledge.releases.items()),
      team: () => whenOpen(({ teams }) => teams.team()),
      apply: (request, onProgress, signal) =>
        whenOpen(({ teams }) => teams.apply(request, onProgress, signal), signal),
      onChanged(listener) {
        releaseListeners.add(listener);
        return () => void releaseListeners.delete(listener);
      },
    },
    classifier: {
      classify: (text, signal) =>
        whenOpen(async ({ teams }) => (await teams.classifier()).classify(text, signal), signal),
    },
    classifierOf: (release) => ({
      classify: (text, signal) =>
        whenOpen(async ({ teams }) => (await teams.classifier(release)).classify(text, signal), signal),
    }),
    embedder: {
      embed: (texts, signal) =>
        whenOpen(({ embedder, problem }) => {
          if (!embedder) throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail);
          return embedder.embed(texts, signal);
        }, signal),
    },
    passages: {
      about: () =>
        whenOpen((parts) => {
          const { id, dimensions } = chosenOf(parts);
          return Promise.resolve({ id, dimensions });
        }),
      embed: (texts, signal) => whenOpen((parts) => chosenOf(parts).embed(texts, signal, 'passage'), signal),
    },
    tryEmbedder: (settings, signal) =>
      awaitWithSignal(
        tryEmbedder(settings, (of) => openEmbedder(of, placesOf(deps)), signal),
        signal,
      ),
    async close() {
      const parts = await opened.catch(() => null);
      if (!parts) return;
      await parts.teams.settled();
      await parts.knowledge.close();
      const embedders = new Set([parts.answering, parts.embedder, parts.chosen, ...parts.previous]);
      for (const embedder of embedders) await embedder?.close();
    },
  };
}

/** @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING. */
function chosenOf({ answering, problem }: Opened): Embedder {
  if (!answering) throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail);
  return answering;
}

async function tryToOpen(
  settings: EmbedderSettings,
  deps: LocalEngineDeps,
): Promise<{ embedder: Embedder | null; problem: AppError | null }> {
  try {
    return { embedder: await openEmbedder(settings, placesOf(deps)), problem: null };
  } catch (cause) {
    if (!(cause instanceof AppErrorException)) throw cause;
    deps.log.warn('embedder.missing', { code: cause.error.code });
    return { embedder: null, problem: cause.error };
  }
}

const placesOf = ({ options, embedRemotely = noNetwork }: LocalEngineDeps): EmbedderPlaces => ({
  bundledDir: options.embedderDir,
  embedRemotely,
});

const noNetwork: EmbedRemotely = () =>
  Promise.reject(new AppErrorException('EMBEDDER_UNREACHABLE', 'this process uses no network'));

function asAppError(cause: unknown): Pick<AppError, 'code' | 'message' | 'next'> {
  if (cause instanceof AppErrorException) {
    const { code, message, next, detail } = cause.error;
    return { code, message: detail === undefined ? message : `${message} ${detail}`, next };
  }
  return new AppErrorException('KNOWLEDGE_ENGINE_STOPPED').error;
}
