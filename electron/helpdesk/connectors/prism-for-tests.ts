import { z } from 'zod';

/** What `e2e/peers/prism-*.mjs` say when they are ready. */
export const PrismReady = z.object({ url: z.string() });

/** A fetch that asks Prism for one of the declared answers instead of the good one. */
export const fetchAnswered =
  (status: number): typeof fetch =>
  (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('prefer', `code=${String(status)}`);
    return fetch(url, { ...init, headers });
  };
