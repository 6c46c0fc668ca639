import { EVENT_STREAM } from '../../shared/contracts/hub/define-endpoint.js';
import type { Handlers } from '../http/handlers.js';
import type { EventStreams } from './event-streams.js';

/** Dead connections are noticed by the system after about so long. */
const KEEP_ALIVE_MS = 30_000;

export function eventHandlers(streams: EventStreams): Handlers<'events.follow'> {
  return {
    'events.follow': ({ principal, request, reply }) => {
      reply.hijack();
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.setHeader('content-type', EVENT_STREAM);
      // Proxies keep neither a copy nor a part of it back.
      raw.setHeader('cache-control', 'no-cache, no-transform');
      raw.setHeader('x-accel-buffering', 'no');
      // Nothing comes after the stream; kept alive, the connection would hold up a hub that shuts down.
      raw.setHeader('connection', 'close');
      raw.writeHead(200);
      request.raw.socket.setKeepAlive(true, KEEP_ALIVE_MS);
      raw.on('error', () => raw.destroy());
      raw.on('close', streams.open(principal, raw));
    },
  };
}
