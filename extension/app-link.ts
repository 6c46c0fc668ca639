import { extensionPaths, type PairingCode } from '../shared/contracts/browser-extension.js';
import { isProof, newNonce } from './app-proof.js';
import type { LinkStatus } from './kept-state.js';

const TIMEOUT_MS = 3_000;

/** What the app said. */
export type Said =
  | { readonly status: 'connected'; readonly origins: readonly string[] }
  | { readonly status: Exclude<LinkStatus, 'connected' | 'never'> }
  /** It does not want this page, or has no time. */
  | { readonly status: 'not_now' };

/**
 * Talks to the app that the code was copied from, and to nothing else: whoever has the port now has to prove that it knows the token before it is
 * told the token or a page, and before anything it says is believed.
 */
export async function say(
  pairing: PairingCode,
  path: Exclude<(typeof extensionPaths)[keyof typeof extensionPaths], typeof extensionPaths.prove>,
  body: { readonly url?: string } = {},
): Promise<Said> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), TIMEOUT_MS);
  try {
    const stranger = await strangerOn(pairing, ended.signal);
    if (stranger) return stranger;
    const authorization = { authorization: `Bearer ${pairing.token}` };
    const response = await post(pairing.port, path, body, authorization, ended.signal);
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

/** Null for the app itself. A wrong proof is of an app with another code, or of a program that pretends to be one. */
async function strangerOn(pairing: PairingCode, signal: AbortSignal): Promise<Said | null> {
  const nonce = newNonce();
  const response = await post(pairing.port, extensionPaths.prove, { nonce }, {}, signal);
  if (response.status === 429) return { status: 'not_now' };
  const said: unknown = await response.json();
  const proof = field(said, 'proof');
  if (!response.ok || field(said, 'app') !== 'cuecard' || typeof proof !== 'string')
    return { status: 'unreachable' };
  return (await isProof(proof, nonce, pairing)) ? null : { status: 'refused' };
}

const post = (
  port: number,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> =>
  fetch(`http://127.0.0.1:${String(port)}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    ...{ credentials: 'omit', cache: 'no-store', redirect: 'error', signal },
  });

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
