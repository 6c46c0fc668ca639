import { pause } from './cancellation.js';

/** Short enough that a search waiting for its turn is not felt. */
const SLICE_MS = 10;

/** Cuts long work so that waiting searches have their turn: when a slice is over, await the next. */
export interface WorkSlices {
  isOver(): boolean;
  next(): Promise<void>;
}

export function createWorkSlices(): WorkSlices {
  let sliceStart = performance.now();
  return {
    isOver: () => performance.now() - sliceStart >= SLICE_MS,
    async next() {
      await pause();
      sliceStart = performance.now();
    },
  };
}
