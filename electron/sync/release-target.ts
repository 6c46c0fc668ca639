import type { ListingEntry, SegmentKey, SignedManifest } from '../../shared/domain/release.js';

/** The release this machine answers from. */
export interface AppliedRelease {
  readonly number: number;
  readonly root: string;
  /** ISO time it was applied here. */
  readonly appliedAt: string;
  /** Articles that were added, changed or removed when it came. */
  readonly articlesChanged: number;
  readonly signed: SignedManifest;
}

/** A verified way from the release in use to another. */
export interface ReleaseUpdate {
  readonly signed: SignedManifest;
  readonly changed: readonly ListingEntry[];
  readonly removed: readonly SegmentKey[];
  /** File with the segments of `changed`: table `segments (hash TEXT PRIMARY KEY, content BLOB)`. A graph may be missing. */
  readonly stagingFile: string;
}

export interface ReleaseProgress {
  readonly done: number;
  readonly total: number;
}

/** Where releases go: the local index and the team's settings, old or new and never a mix. */
export interface ReleaseTarget {
  current(): Promise<AppliedRelease | null>;
  /** Everything the release in use consists of, sorted by key; empty without one. */
  listing(): Promise<readonly ListingEntry[]>;
  /**
   * Brings knowledge and team to another release in one step; what is there answers until then.
   * @throws AppErrorException RELEASE_DAMAGED when a segment is missing or cannot be read, KNOWLEDGE_NOT_SAVED (a full disk),
   *   SUGGESTION_CANCELLED. In each case the release before stays whole.
   */
  apply(
    update: ReleaseUpdate,
    onProgress: (progress: ReleaseProgress) => void,
    signal?: AbortSignal,
  ): Promise<AppliedRelease>;
}
