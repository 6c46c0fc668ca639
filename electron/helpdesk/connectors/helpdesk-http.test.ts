import { expect, it } from 'vitest';
import { z } from 'zod';

import { createHelpdeskHttp } from './helpdesk-http.js';

const { signal } = new AbortController();
const detailOf = async (baseUrl: string, reach: typeof fetch): Promise<string> => {
  const http = createHelpdeskHttp({ baseUrl, headers: () => ({}), fetch: reach, timeoutMs: 5_000 });
  const failed = await http.json('/', z.unknown(), {}, signal).catch((error: unknown) => error);
  expect(failed).toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
  return (failed as { readonly error: { readonly detail?: string } }).error.detail ?? '';
};

// Catches: a rep who is told "Error" or "TypeError" as the reason why a helpdesk cannot be reached.
it('says in words why a helpdesk cannot be reached where the error has no code', async () => {
  expect(await detailOf('http://127.0.0.1:9', fetch)).toBe(
    'This port is reserved for something else (bad port).',
  );
  const cut = (): Promise<never> =>
    Promise.reject(new TypeError('fetch failed', { cause: new Error('closed') }));
  expect(await detailOf('http://127.0.0.1:1', cut)).toBe('The connection failed.');
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const nobody = (): Promise<never> => Promise.reject(new TypeError('fetch failed', { cause: refused }));
  expect(await detailOf('http://127.0.0.1:1', nobody)).toBe('ECONNREFUSED');
});
