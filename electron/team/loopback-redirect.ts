import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a browser brings the answer of a sign-in to. */
export interface LoopbackRedirect {
  /** `http://127.0.0.1:PORT/callback` (RFC 8252, 7.3). */
  readonly redirectUri: string;
  /** The one answer with the expected `state`; rejects when the signal aborts. */
  readonly answer: Promise<URL>;
  close(): void;
}

const PATH = '/callback';
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** Listens on this machine alone, on any free port, for one answer that carries `state`; whatever else comes is refused. */
export async function listenForRedirect(state: string, signal: AbortSignal): Promise<LoopbackRedirect> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const redirectUri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${PATH}`;
  const close = (): void => {
    server.close();
    server.closeIdleConnections();
  };
  const answer = new Promise<URL>((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    server.on('request', (request, response) => {
      const url = request.method === 'GET' ? addressOf(request.url, redirectUri) : null;
      if (url?.pathname !== PATH || url.searchParams.get('state') !== state)
        return say(response, 404, page('Not found', 'Nothing was changed.'));
      say(response, 200, page('Back to Cuecard', 'You can close this page and go on in Cuecard.'));
      resolve(url);
    });
  });
  // Whoever waits for it hears of it; until then it is not an error nobody handles.
  answer.catch(() => undefined);
  if (signal.aborted) close();
  return { redirectUri, answer, close };
}

/** Null for what a browser never asks for but any page may send here, as `//`. */
function addressOf(target: string | undefined, base: string): URL | null {
  return target !== undefined && URL.canParse(target, base) ? new URL(target, base) : null;
}

function say(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    // The address carries the code of the sign-in.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(body);
}
