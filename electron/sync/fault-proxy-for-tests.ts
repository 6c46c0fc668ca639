import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What happens to the bytes a server answers with. */
export type Fault =
  | { readonly kind: 'none' }
  /** The connection is cut after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** One bit of this byte is flipped. */
  | { readonly kind: 'flip'; readonly atByte: number }
  /** Nobody answers, and nobody says so: a half-open connection. */
  | { readonly kind: 'silent' }
  /** A sign-in page of the network answers instead. */
  | { readonly kind: 'portal' };

/** Stands between a client and a server on this machine and does harm. */
export interface FaultProxy {
  readonly url: string;
  /** From now on; connections that are kept open for later are closed. */
  harm(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

const PORTAL =
  'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 21\r\nconnection: close\r\n\r\n<h1>Sign in here</h1>';

export async function startFaultProxy(port: number): Promise<FaultProxy> {
  const open = new Set<net.Socket>();
  let fault: Fault = { kind: 'none' };
  const server = net.createServer((client) => {
    const harm = fault;
    track(client);
    if (harm.kind === 'silent') return;
    if (harm.kind === 'portal') return void client.once('data', () => client.end(PORTAL));
    const upstream = net.connect(port, '127.0.0.1');
    track(upstream);
    let passed = 0;
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      const start = passed;
      passed += chunk.length;
      if (harm.kind === 'flip' && harm.atByte >= start && harm.atByte < passed) {
        const at = harm.atByte - start;
        chunk[at] = (chunk[at] ?? 0) ^ 4;
      }
      if (harm.kind === 'cut' && passed >= harm.afterBytes) {
        client.write(chunk.subarray(0, Math.max(0, harm.afterBytes - start)));
        client.destroy();
        upstream.destroy();
        return;
      }
      client.write(chunk);
    });
    upstream.on('close', () => client.destroy());
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
      // The client notices before it sends its next request.
      await wait(20);
    },
    close: () =>
      new Promise<void>((resolve) => {
        cutAll();
        server.close(() => resolve());
      }),
  };
}
