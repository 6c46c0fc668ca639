import type { extensionPaths } from '../shared/contracts/browser-extension.js';
import { type PairingCode } from '../shared/contracts/browser-extension.js';
import type { LinkStatus } from './kept-state.js';

const TIMEOUT_MS = 3_000;

/** What the app said. */
export type Said =
  | { readonly status: 'connected'; readonly origins: readonly string[] }
  | { readonly status: Exclude<LinkStatus, 'connected' | 'never'> }
  /** It does not want this page, or has no time. */
  | { readonly status: 'not_now' };

/** Talks to the app that the code was copied from, and to nothing else. */
export async function say(
  { port, token }: PairingCode,
  path: (typeof extensionPaths)[keyof typeof extensionPaths],
  body: { readonly url?: string } = {},
): Promise<Said> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      ...{ credentials: 'omit', cache: 'no-store', redirect: 'error', signal: ended.signal },
    });
    const said: unknown = await response.json();
    if (response.ok) return connected(said);
    if (response.status === 403 && field(said, 'error') === 'other_extension')
      return { status: 'other_extension' };
    return { status: [401, 403, 404].includes(response.status) ? 'refused' : 'not_now' };
  } catch {
    return { status: 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

/** Another program may have the port now: only what looks like the app's answer is one. */
function connected(said: unknown): Said {
  const origins = field(said, 'origins');
  if (field(said, 'app') !== 'cuecard' || !Array.isArray(origins)) return { status: 'unreachable' };
  return {
    status: 'connected',
    origins: origins.filter((origin): origin is string => typeof origin === 'string'),
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
