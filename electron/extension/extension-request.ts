import { createHash, timingSafeEqual } from 'node:crypto';
import type http from 'node:http';

/** As browsers name the pages and workers of an extension; a web page can have neither. */
const EXTENSION_ORIGIN =
  /^(?:chrome-extension:\/\/[a-p]{32}|moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** Why a request is not looked at any further. */
export interface Refusal {
  readonly status: 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429;
  /** A word for the extension, never anything of the request. */
  readonly error: string;
}

const refuse = (status: Refusal['status'], error: string): Refusal => ({ status, error });

/**
 * What is asked of every request before its body is read, cheapest first: that it was meant for this address (a name that was pointed at
 * 127.0.0.1 has another Host), that a browser's extension sends it, and that it knows the token.
 *
 * @param port that is listened on.
 * @param token null where whoever asks does not have to know it.
 */
export function refusalOf(
  { method, headers }: Pick<http.IncomingMessage, 'method' | 'headers'>,
  { port, token }: { readonly port: number; readonly token: string | null },
): Refusal | null {
  if (headers.host !== `127.0.0.1:${String(port)}`) return refuse(403, 'host');
  if (headers.origin === undefined || !EXTENSION_ORIGIN.test(headers.origin)) return refuse(403, 'origin');
  if (method !== 'POST') return refuse(405, 'method');
  if (!/^application\/json(?:;|$)/u.test(headers['content-type'] ?? '')) return refuse(415, 'type');
  if (token !== null && !isToken(headers.authorization ?? '', token)) return refuse(401, 'token');
  return null;
}

/** Compares digests, so that neither length nor place of the first difference shows in the time it takes. */
function isToken(header: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`));
}

/** Lets `burst` through at once and `perSecond` on average. */
export function createRateLimit(burst: number, perSecond: number, now: () => number): () => boolean {
  let left = burst;
  let last = now();
  return () => {
    const then = now();
    left = Math.min(burst, left + ((then - last) / 1_000) * perSecond);
    last = then;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

/** Reads a body of at most `limit` bytes; null when there is more of it. */
export async function readBody(request: AsyncIterable<Buffer>, limit: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
