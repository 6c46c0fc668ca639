import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { errorCodeOf, type AppError } from '../../shared/errors/app-error.js';
import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { Logger } from '../../shared/lib/logger.js';
import { throwIfCancelled } from './cancellation.js';
import { changeEmbedder } from './change-embedder.js';
import { embedTexts, storedTextsWithout } from './embed-texts.js';
import { createEmbeddingLanes } from './embedding-lanes.js';
import { startPhase, type PhaseProgress } from './import/import-progress.js';
import type { MakeGraphAway } from './index/make-graph.js';
import type { KnowledgeBase, SearchRequest } from './knowledge-base.js';
import { createKnowledgeSources } from './knowledge-sources.js';
import type { PassageEmbedder } from './passage-embedder.js';
import type { ApplyReleaseAway } from './release/release-job.js';
import { createReleasedKnowledge, type ReleasedKnowledge } from './release/released-knowledge.js';
import { createQueryEmbedder } from './search/embed-query.js';
import {
  searchResult,
  searchTrace,
  traceOfNothing,
  vocabularyOf,
  type SearchState,
  type SearchTrace,
} from './search/hybrid-search.js';
import { createLexicalSearch } from './search/lexical-search.js';
import { createKnownSpelling } from './search/known-spelling.js';
import { understand } from './search/understand.js';
import { createArticleReader } from './store/article-reader.js';
import { createCandidateReader } from './store/candidate-reader.js';
import { loadFacets } from './store/chunk-facets.js';
import { corrupt, openKnowledgeDatabase } from './store/knowledge-database.js';
import { isCorruption } from './store/sqlite.js';
import { createVectorStore } from './store/vector-store.js';
import { takeOverArrived } from './take-over-arrived.js';

export interface LocalKnowledgeBaseDeps {
  readonly workspaceDir: string;
  /** Null when it is missing: the knowledge then answers by words alone, and the status gives `reason`. */
  readonly embedder: PassageEmbedder | null;
  readonly reason?: string;
  /** Settings of `embedder`, kept so that it can go on answering after the team has chosen another. */
  readonly embedderSettings?: EmbedderSettings;
  /** Opens the embedder that answered before; without it a change answers by words until all is embedded. */
  readonly openPrevious?: (settings: EmbedderSettings) => Promise<PassageEmbedder>;
  /** Makes large index files in another thread, so that searches stay fast meanwhile. */
  readonly makeAway?: MakeGraphAway;
  /** Applies a release in another thread; without it in this one. */
  readonly applyReleaseAway?: ApplyReleaseAway;
  readonly log: Logger;
  /** Today's ISO date. */
  readonly today?: () => string;
  readonly exactBelow?: number;
  /** Whether changes of watched sources are taken over while it is open; false by default. */
  readonly followsSources?: boolean;
  /** Folder where a newer state of the articles that came with the workspace may lie; see {@link takeOverArrived}. */
  readonly arrivingDir?: string;
  /** Lowered by tests to meet the limit with few articles. */
  readonly maxChunks?: number;
}

/** Vectors and graph of this many passages take about 1 GB of memory. */
const MAX_CHUNKS = 200_000;

/** The knowledge of one workspace folder, in the thread that calls it. */
export interface LocalKnowledgeBase extends KnowledgeBase {
  readonly releases: ReleasedKnowledge;
  /** All that a search found out about its candidates, for evaluation. */
  trace(request: SearchRequest): Promise<SearchTrace>;
  /** Resolves when nothing is being indexed any more. */
  settled(): Promise<void>;
  /** Stops index builds (they are made up for at the next start), waits for a running import, closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the knowledge of a workspace. It answers at once; vectors and the index file that are missing or damaged are
 * made good in the background, with status `indexing`.
 * @throws AppErrorException KNOWLEDGE_DATABASE_CORRUPT, KNOWLEDGE_NOT_SAVED.
 */
export function openLocalKnowledgeBase(deps: LocalKnowledgeBaseDeps): LocalKnowledgeBase {
  const { workspaceDir, embedder, log, today = () => new Date().toISOString().slice(0, 10) } = deps;
  const database = openKnowledgeDatabase(workspaceDir);
  if (deps.arrivingDir !== undefined) takeOverArrived(database, deps.arrivingDir, log);
  const articles = createArticleReader(database.reader);
  const vectors = createVectorStore(database.reader, database.writer);
  const candidates = createCandidateReader(database.reader);
  const lexical = createLexicalSearch(database.reader);
  const lanes = embedder
    ? createEmbeddingLanes({
        ...{ workspaceDir, database, vectors, log, embedder },
        settings: deps.embedderSettings ?? null,
        openPrevious: deps.openPrevious,
        makeAway: deps.makeAway,
        exactBelow: deps.exactBelow,
      })
    : null;
  const spelling = createKnownSpelling(database.reader);

  const closing = new AbortController();
  const listeners = new Set<(status: KnowledgeStatus) => void>();
  let status: KnowledgeStatus = { state: 'opening' };
  let queue: Promise<unknown> = Promise.resolve();
  let generation = database.generation();
  let facets = loadFacets(database.reader);
  const openedIndex = lanes?.open(generation) ?? Promise.resolve();
  // Every search awaits it and reports what went wrong; this only keeps it from counting as unheard.
  openedIndex.catch(() => undefined);

  /** How far a change of embedder is. */
  let changing: { done: number; total: number } | null = null;
  /** Why it does not go on. */
  let changeProblem: AppError | null = null;

  const setStatus = (next: KnowledgeStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };
  const showProgress = (done: number, total: number): void => setStatus({ state: 'indexing', done, total });
  const showRest = (): void => {
    const counts = { articles: facets.articles, chunks: facets.byChunk.size };
    const answering = lanes?.answering()?.embedder ?? embedder;
    if (changing) setStatus({ state: 'indexing', ...changing });
    else if (answering)
      setStatus({ state: 'ready', ...counts, embedder: answering.id, ...problemOf(changeProblem) });
    else setStatus({ state: 'lexical_only', ...counts, reason: deps.reason ?? 'The embedder is missing.' });
  };

  /** Takes over what was committed, by this process or by another one on the same folder. */
  const reload = (): void => {
    generation = database.generation();
    facets = loadFacets(database.reader);
    spelling.refresh();
    lanes?.refresh();
  };

  const makeGood = async (onProgress = showProgress): Promise<void> => {
    await openedIndex;
    const lane = lanes?.answering();
    if (lane) {
      const { embedder } = lane;
      const { signal } = closing;
      const missing = storedTextsWithout(vectors, embedder.id);
      await embedTexts(missing, embedder, vectors, { onProgress, signal });
      if (missing.length > 0) lane.refresh();
      await lane.settle(generation, onProgress, signal);
      if (!lanes?.next()) lanes?.swap();
      await lanes?.dropOthers(signal);
    }
  };

  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  };
  const enqueue = <T>(task: () => Promise<T>): Promise<T> => inTurn(() => task().finally(showRest));
  const makeGoodLater = (): void => {
    enqueue(() => makeGood()).catch((cause: unknown) => {
      if (!closing.signal.aborted) log.error('index.failed', { code: errorCodeOf(cause) });
    });
  };

  const followOtherProcesses = (): void => {
    if (database.generation() === generation) return;
    reload();
    makeGoodLater();
  };

  const embedFor = createQueryEmbedder(() => lanes?.answering()?.embedder, log);

  const trace = async (request: SearchRequest, signal?: AbortSignal): Promise<SearchTrace> => {
    throwIfCancelled(signal);
    await openedIndex;
    followOtherProcesses();
    const state = (): SearchState => ({
      facets: facets.byChunk,
      spelling: spelling.current(),
      index: lanes?.answering()?.passages.current() ?? null,
      titles: lanes?.answering()?.titles.current() ?? null,
      lexical,
      candidates,
    });
    const nothing = traceOfNothing(request, state());
    if (nothing) return nothing;
    const understood = await understand(request, vocabularyOf(state()), embedFor(signal));
    throwIfCancelled(signal);
    return searchTrace(request, understood, state(), today());
  };

  /** A damaged page may show up only when it is read. */
  const readSafely = async <T>(read: () => T | Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (cause) {
      throw isCorruption(cause) ? corrupt(database.file, cause) : cause;
    }
  };

  makeGoodLater();
  const changed = openedIndex
    .then(() => {
      if (!lanes?.next()) return;
      const onProgress = (done: number, total: number): void => {
        changing = { done, total };
        changeProblem = null;
        showRest();
      };
      return changeEmbedder({
        ...{ lanes, vectors, inTurn, onProgress, log, signal: closing.signal },
        generation: () => generation,
        onProblem: (problem) => {
          changing = null;
          changeProblem = problem;
          showRest();
        },
      }).finally(() => {
        changing = null;
        showRest();
      });
    })
    .catch((cause: unknown) => {
      if (!closing.signal.aborted) log.error('embedder.change_failed', { code: errorCodeOf(cause) });
    });

  const index = (onProgress = showProgress): Promise<void> =>
    makeGood(onProgress).catch((cause: unknown) => {
      // The articles are stored and answer; only the file that speeds up large collections is behind.
      if (!closing.signal.aborted) log.error('index.failed', { code: errorCodeOf(cause) });
    });

  const sources = createKnowledgeSources({
    ...{ workspaceDir, database, vectors, log, enqueue },
    embedder: () => lanes?.answering()?.embedder ?? embedder,
    followsSources: deps.followsSources ?? false,
    maxChunks: deps.maxChunks ?? MAX_CHUNKS,
    now: () => new Date(),
    onEmbedding: showProgress,
    onCommitted: reload,
    async index() {
      let phase: PhaseProgress | null = null;
      await index((done, total) => {
        showProgress(done, total);
        phase ??= startPhase('indexing', total, sources.showProgress);
        phase.at(done);
      });
    },
  });

  const local = createReleasedKnowledge({
    ...{ workspaceDir, database, vectors, lanes, log, enqueue, index },
    applyAway: deps.applyReleaseAway,
    onEmbedding: showProgress,
    onCommitted: reload,
    closing: closing.signal,
  });
  const releases: ReleasedKnowledge = {
    ...local,
    release: () => readSafely(() => local.release()),
    listing: () => readSafely(() => local.listing()),
    items: () => readSafely(() => local.items()),
  };

  return {
    ...sources,
    releases,
    trace,
    search: (request, signal) =>
      readSafely(async () => searchResult(await trace(request, signal), request.limit, candidates)),
    article: (articleId) => readSafely(() => articles.article(articleId)),
    list: () => readSafely(() => articles.list()),
    status: () => status,
    onStatusChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async settled() {
      await changed;
      await queue;
    },
    async close() {
      closing.abort();
      await sources.close();
      await changed;
      await queue;
      listeners.clear();
      database.close();
    },
  };
}

const problemOf = (error: AppError | null) =>
  error ? { changeProblem: { code: error.code, message: error.message, next: error.next } } : {};
