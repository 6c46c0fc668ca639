/** A unit of work that waits for its turn; `start` resolves when it is over, whatever its outcome. */
export interface QueuedRun {
  readonly conversationId: string;
  readonly start: () => Promise<void>;
}

/** Lets at most `limit` runs go at once; the newest of those that wait goes first. */
export interface RunQueue {
  add(run: QueuedRun): void;
  /** Takes a waiting run out; one that has started is not touched. */
  remove(conversationId: string): void;
}

/**
 * A rep looks at what came in last, so waiting runs are taken last in, first out;
 * a conversation has at most one waiting run.
 */
export function createRunQueue(limit: number): RunQueue {
  let waiting: QueuedRun[] = [];
  let running = 0;

  function next(): void {
    while (running < limit) {
      const run = waiting.pop();
      if (!run) return;
      running += 1;
      void run.start().finally(() => {
        running -= 1;
        next();
      });
    }
  }

  const remove = (conversationId: string): void => {
    waiting = waiting.filter((run) => run.conversationId !== conversationId);
  };

  return {
    add(run) {
      remove(run.conversationId);
      waiting.push(run);
      next();
    },
    remove,
  };
}
