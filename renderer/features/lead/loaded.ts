import type { AppError } from '../../../shared/errors/app-error.js';

/** Something of the hub as far as the window has it. What was read once stays in sight when reading it again fails. */
export type Loaded<T> =
  | { readonly kind: 'unread' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  /** `problem` says why it may be old. */
  | { readonly kind: 'ready'; readonly value: T; readonly problem: AppError | null };

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

/** Makes the function that reads something; of two readings that overlap the later one counts. */
export function createLoader<T>(
  get: () => Loaded<T>,
  set: (next: Loaded<T>) => void,
  ask: () => Promise<Answer<T>>,
): () => Promise<void> {
  let newest = 0;
  return async () => {
    newest += 1;
    const own = newest;
    if (get().kind !== 'ready') set({ kind: 'loading' });
    const answer = await ask();
    if (own !== newest) return;
    const before = get();
    if (answer.ok) set({ kind: 'ready', value: answer.value, problem: null });
    else if (before.kind === 'ready') set({ ...before, problem: answer.error });
    else set({ kind: 'failed', error: answer.error });
  };
}

export const valueOf = <T>(loaded: Loaded<T>): T | null => (loaded.kind === 'ready' ? loaded.value : null);
