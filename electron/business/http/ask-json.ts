import type { ErrorCode } from '../../../shared/errors/app-error.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { deadline, isTimeUp } from '../../deadline.js';

/** How one business system is reached. */
export interface BusinessHttp {
  readonly fetch: typeof fetch;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
}

/** How a system is reached that is changed, too. */
export interface ChangingHttp extends BusinessHttp {
  /** Longest wait for a change: one that is given up early is made all the same, and only its end is not known. */
  readonly changeTimeoutMs: number;
}

/** The same way, for changes. */
export const forChanges = ({ fetch, changeTimeoutMs }: ChangingHttp): BusinessHttp => ({
  fetch,
  timeoutMs: changeTimeoutMs,
});

export interface BusinessRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface BusinessAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly value: unknown;
}

/** An order with all its lines is some kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * One question over HTTP, answered in JSON. No redirect is followed: another host would get the secret.
 * @throws AppErrorException BUSINESS_UNREACHABLE (no answer in time), BUSINESS_REFUSED (401, 403), BUSINESS_ANSWER_UNREADABLE (3xx, no JSON, too
 *   much); other statuses are answers. The caller's own abort is thrown as it is.
 */
export async function askJson(
  { fetch: send, timeoutMs }: BusinessHttp,
  request: BusinessRequest,
  signal: AbortSignal,
): Promise<BusinessAnswer> {
  const limit = deadline(timeoutMs, signal);
  const { url, method = 'GET', headers, body } = request;
  try {
    const response = await send(url, {
      ...{ method, redirect: 'manual', signal: limit.signal },
      headers: { accept: 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(response);
    if (response.status === 401 || response.status === 403)
      throw failure('BUSINESS_REFUSED', response.status);
    if (response.status >= 300 && response.status < 400)
      throw failure('BUSINESS_ANSWER_UNREADABLE', 'it sends us to another address');
    return { status: response.status, headers: response.headers, value: parse(text) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppErrorException) throw error;
    const why = isTimeUp(limit.signal) ? `no answer in ${String(timeoutMs / 1000)} s` : reasonOf(error);
    throw failure('BUSINESS_UNREACHABLE', why, error);
  } finally {
    limit.clear();
  }
}

const failure = (code: ErrorCode, detail: string | number, cause?: unknown): AppErrorException =>
  new AppErrorException(code, String(detail), { cause });

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    if (length > MAX_BYTES) throw failure('BUSINESS_ANSWER_UNREADABLE', 'its answer is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure('BUSINESS_ANSWER_UNREADABLE', 'its answer is no JSON', cause);
  }
}

/** The system's own word for a broken connection (`ECONNREFUSED`), which names no secret. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
