import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

import type { ToolServer } from '../../../shared/domain/tool-server.js';

/** Most bytes of one answer, and of one stream of a server. */
const MAX_BYTES = 1024 * 1024;

/** A way to a server on the network. No redirect leads to another origin, and no answer is read without end. */
export async function overHttp(
  url: string,
  secret: () => string,
  fetch: typeof globalThis.fetch,
): Promise<Transport> {
  const { StreamableHTTPClientTransport } =
    await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    redirectPolicy: 'same-origin',
    async fetch(to, init) {
      const headers = new Headers(init?.headers);
      const key = secret();
      if (key !== '') headers.set('authorization', `Bearer ${key}`);
      const isQuestion = init?.method === 'POST';
      // The protocol would wait for the rest of an answer that is cut off.
      return capped(await fetch(to, { ...init, headers }), ({ isTooLong, isNumbered }) => {
        if (isTooLong || (isQuestion && !isNumbered)) void transport.close();
      });
    },
  });
  return transport;
}

/** A program of the team's list, started as it is and without a shell; it ends with its input. What it prints as errors is not kept. */
export async function overProgram(
  { command, args, env, secretIn }: ToolServer,
  secret: () => string,
): Promise<Transport> {
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const given = env.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return new StdioClientTransport({
    ...{ command, args: [...args], stderr: 'ignore', maxBufferSize: MAX_BYTES },
    env: { ...Object.fromEntries(given), ...(secretIn === undefined ? {} : { [secretIn]: secret() }) },
  });
}

interface Broken {
  readonly isTooLong: boolean;
  /** The server numbers its events, so that the rest of a cut off answer can be asked for. */
  readonly isNumbered: boolean;
}

/** The answer, watched: it ends once it is cut off or too long. */
function capped(response: Response, onBroken: (how: Broken) => void): Response {
  if (!response.body) return response;
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let length = 0;
  let isNumbered = false;
  let isLetGo = false;
  const counted = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (isLetGo) return;
        if (done) return controller.close();
        length += value.byteLength;
        if (length > MAX_BYTES) throw new Error('The answer is too long.');
        isNumbered ||= /^id:/mu.test(Buffer.from(value).toString('latin1'));
        controller.enqueue(value);
      } catch (error) {
        if (isLetGo) return;
        controller.error(error);
        onBroken({ isTooLong: length > MAX_BYTES, isNumbered });
        await reader.cancel(error).catch(() => undefined);
      }
    },
    cancel(reason) {
      isLetGo = true;
      return reader.cancel(reason);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(counted, { status, statusText, headers });
}
