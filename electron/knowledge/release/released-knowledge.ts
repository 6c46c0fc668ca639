import type { ListingEntry } from '../../../shared/domain/release.js';
import type { ReleaseDelta } from './apply-release.js';
import type { ReleaseItem, StoredRelease } from '../store/release-store.js';

/** What the sync hands over, its segments in a file. */
export interface ReleaseRequest extends ReleaseDelta {
  readonly stagingFile: string;
}

/** The team's release in the local knowledge. */
export interface ReleasedKnowledge {
  /** Null before the first. */
  release(): Promise<StoredRelease | null>;
  /** Sorted by key; empty before the first. */
  listing(): Promise<readonly ListingEntry[]>;
  /** What the release says besides articles: intents, macros, prompts and the like, each as its segment. */
  items(): Promise<readonly ReleaseItem[]>;
  /**
   * Brings articles and items to another release in one transaction. Searches are answered from the state before until it is written, and
   * from the new one when this resolves; a graph that has to be made here follows, with status `indexing`.
   * @throws AppErrorException RELEASE_DAMAGED, KNOWLEDGE_NOT_SAVED, SUGGESTION_CANCELLED.
   */
  apply(
    request: ReleaseRequest,
    onProgress: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<StoredRelease>;
}
