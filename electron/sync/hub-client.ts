import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';

import {
  SEGMENT_FRAMES,
  type AnswerOf,
  type BodyOf,
  type Endpoint,
  type ParamsOf,
  type QueryOf,
} from '../../shared/contracts/hub/define-endpoint.js';
import { hubEndpoints, type HubEndpointName } from '../../shared/contracts/hub/index.js';
import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import { connectionFailed, hubAnswer } from './hub-errors.js';
import { parseInSlices } from './parse-in-slices.js';
import { chunksOf, createLateness, jsonOf, untilAborted } from './read-body.js';

type EndpointOf<N extends HubEndpointName> = (typeof hubEndpoints)[N];

/** What a request carries; what its endpoint does not have is left out. */
export interface HubCall<N extends HubEndpointName> {
  readonly params?: ParamsOf<EndpointOf<N>>;
  readonly query?: Partial<QueryOf<EndpointOf<N>>>;
  readonly body?: BodyOf<EndpointOf<N>>;
}

/** Where access tokens come from. */
export interface TokenSource {
  /** @throws AppErrorException when this device is not signed in any more. */
  accessToken(signal?: AbortSignal): Promise<string>;
  /** The hub said that this token has expired: the next one asked for is another. */
  expired(token: string): void;
  /** The hub refused a request with a token that had not expired: the session may have ended. */
  refused(error: AppError): void;
}

export interface HubClientOptions {
  /** Address of the hub, for example `https://hub.example.com`. */
  readonly baseUrl: string;
  /** Null for requests that need no sign-in. */
  readonly tokens: TokenSource | null;
  /** The hub key names the workspace it means with it. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: HubLimits;
  /** What sends the requests of an endpoint; the platform's own `fetch` when left out. */
  readonly fetchFor?: (name: HubEndpointName) => typeof fetch;
}

/** What ends a connection that is only open on this side, in milliseconds. */
export interface HubLimits {
  /** How long an answer may take to begin, and one that is no stream to end. */
  readonly answerMs: number;
  /** How long a stream may be silent. */
  readonly silenceMs: number;
}

/** The hub's endpoints, typed by their contracts. Every failure is an AppErrorException of `hub-errors.ts` in shared/errors. */
export interface HubClient {
  request<N extends HubEndpointName>(
    name: N,
    call?: HubCall<N>,
    signal?: AbortSignal,
  ): Promise<AnswerOf<EndpointOf<N>>>;
  /** Sends a stream of segment frames, packed. */
  send<N extends HubEndpointName>(
    name: N,
    frames: AsyncIterable<Buffer>,
    signal?: AbortSignal,
  ): Promise<AnswerOf<EndpointOf<N>>>;
  /** The bytes of a streamed answer, unpacked, as they come; an answer that does not begin or falls silent ends with HUB_UNREACHABLE. */
  receive<N extends HubEndpointName>(
    name: N,
    call?: HubCall<N>,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>;
}

const LIMITS: HubLimits = { answerMs: 30_000, silenceMs: 60_000 };
/** An upload is as slow as the line is. */
const UPLOAD_MS = 10 * 60_000;
/** Smaller bodies are not worth packing. */
const PACK_FROM_BYTES = 2048;

export function createHubClient({
  baseUrl,
  tokens,
  headers = {},
  limits = LIMITS,
  fetchFor = () => fetch,
}: HubClientOptions): HubClient {
  const fetchOnce = async (
    name: HubEndpointName,
    call: HubCall<HubEndpointName>,
    init: RequestInit & { readonly duplex?: 'half' },
    token: string | null,
  ): Promise<Response> => {
    const { method } = hubEndpoints[name];
    const response = await fetchFor(name)(urlOf(baseUrl, hubEndpoints[name], call), {
      ...init,
      method,
      // A hub sends nobody elsewhere; whoever does is none, and must not get the token.
      redirect: 'manual',
      headers: {
        ...headers,
        ...(init.headers as Record<string, string> | undefined),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    return untilAborted([init.signal ?? undefined], () => hubAnswer(response));
  };

  const ask = async (
    name: HubEndpointName,
    call: HubCall<HubEndpointName>,
    init: () => RequestInit & { readonly duplex?: 'half' },
    signal: AbortSignal | undefined,
    limit: AbortSignal,
  ): Promise<Response> => {
    const either = signal ? AbortSignal.any([signal, limit]) : limit;
    const token = tokens ? await tokens.accessToken(signal) : null;
    try {
      return await fetchOnce(name, call, { ...init(), signal: either }, token);
    } catch (cause) {
      const isExpired = cause instanceof AppErrorException && cause.error.code === 'HUB_TOKEN_EXPIRED';
      if (!isExpired || !tokens || token === null) {
        if (cause instanceof AppErrorException) tokens?.refused(cause.error);
        throw connectionFailed(cause, signal);
      }
      tokens.expired(token);
    }
    const renewed = await tokens.accessToken(signal);
    return fetchOnce(name, call, { ...init(), signal: either }, renewed).catch((cause: unknown) => {
      throw connectionFailed(cause, signal);
    });
  };

  const jsonInit = (call: HubCall<HubEndpointName>) => (): RequestInit => {
    if (call.body === undefined) return {};
    const text = JSON.stringify(call.body);
    const json = { 'content-type': 'application/json' };
    return text.length < PACK_FROM_BYTES
      ? { headers: json, body: text }
      : { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(text) };
  };

  async function parsed<N extends HubEndpointName>(
    name: N,
    response: Response,
    limit: AbortSignal,
    signal?: AbortSignal,
  ): Promise<AnswerOf<EndpointOf<N>>> {
    const { answer } = hubEndpoints[name] as Endpoint;
    if (answer.type === 'void') return undefined as AnswerOf<EndpointOf<N>>;
    const body = await jsonOf(response, limit, signal);
    try {
      return (await parseInSlices(answer, body)) as AnswerOf<EndpointOf<N>>;
    } catch (cause) {
      throw new AppErrorException(
        'HUB_NOT_A_HUB',
        `an answer to ${name} of another form, perhaps a newer hub`,
        { cause },
      );
    }
  }

  return {
    async request(name, call = {}, signal) {
      const limit = AbortSignal.timeout(limits.answerMs);
      const response = await ask(name, call, jsonInit(call), signal, limit);
      return parsed(name, response, limit, signal);
    },
    async send(name, frames, signal) {
      const limit = AbortSignal.timeout(UPLOAD_MS);
      // A stream is read once, so an expired token must show before it is.
      if (tokens) await this.request('access.me', {}, signal);
      const init = () => ({
        headers: { 'content-type': SEGMENT_FRAMES, 'content-encoding': 'gzip' },
        body: Readable.toWeb(Readable.from(frames).pipe(createGzip({ level: 4 }))) as ReadableStream,
        duplex: 'half' as const,
      });
      return parsed(name, await ask(name, {}, init, signal, limit), limit, signal);
    },
    async receive(name, call = {}, signal) {
      const late = createLateness();
      late.within(limits.answerMs);
      try {
        const response = await ask(name, call, jsonInit(call), signal, late.signal);
        return chunksOf(response, late, limits.silenceMs, signal);
      } catch (cause) {
        late.stop();
        throw cause;
      }
    },
  };
}

function urlOf(baseUrl: string, { path }: Endpoint, { params, query }: HubCall<HubEndpointName>): URL {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  );
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${filled}`);
  for (const [name, value] of Object.entries(query ?? {}))
    if (['string', 'number', 'boolean'].includes(typeof value)) url.searchParams.set(name, String(value));
  return url;
}
