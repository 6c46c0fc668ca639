/** Long enough to matter, short enough that nobody on the same thread notices. */
const SLICE_MS = 12;

/** Gives a function to call often in long work: when the slice is used up it lets the event loop turn once. */
export function createWorkSlices(): () => Promise<void> {
  let sliceStart = performance.now();
  return async () => {
    if (performance.now() - sliceStart < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    sliceStart = performance.now();
  };
}
