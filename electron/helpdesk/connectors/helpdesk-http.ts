import { z } from 'zod';

import { deadline, isTimeUp } from '../../deadline.js';
import { createConditionalGet } from './conditional-get.js';
import { failureOfStatus, HelpdeskFailure } from './helpdesk-failure.js';

export interface HelpdeskHttpOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Asked for every request, so that a renewed token is used at once. */
  readonly headers: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly fetch: typeof fetch;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** Who signs, where `fetch` does it and the headers do not tell; an answer is kept for the same alone. */
  readonly signedBy?: () => string;
}

export interface HelpdeskRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A `POST` that changes nothing, such as a search: without an answer it is no write that may have been done. */
  readonly isRead?: true;
  /** Is not asked again while following, such as a file: nothing of its answer is kept. */
  readonly isOnce?: true;
}

export interface HelpdeskAnswer<T> {
  readonly body: T;
  readonly etag: string | null;
}

export interface HelpdeskHttp {
  /**
   * A GET that was answered with an ETag before asks whether that still holds (conditional-get.ts).
   * @throws HelpdeskFailure for every status but 2xx and a 304 that was asked for, an answer of another shape, and no answer.
   */
  json<T>(
    path: string,
    schema: z.ZodType<T>,
    request: HelpdeskRequest,
    signal: AbortSignal,
  ): Promise<HelpdeskAnswer<T>>;
  bytes(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Drops the answers that are kept to ask whether they still hold: they have words of customers in them. */
  forgetAnswers(): void;
}

/** A ticket of 5 MB is real (a mail with a log pasted in), one of 32 MB is a fault. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;
const SAID_CHARACTERS = 200;

/**
 * HTTP to one helpdesk. It follows no redirect: a sign-in page or another host would get the token.
 *
 * A request that may write (`POST`, `PUT`, `PATCH`) and gets no answer fails with HELPDESK_WRITE_UNCERTAIN: it may have been done.
 */
export function createHelpdeskHttp(options: HelpdeskHttpOptions): HelpdeskHttp {
  const conditional = createConditionalGet();

  async function addressed(path: string, { query = {}, body, headers }: HelpdeskRequest) {
    const search = new URLSearchParams(query).toString();
    return {
      url: `${options.baseUrl}${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(await options.headers()),
        ...headers,
      },
    };
  }

  async function ask(
    { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    request: HelpdeskRequest,
    maxBytes: number,
    signal: AbortSignal,
  ) {
    const { method = 'GET', body } = request;
    const limit = deadline(options.timeoutMs, signal);
    try {
      const response = await options.fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: limit.signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const bytes = await readAtMost(response, maxBytes);
      return { response, bytes };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HelpdeskFailure) throw error;
      const why = isTimeUp(limit.signal)
        ? `no answer in ${String(options.timeoutMs / 1000)} s`
        : reasonOf(error);
      const code = method === 'GET' || request.isRead ? 'HELPDESK_UNREACHABLE' : 'HELPDESK_WRITE_UNCERTAIN';
      throw new HelpdeskFailure(code, why, null, { cause: error });
    } finally {
      limit.clear();
    }
  }

  function refuse(response: Response, bytes: Uint8Array): void {
    if (response.ok) return;
    if (response.status === 304)
      throw new HelpdeskFailure(
        'HELPDESK_ANSWER_UNREADABLE',
        'It says that nothing changed (304), and was not asked whether.',
      );
    if (response.status >= 300 && response.status < 400)
      throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'It sends us to another address.');
    throw failureOfStatus(response.status, saidIn(bytes), response.headers.get('retry-after'));
  }

  return {
    async json(path, schema, request, signal) {
      const { method = 'GET', isOnce } = request;
      const address = await addressed(path, request);
      const asker = [address.headers, options.signedBy?.() ?? ''];
      const question = method === 'GET' && !isOnce ? conditional.ask(address.url, asker, schema) : null;
      const conditions = question?.headers ?? {};
      const { response, bytes } = await ask(
        { ...address, headers: { ...address.headers, ...conditions } },
        ...([request, MAX_JSON_BYTES, signal] as const),
      );
      const unchanged = response.status === 304 ? question?.unchanged() : null;
      if (unchanged) return unchanged;
      if (response.status >= 400 && response.status < 500 && response.status !== 429) question?.refused();
      refuse(response, bytes);
      const value = parseJson(bytes);
      const parsed = schema.safeParse(value);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const place = issue ? `${issue.path.join('.')}: ${issue.message}` : '';
        throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', place);
      }
      const etag = response.headers.get('etag');
      question?.answered(parsed.data, etag, bytes.byteLength);
      return { body: parsed.data, etag };
    },
    async bytes(path, maxBytes, signal) {
      const request = { headers: { accept: '*/*' } };
      const { response, bytes } = await ask(await addressed(path, request), request, maxBytes, signal);
      refuse(response, bytes);
      return bytes;
    },
    forgetAnswers: () => conditional.forget(),
  };
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    // Leaving the loop cancels the body, which closes the socket.
    if (length > maxBytes)
      throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', `larger than ${String(maxBytes)} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'It is no JSON.', null, { cause: error });
  }
}

/** The helpdesk's own words about a refusal, in whichever of the usual fields; the rest of the body is not for a log. */
function saidIn(bytes: Uint8Array): string {
  const Said = z.object({
    message: z.string().optional(),
    error: z
      .union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
      .optional(),
    description: z.string().optional(),
    errors: z.array(z.object({ message: z.string() }).loose()).optional(),
  });
  try {
    const said = Said.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const text = said.message ?? said.description ?? said.error ?? said.errors?.[0]?.message ?? '';
    return text.slice(0, SAID_CHARACTERS);
  } catch {
    return '';
  }
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  // The only word fetch has for a port it never connects to.
  const isBadPort = cause instanceof Error && cause.message === 'bad port';
  return isBadPort ? 'This port is reserved for something else (bad port).' : 'The connection failed.';
};
