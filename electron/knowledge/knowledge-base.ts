import type { Audience, Evidence } from '../../shared/domain/evidence.js';
import type {
  KnowledgeArticle,
  KnowledgePool,
  KnowledgeStatus,
} from '../../shared/domain/knowledge-article.js';
import type { ImportProgress, ImportReport, KnowledgeSource } from '../../shared/domain/knowledge-source.js';

/** A passage found by a search; the retrieval stage gives it its `E` number. */
export type Passage = Omit<Evidence, 'id'>;

export interface SearchRequest {
  /** What the customer needs now; any length, cut inside. */
  readonly query: string;
  /** What they said in the turns before, oldest first. Searched as well; the newest weighs most. */
  readonly turns?: readonly string[];
  /** What the customer is thought to want, for example the intent's name and description. Shifts the order, hides nothing. */
  readonly topic?: string;
  readonly limit: number;
  readonly audiences: readonly Audience[];
  /** Team articles (the default) or past conversations; one search never mixes them. */
  readonly pool?: KnowledgePool;
  /** Only what is of this brand or of no brand in particular; left out for all. */
  readonly brand?: string;
  /** Only what is of this product or of no product in particular; left out for all. */
  readonly product?: string;
  /** Only articles of this ISO 639-1 language; null for all. */
  readonly language: string | null;
  /** Articles to leave out, so that an alternative draft uses another source. */
  readonly excludeArticleIds?: readonly string[];
}

export interface SearchResult {
  /** Best first; at most `limit`; neighbours of one section merged. */
  readonly passages: readonly Passage[];
  /** Calibrated probability that the best passage is about the question, 0 to 1. */
  readonly confidence: number;
  /** False when `confidence` is under the abstention threshold: show the passages, answer nothing from them. */
  readonly isAnswerable: boolean;
  /** `lexical` when the embedder or the HNSW index was not available. */
  readonly mode: 'hybrid' | 'lexical';
}

export type ArticleHead = Omit<KnowledgeArticle, 'markdown'>;

/** A file, folder or export to take knowledge from. */
export interface NewSource {
  /** Absolute. */
  readonly path: string;
  /** `cases` for past conversations; they are internal, whatever a file says. */
  readonly pool: KnowledgePool;
  readonly isWatched: boolean;
}

export interface ImportOptions {
  /** The pool that is made equal to the paths; the other one stays as it is. `articles` by default. */
  readonly pool?: KnowledgePool;
  /** Whether changes below the paths are followed from now on. */
  readonly isWatched?: boolean;
  /** Leaves out where the articles come from and when: a workspace that travels knows no paths of its maker. */
  readonly isDetached?: boolean;
}

/** The team's articles, searchable. Lives in the engine worker; every call is safe while an import runs. */
export interface KnowledgeBase {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  article(articleId: string): Promise<KnowledgeArticle | null>;
  list(): Promise<readonly ArticleHead[]>;
  /** What knowledge is read from, by path. */
  sources(): Promise<readonly KnowledgeSource[]>;
  /**
   * Adds a source and imports it; one that is known with the same pool is imported again. A cancelled or killed import
   * leaves the source listed, with `importedAt` null: `syncSources` goes on with it, and nothing is embedded twice.
   * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND, KNOWLEDGE_NOT_SAVED, KNOWLEDGE_BUSY, SUGGESTION_CANCELLED.
   */
  addSource(source: NewSource, signal?: AbortSignal): Promise<ImportReport>;
  /** @throws AppErrorException KNOWLEDGE_SOURCE_UNKNOWN. */
  updateSource(sourceId: string, change: { readonly isWatched: boolean }): Promise<void>;
  /**
   * Forgets a source and all articles that came from it; the files stay.
   * @throws AppErrorException KNOWLEDGE_SOURCE_UNKNOWN, KNOWLEDGE_NOT_SAVED, KNOWLEDGE_BUSY.
   */
  removeSource(sourceId: string): Promise<void>;
  /**
   * Takes over what changed below a source, or below all for null: files whose size and time are the same are not read.
   * A source whose path is gone keeps its articles and is listed in `failures`.
   * @throws AppErrorException KNOWLEDGE_SOURCE_UNKNOWN, KNOWLEDGE_NOT_SAVED, KNOWLEDGE_BUSY, SUGGESTION_CANCELLED.
   */
  syncSources(sourceId: string | null, signal?: AbortSignal): Promise<ImportReport>;
  /**
   * Makes the knowledge of a pool equal to what is under `paths`: adds, changes and removes; atomic, so a kill leaves the
   * old state. Articles of the team's release stay.
   * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND, KNOWLEDGE_NOTHING_TO_IMPORT, KNOWLEDGE_NOT_SAVED,
   * KNOWLEDGE_BUSY, SUGGESTION_CANCELLED; KNOWLEDGE_OF_RELEASE when detached articles would replace those of a release.
   */
  importArticles(
    paths: readonly string[],
    signal?: AbortSignal,
    options?: ImportOptions,
  ): Promise<ImportReport>;
  /** What the newest import did, also after a restart; null before the first. */
  lastReport(): Promise<ImportReport | null>;
  /** Told several times a second while an import runs, and null when none does any more. Returns the function that stops listening. */
  onImportProgress(listener: (progress: ImportProgress | null) => void): () => void;
  status(): KnowledgeStatus;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (status: KnowledgeStatus) => void): () => void;
}
