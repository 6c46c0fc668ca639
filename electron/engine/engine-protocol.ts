import type {
  EmbedderSettings,
  EmbedderTrial,
  OpenAiCompatible,
} from '../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { KnowledgeArticle, KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { ImportProgress, ImportReport, KnowledgeSource } from '../../shared/domain/knowledge-source.js';
import { err, ok, type Result } from '../../shared/lib/result.js';
import type { LogFields, Logger } from '../../shared/lib/logger.js';
import type {
  ArticleHead,
  ImportOptions,
  NewSource,
  SearchRequest,
  SearchResult,
} from '../knowledge/knowledge-base.js';
import type { ReleaseItem, StoredRelease } from '../knowledge/store/release-store.js';
import type { ReleaseRequest } from '../knowledge/release/released-knowledge.js';
import type { Embedder, TextRole } from '../models/embedder.js';
import type { ListingEntry } from '../../shared/domain/release.js';
import type { Classification } from '../models/intent-classifier.js';
import type { ReleasedTeam } from './engine.js';

/** Names one call, so that it can be cancelled; unique within one worker. */
export type CallId = number;

/** What the worker does for its client. An expected failure comes back as data, a bug as a rejected promise. */
export interface WorkerFunctions {
  search(call: CallId, request: SearchRequest): Promise<Result<SearchResult>>;
  article(call: CallId, articleId: string): Promise<Result<KnowledgeArticle | null>>;
  list(call: CallId): Promise<Result<readonly ArticleHead[]>>;
  sources(call: CallId): Promise<Result<readonly KnowledgeSource[]>>;
  addSource(call: CallId, source: NewSource): Promise<Result<ImportReport>>;
  updateSource(
    call: CallId,
    sourceId: string,
    change: { readonly isWatched: boolean },
  ): Promise<Result<void>>;
  removeSource(call: CallId, sourceId: string): Promise<Result<void>>;
  syncSources(call: CallId, sourceId: string | null): Promise<Result<ImportReport>>;
  importArticles(
    call: CallId,
    paths: readonly string[],
    options: ImportOptions | undefined,
  ): Promise<Result<ImportReport>>;
  lastReport(call: CallId): Promise<Result<ImportReport | null>>;
  release(call: CallId): Promise<Result<StoredRelease | null>>;
  releaseListing(call: CallId): Promise<Result<readonly ListingEntry[]>>;
  releaseItems(call: CallId): Promise<Result<readonly ReleaseItem[]>>;
  releaseTeam(call: CallId): Promise<Result<ReleasedTeam | null>>;
  applyRelease(call: CallId, request: ReleaseRequest): Promise<Result<StoredRelease>>;
  /** `release` undefined asks the classifier in force. */
  classify(call: CallId, text: string, release: number | null | undefined): Promise<Result<Classification>>;
  embed(call: CallId, texts: readonly string[]): Promise<Result<Float32Array[]>>;
  aboutPassages(call: CallId): Promise<Result<Pick<Embedder, 'id' | 'dimensions'>>>;
  embedPassages(call: CallId, texts: readonly string[]): Promise<Result<Float32Array[]>>;
  tryEmbedder(call: CallId, settings: EmbedderSettings): Promise<Result<EmbedderTrial>>;
  /** Stops the work of a call; its result is not awaited any more. */
  cancel(call: CallId): void;
  /** Resolves when everything is written and closed. */
  close(): Promise<void>;
}

/** What the worker tells its client. */
export interface ClientFunctions {
  statusChanged(status: KnowledgeStatus): void;
  importProgressed(progress: ImportProgress | null): void;
  /** How far a release is: for the call that applies it. */
  releaseProgressed(call: CallId, done: number, total: number): void;
  /** Resolves when the client is ready for the team of a release that is about to come into force. */
  teamComing(team: ReleasedTeam): Promise<void>;
  teamInForce(team: ReleasedTeam | null): void;
  /** Has a service embed texts: the worker never touches the network. */
  embedRemotely(
    call: CallId,
    settings: OpenAiCompatible,
    texts: readonly string[],
    role: TextRole,
  ): Promise<Result<Float32Array[]>>;
  /** Stops the work of {@link ClientFunctions.embedRemotely}; its result is not awaited any more. */
  cancelRemote(call: CallId): void;
  logged(level: keyof Logger, event: string, fields: LogFields | undefined): void;
}

/** Nothing is cut off by time here: limits belong to the caller, imports take as long as they take. */
export const NO_TIMEOUT = -1;

/** Carries an expected failure over the border as data. */
export async function toResult<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (cause) {
    if (cause instanceof AppErrorException) return err(cause.error);
    throw cause;
  }
}

/** @throws AppErrorException for a failure, with its detail. */
export function fromResult<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppErrorException(result.error.code, result.error.detail);
}
