/** A wait that can be cut short. A call of `wake` while nobody waits cuts the next wait short. */
export interface Pause {
  wait(ms: number): Promise<void>;
  wake(): void;
}

/** Waits end at once when `signal` aborts. */
export function createPause(signal: AbortSignal): Pause {
  let isWoken = false;
  let end: (() => void) | null = null;
  signal.addEventListener('abort', () => end?.());
  return {
    wait(ms) {
      if (isWoken || signal.aborted) {
        isWoken = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          isWoken = false;
          end = null;
          resolve();
        }
        end = done;
      });
    },
    wake() {
      isWoken = true;
      end?.();
    },
  };
}
