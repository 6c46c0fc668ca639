import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to requests instead of an answer of the helpdesk. */
export type Harm =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** The helpdesk does what was asked all the same. */
      readonly isDone?: true;
    }
  /** The helpdesk does what was asked, and its answer is cut in the middle. */
  | { readonly kind: 'half' }
  /** The helpdesk does what was asked, and nobody hears of it. */
  | { readonly kind: 'lost_answer' }
  /** The connection is dropped before anything is done. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'silence' }
  /** A page for people, as a network's sign-in or a proxy gives it. */
  | { readonly kind: 'web_page' }
  | { readonly kind: 'elsewhere'; readonly url: string };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
}

/** Stands before a helpdesk on this machine and does harm. */
export interface HarmfulProxy {
  readonly url: string;
  /** Until told otherwise; null lets everything through. `onlyWrites` spares GET. */
  harm(harm: Harm | null, onlyWrites?: boolean): void;
  /** Requests that came since the last call. `status` is the helpdesk's own answer, null where it gave none. */
  take(): SeenRequest[];
  /** Requests that wait for the end of their answer. */
  waiting(): number;
  close(): Promise<void>;
}

export async function startHarmfulProxy(target: string): Promise<HarmfulProxy> {
  let harm: Harm | null = null;
  let onlyWrites = false;
  let seen: SeenRequest[] = [];
  let waiting = 0;

  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    const entry = { method, path: url, status: null as number | null };
    seen.push(entry);
    waiting += 1;
    response.on('close', () => (waiting -= 1));
    const now = onlyWrites && method === 'GET' ? null : harm;
    if (now?.kind === 'silence') return;
    if (now?.kind === 'dropped') return void request.socket.destroy();
    if (now?.kind === 'status' && !now.isDone) return refuse(response, now);
    if (now?.kind === 'web_page')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in here</h1>');
    if (now?.kind === 'elsewhere') return void response.writeHead(302, { location: now.url }).end();
    pass(target, request, response, now, (status) => (entry.status = status));
  });
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    harm(next, writes = false) {
      harm = next;
      onlyWrites = writes;
    },
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    waiting: () => waiting,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function refuse(
  response: http.ServerResponse,
  { status, headers }: Extract<Harm, { readonly kind: 'status' }>,
): void {
  const said = JSON.stringify({ message: `harm ${String(status)}` });
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(said);
}

function pass(
  target: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  harm: Harm | null,
  answered: (status: number | null) => void,
): void {
  const upstream = http.request(
    `${target}${request.url ?? '/'}`,
    { method: request.method ?? 'GET', headers: { ...request.headers, host: new URL(target).host } },
    (answer) => {
      answered(answer.statusCode ?? null);
      if (harm?.kind === 'status') {
        answer.resume().on('end', () => refuse(response, harm));
        return;
      }
      if (harm?.kind === 'lost_answer') {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (harm?.kind !== 'half') return void answer.pipe(response);
      answer.once('data', (chunk: Buffer) => {
        response.write(chunk.subarray(0, Math.max(1, chunk.length >> 1)), () => request.socket.destroy());
      });
    },
  );
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}
