/** Where the pieces of one attempt go. */
export interface Sink {
  push(piece: string): void;
  /** Its text counts no more: it failed or lost. */
  abandon(): void;
}

/**
 * Brings the text of exactly one attempt at a time to whoever reads along. Of attempts side by side the first with a piece
 * wins; after a failed one the next begins anew, which the reader must be able to take.
 */
export interface Delivery {
  /** `owner` tells attempts side by side apart. */
  open(owner: object): Sink;
  /** Who delivers now; null while nobody does. */
  owner(): object | null;
  onClaim(listener: (owner: object) => void): void;
  /** Whether another attempt could still be told to the reader: nothing was read yet, or it can begin anew. */
  canRestart(): boolean;
  /** Gives what was held back at the end. */
  end(): void;
}

interface Restorer {
  push(piece: string): string;
  end(): string;
}

/**
 * @param restore one for each attempt: puts private values back, never passing half a placeholder on.
 * @param onText gets restored text. @param onRestart says that all text so far is void.
 */
export function createDelivery(
  restore: () => Restorer,
  onText?: (piece: string) => void,
  onRestart?: () => void,
): Delivery {
  let owner: object | null = null;
  let restorer: Restorer | null = null;
  let hasRead = false;
  let mustRestart = false;
  const listeners: ((owner: object) => void)[] = [];
  const give = (text: string): void => {
    if (text === '') return;
    if (mustRestart) onRestart?.();
    mustRestart = false;
    hasRead = true;
    onText?.(text);
  };
  return {
    open: (by) => ({
      push(piece) {
        if (owner === null) {
          owner = by;
          restorer = restore();
          for (const listener of listeners) listener(by);
        }
        if (owner === by && restorer) give(restorer.push(piece));
      },
      abandon() {
        if (owner !== by) return;
        owner = null;
        restorer = null;
        mustRestart = hasRead;
      },
    }),
    owner: () => owner,
    onClaim: (listener) => void listeners.push(listener),
    canRestart: () => !hasRead || onText === undefined || onRestart !== undefined,
    end() {
      if (restorer) give(restorer.end());
      restorer = null;
    },
  };
}
