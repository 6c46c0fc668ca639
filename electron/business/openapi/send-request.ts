import { AppErrorException } from '../../../shared/errors/app-error.js';
import { deadline, isTimeUp } from '../../deadline.js';
import type { ApiRequest } from './api-request.js';

/** What came back; `value` is undefined for an answer that is no JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** A request that surely reached nobody. */
export class NotSent extends AppErrorException {}

const MAX_BYTES = 1024 * 1024;
/** What the system's own network says before a byte is sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Sends one request. No redirect is followed: another address would get the secret, or the change twice.
 * @throws NotSent; AppErrorException BUSINESS_UNREACHABLE, BUSINESS_REFUSED (401, 403), BUSINESS_ANSWER_UNREADABLE (3xx, over 1 MB); the caller's
 *   own abort as it is. Other statuses are answers.
 */
export async function sendRequest(
  { fetch: send, timeoutMs }: { readonly fetch: typeof fetch; readonly timeoutMs: number },
  { method, url, headers, body }: ApiRequest,
  signal: AbortSignal,
): Promise<ApiAnswer> {
  const limit = deadline(timeoutMs, signal);
  try {
    const response = await send(url, {
      ...{ method, redirect: 'manual', signal: limit.signal },
      headers: { accept: 'application/json', ...headers },
      ...(body === null ? {} : { body }),
    });
    const { status } = response;
    const text = await readText(response);
    if (status === 401 || status === 403) throw new AppErrorException('BUSINESS_REFUSED', String(status));
    if (status >= 300 && status < 400)
      throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'it sends us to another address');
    return { status, value: parsed(text) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppErrorException) throw error;
    const code = codeOf(error);
    if (NEVER_SENT.has(code)) throw new NotSent('BUSINESS_UNREACHABLE', code, { cause: error });
    const why = isTimeUp(limit.signal) ? `no answer in ${String(timeoutMs / 1000)} s` : code;
    throw new AppErrorException('BUSINESS_UNREACHABLE', why, { cause: error });
  } finally {
    limit.clear();
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    if (length > MAX_BYTES)
      throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'its answer is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
