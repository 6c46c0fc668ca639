import { WebSocket, type RawData } from 'ws';
import { z } from 'zod';

import { HelpdeskFailure } from '../helpdesk-failure.js';

export interface CableSubscription {
  /** `ws:` or `wss:`. */
  readonly url: string;
  /** ActionCable lets in who comes from its own pages; a browser would name them. */
  readonly origin: string;
  /** The channel and what it asks for; may hold a secret. */
  readonly identifier: Readonly<Record<string, unknown>>;
  /** Silence after which the line counts as broken, in milliseconds. ActionCable pings every three seconds. */
  readonly quietMs: number;
  /** Longest wait until the subscription is confirmed, in milliseconds. */
  readonly confirmMs: number;
}

const MAX_FRAME_BYTES = 8 * 1024 * 1024;
const Frame = z.object({
  type: z.string().optional(),
  reason: z.string().nullish(),
  message: z.unknown().optional(),
});

/**
 * Listens to one channel of an ActionCable server (protocol `actioncable-v1-json`: welcome, ping, confirm_subscription,
 * reject_subscription, disconnect, message) until `signal` aborts or the line breaks; it always rejects in the end. It does not come
 * back by itself. No cookie is sent and no redirect followed.
 *
 * @throws HelpdeskFailure HELPDESK_SIGN_IN_REFUSED when the subscription is rejected, HELPDESK_UNREACHABLE when the line breaks.
 */
export function listenToCable(
  { url, origin, identifier, quietMs, confirmMs }: CableSubscription,
  on: (message: unknown) => void,
  onOpen: () => void,
  signal: AbortSignal,
): Promise<never> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    const socket = new WebSocket(url, ['actioncable-v1-json'], {
      ...{ origin, followRedirects: false, handshakeTimeout: confirmMs },
      ...{ maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false },
    });
    const confirm = setTimeout(() => broke('No answer to the subscription.'), confirmMs);
    let silence = setTimeout(() => undefined, 0);

    function end(reason: Error): void {
      clearTimeout(confirm);
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      socket.terminate();
      reject(reason);
    }
    const stop = (): void => end(signal.reason as Error);
    const broke = (detail: string, cause?: unknown): void =>
      end(new HelpdeskFailure('HELPDESK_UNREACHABLE', `Websocket: ${detail}`, null, { cause }));
    const refused = (detail: string): void =>
      end(new HelpdeskFailure('HELPDESK_SIGN_IN_REFUSED', `Websocket: ${detail}`));
    function heard(): void {
      clearTimeout(silence);
      silence = setTimeout(() => broke(`nothing heard for ${String(quietMs / 1000)} s.`), quietMs);
    }

    function frame(data: RawData): void {
      heard();
      const { type, reason, message } = parse(data);
      if (type === 'ping') return;
      if (type === 'welcome') {
        socket.send(JSON.stringify({ command: 'subscribe', identifier: JSON.stringify(identifier) }));
      } else if (type === 'confirm_subscription') {
        clearTimeout(confirm);
        onOpen();
      } else if (type === 'reject_subscription') refused('The subscription is rejected.');
      else if (type === 'disconnect') (reason === 'unauthorized' ? refused : broke)(reason ?? 'It hangs up.');
      else if (type === undefined && message !== undefined) on(message);
    }

    signal.addEventListener('abort', stop);
    socket.on('open', heard);
    socket.on('message', (data) => {
      try {
        frame(data);
      } catch (error) {
        end(error as Error);
      }
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      const detail = `status ${String(response.statusCode)} instead of a websocket.`;
      (response.statusCode === 401 ? refused : broke)(detail);
    });
    socket.on('close', (code) => broke(`closed with ${String(code)}.`));
    socket.on('error', (error) => broke(error.message, error));
  });
}

function parse(data: RawData): z.infer<typeof Frame> {
  const text = (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString(
    'utf8',
  );
  try {
    return Frame.parse(JSON.parse(text));
  } catch (cause) {
    throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'Websocket: no frame of ActionCable.', null, {
      cause,
    });
  }
}
