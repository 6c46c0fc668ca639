/** How far a publication is; `done` of `total` items of the step, at 0 of 0 where nothing can be counted. */
export interface PublishProgress {
  readonly step: 'reading' | 'embedding' | 'indexing' | 'uploading' | 'publishing';
  readonly done: number;
  readonly total: number;
}

/** A release that is on the hub. */
export interface Published {
  readonly number: number;
  /** Articles that were added, changed or removed by it. */
  readonly articlesChanged: number;
  /** The same, each counted for itself. */
  readonly articles: { readonly added: number; readonly changed: number; readonly removed: number };
  /** What the hub did not have yet. */
  readonly segmentsSent: number;
  /** Content of those segments, before it was packed for the way. */
  readonly bytesSent: number;
}

export interface PublishOptions {
  /** What people read about the release. */
  readonly notes: string;
  /** False leaves everybody with the release they have, for a canary to follow. */
  readonly assign: boolean;
}

/** Makes a release of something and brings it to the hub. */
export interface Publisher {
  /**
   * Publishes on top of the newest release. What was sent before a failure or a kill is not sent again by the next attempt, and the release
   * is there once, however often the attempt is made.
   * @throws AppErrorException RELEASE_NOTHING_TO_PUBLISH, RELEASE_OVERTAKEN when somebody else published meanwhile, RELEASE_CANARY_RUNS when
   * it may not go to everybody now, RELEASE_OTHER_EMBEDDER, SUGGESTION_CANCELLED when the signal aborts, and those of `hub-errors.ts`.
   */
  publish(
    options: PublishOptions,
    onProgress: (progress: PublishProgress) => void,
    signal?: AbortSignal,
  ): Promise<Published>;
}
