import type { Audience, Evidence } from '../../shared/domain/evidence.js';
import type {
  KnowledgeArticle,
  KnowledgePool,
  KnowledgeStatus,
} from '../../shared/domain/knowledge-article.js';

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

export interface ImportFailure {
  readonly path: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly articles: number;
  readonly chunks: number;
  /** Chunks whose vector was already known by the hash of text and embedder. */
  readonly reusedChunks: number;
  readonly removedArticles: number;
  readonly failures: readonly ImportFailure[];
}

export type ArticleHead = Omit<KnowledgeArticle, 'markdown'>;

/** The team's articles, searchable. Lives in the engine worker; every call is safe while an import runs. */
export interface KnowledgeBase {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  article(articleId: string): Promise<KnowledgeArticle | null>;
  list(): Promise<readonly ArticleHead[]>;
  /**
   * Makes the knowledge equal to the Markdown under `paths`: adds, changes and removes; atomic, so a kill leaves the old state.
   * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND, KNOWLEDGE_NOTHING_TO_IMPORT, KNOWLEDGE_NOT_SAVED.
   */
  importArticles(paths: readonly string[], signal?: AbortSignal): Promise<ImportReport>;
  status(): KnowledgeStatus;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (status: KnowledgeStatus) => void): () => void;
}
