import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Longer than any request of a healthy client takes; what is still open then is cut. */
const PATIENCE_MS = 20_000;

/**
 * Knows which connections have no request open, so that a hub that shuts down lets requests finish and waits for nothing else. Node's
 * own closeIdleConnections leaves those open that never sent a request.
 * @returns starts closing: idle connections at once, the others after their answer.
 */
export function drainConnections(server: Server): () => void {
  const openRequests = new Map<Socket, number>();
  let isClosing = false;
  const change = (socket: Socket, by: number): void => {
    const count = openRequests.get(socket);
    if (count === undefined) return;
    openRequests.set(socket, count + by);
    if (isClosing && count + by === 0) socket.end(() => socket.destroy());
  };
  server.on('connection', (socket: Socket) => {
    openRequests.set(socket, 0);
    socket.once('close', () => openRequests.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  return () => {
    isClosing = true;
    for (const [socket, count] of openRequests) if (count === 0) socket.destroy();
    setTimeout(() => {
      for (const socket of openRequests.keys()) socket.destroy();
    }, PATIENCE_MS).unref();
  };
}
