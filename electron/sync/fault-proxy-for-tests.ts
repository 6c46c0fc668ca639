import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { HUB_HEADER } from '../../shared/contracts/hub/define-endpoint.js';

/** What happens to the bytes a server answers with. */
export type Fault =
  | { readonly kind: 'none' }
  /** The connection is cut after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Nothing comes after so many bytes, and nobody says so: a half-open connection. */
  | { readonly kind: 'stop'; readonly afterBytes: number }
  /** One bit of this byte is flipped. */
  | { readonly kind: 'flip'; readonly atByte: number }
  /** A sign-in page of the network answers instead. */
  | { readonly kind: 'portal' }
  /** The hub asks to be left alone for so many seconds. */
  | { readonly kind: 'busy'; readonly seconds: string }
  /** Bodies become others on the way. Their length is not told: they end where the connection does. */
  | { readonly kind: 'rewrite'; readonly body: RewriteBody };

/** Gets the path that was asked for. What it gives as `unfinished` comes, and then nothing any more. */
export type RewriteBody = (path: string, body: Buffer) => Rewritten | Promise<Rewritten>;
type Rewritten = Buffer | { readonly unfinished: Buffer };

/** Stands between a client and a server on this machine and does harm. */
export interface FaultProxy {
  readonly url: string;
  /** From now on; connections that are kept open for later are closed. */
  harm(fault: Fault): Promise<void>;
  /** Connections that are open now stay so on the client's side, and nothing comes over them any more. New ones are as before. */
  fallAsleep(): void;
  close(): Promise<void>;
}

const PORTAL =
  'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 21\r\nconnection: close\r\n\r\n<h1>Sign in here</h1>';

function busyAnswer(seconds: string): string {
  const error = {
    code: 'HUB_TOO_MANY_REQUESTS',
    message: 'Busy.',
    next: 'Wait.',
    canRetry: true,
    exitCode: 5,
  };
  return `HTTP/1.1 429 Too Many Requests\r\n${HUB_HEADER}: test\r\nretry-after: ${seconds}\r\nconnection: close\r\n\r\n${JSON.stringify({ error })}`;
}

export async function startFaultProxy(port: number): Promise<FaultProxy> {
  const open = new Set<net.Socket>();
  const asleep = new Set<net.Socket>();
  let fault: Fault = { kind: 'none' };
  const rewriting = http.createServer((request, response) => {
    const harm = fault;
    if (harm.kind === 'rewrite') rewrite(port, request, response, harm.body);
  });
  const server = net.createServer((client) => {
    const harm = fault;
    track(client);
    if (harm.kind === 'portal') return void client.once('data', () => client.end(PORTAL));
    if (harm.kind === 'busy') return void client.once('data', () => client.end(busyAnswer(harm.seconds)));
    if (harm.kind === 'rewrite') return void rewriting.emit('connection', client);
    const upstream = net.connect(port, '127.0.0.1');
    track(upstream);
    let passed = 0;
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      const start = passed;
      passed += chunk.length;
      if (asleep.has(client)) return;
      if (harm.kind === 'flip' && harm.atByte >= start && harm.atByte < passed) {
        const at = harm.atByte - start;
        chunk[at] = (chunk[at] ?? 0) ^ 4;
      }
      if ((harm.kind === 'cut' || harm.kind === 'stop') && passed >= harm.afterBytes) {
        client.write(chunk.subarray(0, Math.max(0, harm.afterBytes - start)));
        if (harm.kind === 'stop') return;
        client.destroy();
        upstream.destroy();
        return;
      }
      client.write(chunk);
    });
    upstream.on('close', () => {
      if (!asleep.has(client)) client.destroy();
    });
    client.on('close', () => upstream.destroy());
  });
  function track(socket: net.Socket): void {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url,
    async harm(next) {
      fault = next;
      cutAll();
      // The client notices before it sends its next request, on a busy machine too.
      await wait(60);
    },
    fallAsleep() {
      for (const socket of open) asleep.add(socket);
    },
    close: () =>
      new Promise<void>((resolve) => {
        cutAll();
        server.close(() => resolve());
      }),
  };
}

/** Asks the server the same, unpacked, and answers with what becomes of the body. */
function rewrite(
  port: number,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  rewriteBody: RewriteBody,
): void {
  const { method, url: path = '', headers } = request;
  const asked = http.request(
    { host: '127.0.0.1', port, method, path, headers: { ...headers, 'accept-encoding': 'identity' } },
    (answer) => {
      void (async () => {
        const body = await rewriteBody(path, Buffer.concat(await answer.toArray()));
        const type = answer.headers['content-type'] ?? '';
        const head = [
          `HTTP/1.1 ${String(answer.statusCode)} OK`,
          `content-type: ${type}`,
          `${HUB_HEADER}: test`,
        ];
        response.socket?.write(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n`);
        if (Buffer.isBuffer(body)) response.socket?.end(body);
        else response.socket?.write(body.unfinished);
      })();
    },
  );
  asked.on('error', () => response.destroy());
  request.pipe(asked);
}
