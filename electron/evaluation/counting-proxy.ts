import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** Bytes that went over the wire, headers and all, as TCP carried them. */
export interface WireBytes {
  readonly sent: number;
  readonly received: number;
}

/** Stands between a client and a server on this machine and counts. */
export interface CountingProxy {
  readonly url: string;
  /** What was counted since the last call. */
  take(): WireBytes;
  close(): Promise<void>;
}

export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<net.Socket>();
  let sent = 0;
  let received = 0;
  const track = (socket: net.Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    track(client);
    track(upstream);
    client.on('data', (chunk: Buffer) => (sent += chunk.length));
    upstream.on('data', (chunk: Buffer) => (received += chunk.length));
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    take() {
      const taken = { sent, received };
      sent = 0;
      received = 0;
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
