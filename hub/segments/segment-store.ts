import type { Segment } from '../../release/segment-frames.js';

/** Where the content of segments lies. It never changes: what a hash names is always the same. */
export interface SegmentStore {
  /** Stores contents, each whole or not at all; one that is there already stays. @throws AppErrorException HUB_STORE_UNAVAILABLE. */
  put(workspaceId: string, segments: readonly Segment[]): Promise<void>;
  /** Reads contents in the order of `hashes`; what is not there is left out. */
  get(workspaceId: string, hashes: readonly string[]): AsyncIterable<Segment>;
  remove(workspaceId: string, hashes: readonly string[]): Promise<void>;
  /** @throws AppErrorException HUB_STORE_UNAVAILABLE. */
  check(): Promise<void>;
  /** Lets go of connections; nothing is asked afterwards. */
  close(): void;
}
