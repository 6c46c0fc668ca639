import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

import { HelpdeskFailure } from '../helpdesk-failure.js';
import { WebhookEvent } from './events.js';

export interface EventEndpointOptions {
  readonly connectionId: string;
  readonly port: number;
  /** Asked for every event, so that a renewed secret counts at once. */
  readonly secret: () => string;
  /** Keeps an event for good; false for one that was told before. */
  readonly keep: (event: WebhookEvent) => boolean;
}

/** Longest event. */
const MOST_BYTES = 2 * 1024 * 1024;
const REQUEST_MS = 15_000;
/** Names the connection an endpoint belongs to. */
export const CONNECTION_HEADER = 'x-cuecard-connection';

/**
 * Takes events at `http://127.0.0.1:PORT/events` until `signal` aborts. An event is kept before it is answered with 200.
 *
 * Refused are whoever does not know the secret, another Host (a web page that leads its own name here), and whatever a browser sends
 * for a page (Origin): only programs of this computer tell events.
 * @throws HelpdeskFailure HELPDESK_UNREACHABLE when the port is taken.
 */
export async function listenForEvents(
  options: EventEndpointOptions,
  onOpen: () => void,
  signal: AbortSignal,
): Promise<never> {
  const server = http.createServer((request, response) => {
    answerTo(options, request)
      .catch((): Answer => [500, 'The event was not kept. Send it again.'])
      .then(([status, said, headers = {}]) => {
        if (response.headersSent || response.destroyed) return;
        response.writeHead(status, {
          ...{ 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
          [CONNECTION_HEADER]: options.connectionId,
          // What is refused was not read to its end.
          ...(status < 400 ? {} : { connection: 'close' }),
        });
        response.end(JSON.stringify(typeof said === 'string' ? { error: said } : said));
      })
      .catch(() => request.destroy());
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  signal.throwIfAborted();
  return new Promise<never>((_, reject) => {
    const end = (error: Error): void => {
      signal.removeEventListener('abort', stop);
      server.closeAllConnections();
      server.close(() => reject(error));
      if (!server.listening) reject(error);
    };
    const stop = (): void => end(signal.reason instanceof Error ? signal.reason : new Error('Ended.'));
    signal.addEventListener('abort', stop, { once: true });
    server.on('error', (error: NodeJS.ErrnoException) =>
      end(new HelpdeskFailure('HELPDESK_UNREACHABLE', whyNot(options.port, error.code ?? ''))),
    );
    server.listen(options.port, '127.0.0.1', onOpen);
  });
}

const whyNot = (port: number, code: string): string =>
  code === 'EADDRINUSE'
    ? `Another program of this computer uses port ${String(port)}.`
    : `Port ${String(port)} cannot be opened (${code}).`;

type Answer = readonly [status: number, said: string | object, headers?: Record<string, string>];

async function answerTo(
  { port, secret, keep }: EventEndpointOptions,
  request: http.IncomingMessage,
): Promise<Answer> {
  const { headers, method = '', url = '/' } = request;
  if (![`127.0.0.1:${String(port)}`, `localhost:${String(port)}`].includes(headers.host ?? ''))
    return [403, `Send events to http://127.0.0.1:${String(port)}/events.`];
  if (headers.origin !== undefined) return [403, 'A web page may not send events.'];
  if (!isSame(headers.authorization ?? '', `Bearer ${secret()}`) || secret() === '')
    return [401, 'Send the secret as “Authorization: Bearer …”.', { 'www-authenticate': 'Bearer' }];
  if (url !== '/events') return [404, 'There is only /events.'];
  if (method !== 'POST') return [405, 'Send an event with POST.', { allow: 'POST' }];
  if (!/^application\/json\s*(?:;|$)/iu.test(headers['content-type'] ?? ''))
    return [415, 'Send JSON, with “Content-Type: application/json”.'];
  const body = await bodyOf(request);
  if (body === null) return [413, `An event may have ${String(MOST_BYTES)} bytes.`];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [400, 'This is no JSON.'];
  }
  const parsed = WebhookEvent.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return [422, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not as documented'}`];
  }
  try {
    return [200, { stored: keep(parsed.data) }];
  } catch {
    return [503, 'The event cannot be kept right now. Send it again.', { 'retry-after': '10' }];
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  const parts: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of parts) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > MOST_BYTES) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** In the same time wherever they differ. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digestOf(a), digestOf(b));
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
