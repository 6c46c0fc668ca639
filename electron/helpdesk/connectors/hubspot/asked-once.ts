import { HelpdeskFailure } from '../helpdesk-failure.js';

/** What is asked for with a right the token may not have: null without it, or where it is not there. */
export async function ifAllowed<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HelpdeskFailure)) throw error;
    const { code } = error.error;
    if (code !== 'HELPDESK_RIGHT_MISSING' && code !== 'HELPDESK_CONVERSATION_NOT_FOUND') throw error;
    return null;
  }
}

/** How long what an administrator sets is taken for unchanged, in milliseconds. */
const FRESH_MS = 10 * 60_000;

/** Asks again only after ten minutes, or after it failed. */
export function askedNowAndThen<T>(
  ask: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  let known: { readonly value: T; readonly at: number } | null = null;
  return async (signal) => {
    if (known === null || Date.now() - known.at > FRESH_MS)
      known = { value: await ask(signal), at: Date.now() };
    return known.value;
  };
}
