import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { McpServer as ProtocolServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';

/** One call, while it is worked on. */
export interface McpCall {
  /** Aborted once whoever asked has told that it is not waited for any more. */
  readonly signal: AbortSignal;
  /** Tells of its progress, whether that was asked for or not. */
  progress(done: number): Promise<void>;
  /** Cuts the connection, as a server that dies. */
  die(): void;
}

/** A server of the protocol's own package on the loopback, whose tools a test may change while it runs. */
export interface McpServer {
  readonly url: string;
  tools: Tool[];
  answer: (
    name: string,
    input: Record<string, unknown>,
    call: McpCall,
  ) => CallToolResult | Promise<CallToolResult>;
  /** Forgets every session, as a server that was started again. */
  forget(): void;
  /** The calls it got, and who asked. */
  readonly calls: {
    readonly name: string;
    readonly input: unknown;
    readonly authorization: string | undefined;
  }[];
  /** In place of the protocol. */
  redirectTo: string | null;
  status: number | null;
  /** The token that must be shown; null takes any. */
  secret: string | null;
  close(): Promise<void>;
}

export async function startMcpServer(): Promise<McpServer> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const http = createServer((request, response) => {
    void (async () => {
      if (it.redirectTo !== null) return void response.writeHead(307, { location: it.redirectTo }).end();
      if (it.status !== null) return void response.writeHead(it.status).end();
      if (it.secret !== null && request.headers.authorization !== `Bearer ${it.secret}`)
        return void response.writeHead(401).end();
      const id = request.headers['mcp-session-id'];
      const known = typeof id === 'string' ? sessions.get(id) : undefined;
      if (id !== undefined && !known) return void response.writeHead(404).end();
      await (known ?? (await session(request))).handleRequest(request, response);
    })();
  });

  async function session(request: IncomingMessage): Promise<StreamableHTTPServerTransport> {
    const { authorization } = request.headers;
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    const server = new ProtocolServer({ name: 'for-tests', version: '1' }, { capabilities: { tools: {} } });
    server.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: it.tools }));
    server.server.setRequestHandler(
      CallToolRequestSchema,
      ({ params }, { signal, requestId, sendNotification }) => {
        const input = params.arguments ?? {};
        it.calls.push({ name: params.name, input, authorization });
        const progress = (done: number) =>
          sendNotification({
            method: 'notifications/progress',
            params: { progressToken: requestId, progress: done },
          });
        return it.answer(params.name, input, { signal, progress, die: () => http.closeAllConnections() });
      },
    );
    await server.connect(transport);
    return transport;
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const it: McpServer = {
    url: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}/mcp`,
    tools: [],
    answer: () => ({ content: [] }),
    forget: () => sessions.clear(),
    ...{ calls: [], redirectTo: null, status: null, secret: null },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return it;
}
