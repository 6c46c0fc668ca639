import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { Logger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import { awaitWithSignal } from './await-with-signal.js';
import type { Engine, EngineOptions } from './engine.js';
import { prepareTeamClassifier } from './team-classifier.js';

export interface LocalEngineDeps {
  readonly options: EngineOptions;
  readonly log: Logger;
  /** Today's ISO date; tests give their own. */
  readonly today?: () => string;
}

interface Opened {
  readonly knowledge: LocalKnowledgeBase;
  readonly embedder: Embedder | null;
  readonly problem: AppError | null;
  readonly classifier: Promise<IntentClassifier>;
}

/**
 * The engine in the thread that calls it: for the engine worker, tests and one-shot commands. Returns at once; calls
 * wait until everything is open. Without the embedder's files search works by words alone and the classifier and
 * `embed` reject with KNOWLEDGE_EMBEDDER_MISSING.
 */
export function createLocalEngine({ options, log, today }: LocalEngineDeps): Engine {
  const listeners = new Set<(status: KnowledgeStatus) => void>();
  let status: KnowledgeStatus = { state: 'opening' };
  const setStatus = (next: KnowledgeStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };

  const open = async (): Promise<Opened> => {
    const { embedder, problem } = await openEmbedder(options.embedderDir, log);
    const knowledge = openLocalKnowledgeBase({
      workspaceDir: options.workspaceDir,
      embedder,
      ...(problem ? { reason: problem.detail ?? problem.message } : {}),
      log,
      ...(today ? { today } : {}),
    });
    knowledge.onStatusChanged(setStatus);
    setStatus(knowledge.status());
    const classifier = embedder
      ? prepareTeamClassifier({ ...options, embedder, log })
      : Promise.reject(new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail));
    // Nobody may ever ask for it; whoever does gets the error.
    classifier.catch(() => undefined);
    return { knowledge, embedder, problem, classifier };
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
      importArticles: (paths, signal) =>
        whenOpen(({ knowledge }) => knowledge.importArticles(paths, signal), signal),
      status: () => status,
      onStatusChanged(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    classifier: {
      classify: (text, signal) =>
        whenOpen(async ({ classifier }) => (await classifier).classify(text, signal), signal),
    },
    embedder: {
      embed: (texts, signal) =>
        whenOpen(({ embedder, problem }) => {
          if (!embedder) throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', problem?.detail);
          return embedder.embed(texts, signal);
        }, signal),
    },
    async close() {
      const parts = await opened.catch(() => null);
      if (!parts) return;
      await parts.classifier.catch(() => undefined);
      await parts.knowledge.close();
      await parts.embedder?.close();
    },
  };
}

async function openEmbedder(
  dir: string,
  log: Logger,
): Promise<{ embedder: Embedder | null; problem: AppError | null }> {
  try {
    return { embedder: await openUseLiteEmbedder({ dir }), problem: null };
  } catch (cause) {
    if (!(cause instanceof AppErrorException)) throw cause;
    log.warn('embedder.missing', { code: cause.error.code });
    return { embedder: null, problem: cause.error };
  }
}

function asAppError(cause: unknown): Pick<AppError, 'code' | 'message' | 'next'> {
  if (cause instanceof AppErrorException) {
    const { code, message, next, detail } = cause.error;
    return { code, message: detail === undefined ? message : `${message} ${detail}`, next };
  }
  return new AppErrorException('KNOWLEDGE_ENGINE_STOPPED').error;
}
