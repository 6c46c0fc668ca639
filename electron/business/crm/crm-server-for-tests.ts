import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One question as the server got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A server of a CRM in the tests: answers what `answer` says, remembers what was asked, and can lose the answer to a POST. */
export interface CrmServer {
  readonly url: string;
  readonly asked: Asked[];
  /** The answer to the next POST at a path that ends so is lost after it was done. */
  loseAt(pathEnd: string): void;
  close(): Promise<void>;
}

export async function startCrmServer(answer: (asked: Asked) => Answer): Promise<CrmServer> {
  const asked: Asked[] = [];
  let lost: string | null = null;
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://any');
      const { method = 'GET', headers } = request;
      const one = { method, path, query, headers, body };
      asked.push(one);
      const { status, body: value } = answer(one);
      if (lost !== null && method === 'POST' && path.endsWith(lost)) {
        lost = null;
        return void request.socket.destroy();
      }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    loseAt: (pathEnd) => (lost = pathEnd),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
