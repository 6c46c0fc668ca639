import net from 'node:net';
import { z } from 'zod';

import { RHEA, type ChatwootServer } from './chatwoot-server-for-tests.js';

/** What `e2e/peers/action-cable.mjs` says when it is ready. */
export const ActionCableReady = z.object({ url: z.string() });

/** Commands to the ActionCable that runs beside the tests. */
export function cableAt(url: string) {
  const post = async (path: string, body?: object): Promise<void> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method: 'POST', ...init });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
  };
  return {
    publish: (event: string, data: object) => post('/publish', { stream: RHEA.pubsub_token, event, data }),
    /** Closes every websocket. */
    drop: () => post('/drop'),
    connections: async () => Number(await (await fetch(`${url}/connections`)).text()),
  };
}

/** Puts an ActionCable behind a Chatwoot: its websockets go there, and it pushes every message it gets. */
export function bridge(server: ChatwootServer, cableUrl: string): void {
  const { publish } = cableAt(cableUrl);
  server.onMessage = (message) => publish('message.created', message);
  server.onUpgrade = (request, socket) => {
    const upstream = net.connect(Number(new URL(cableUrl).port), '127.0.0.1', () => {
      const lines = [`GET ${request.url ?? '/'} HTTP/1.1`];
      for (let at = 0; at < request.rawHeaders.length; at += 2)
        lines.push(`${request.rawHeaders[at] ?? ''}: ${request.rawHeaders[at + 1] ?? ''}`);
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) {
      end.on('error', () => end.destroy());
      end.on('close', () => {
        upstream.destroy();
        socket.destroy();
      });
    }
  };
}
