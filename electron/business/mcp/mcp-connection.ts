import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { deadline } from '../../deadline.js';

/** A connection to one server, opened when it is first needed and anew after it was lost. */
export interface McpConnection {
  /** What the server offers now. @throws AppErrorException BUSINESS_UNREACHABLE, BUSINESS_REFUSED. */
  list(signal: AbortSignal): Promise<readonly Tool[]>;
  /**
   * Asked once. `timeoutMs` is the longest wait for the answer, that of a look-up if left out; a server that is given up is told so.
   * @throws AppErrorException as above; ToolRefused where the server did not take the call.
   */
  call(
    name: string,
    input: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    timeoutMs?: number,
  ): Promise<CallToolResult>;
  close(): Promise<void>;
}

/** The server did not take the call: its arguments do not fit, or there is no such tool. */
export class ToolRefused extends Error {
  override readonly name = 'ToolRefused';
}

/** A look-up holds a card. */
const ANSWER_MS = 8_000;
/** A program may have to be loaded first. */
const OPEN_MS = 10_000;
const MAX_TOOLS = 200;
const MAX_PAGES = 20;
const INVALID = new Set([-32600, -32601, -32602]);

export function createMcpConnection(open: () => Promise<Transport>): McpConnection {
  let current: Promise<Client> | null = null;

  async function connect(onLost: () => void): Promise<Client> {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    // No capability is offered: a server cannot ask for a model, a folder or an answer of the rep.
    const client = new Client({ name: 'cuecard', version: '1' }, { capabilities: {} });
    client.onclose = onLost;
    client.onerror = () => undefined;
    const limit = deadline(OPEN_MS);
    try {
      await client.connect(await open(), { signal: limit.signal, timeout: OPEN_MS });
      return client;
    } catch (error) {
      await client.close().catch(() => undefined);
      throw error;
    } finally {
      limit.clear();
    }
  }

  function opened(): Promise<Client> {
    if (current) return current;
    const lost = (): void => {
      if (current === made) current = null;
    };
    const made: Promise<Client> = connect(lost).catch((error: unknown) => {
      lost();
      throw error;
    });
    current = made;
    return made;
  }

  async function drop(): Promise<void> {
    const client = await current?.catch(() => null);
    current = null;
    await client?.close().catch(() => undefined);
  }

  async function listOnce(signal: AbortSignal): Promise<readonly Tool[]> {
    const [client, { ListToolsResultSchema }] = await Promise.all([opened(), types()]);
    const tools: Tool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const params = cursor === undefined ? {} : { cursor };
      const answer = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, {
        signal,
      });
      tools.push(...answer.tools);
      cursor = answer.nextCursor;
      if (cursor === undefined || tools.length > MAX_TOOLS) break;
    }
    return tools.slice(0, MAX_TOOLS);
  }

  return {
    async list(signal) {
      signal.throwIfAborted();
      const wasOpen = current !== null;
      try {
        return await limited(signal, listOnce);
      } catch (error) {
        signal.throwIfAborted();
        await drop();
        if (!wasOpen) throw failureOf(error);
      }
      try {
        // A server that was started again does not know the old connection; nothing was asked of it yet.
        return await limited(signal, listOnce);
      } catch (error) {
        signal.throwIfAborted();
        await drop();
        throw failureOf(error);
      }
    },
    async call(name, input, signal, timeoutMs = ANSWER_MS) {
      signal.throwIfAborted();
      try {
        const [client, { CallToolResultSchema }] = await Promise.all([opened(), types()]);
        const params = { name, arguments: { ...input } };
        // The package's own limit is longer than ours, and what a server tells of its progress extends neither.
        return await limited(
          signal,
          (own) => client.request({ method: 'tools/call', params }, CallToolResultSchema, { signal: own }),
          timeoutMs,
        );
      } catch (error) {
        signal.throwIfAborted();
        const code = codeOf(error);
        if (typeof code === 'number' && INVALID.has(code)) throw new ToolRefused(String(code));
        throw failureOf(error, timeoutMs);
      }
    },
    close: drop,
  };
}

/** Questions are asked as they are: the client's own methods would compile schemas that a stranger wrote. */
const types = () => import('@modelcontextprotocol/sdk/types.js');

/** One question, however many parts it has. The package never takes its listener away from a signal, so each question has one of its own. */
async function limited<T>(
  signal: AbortSignal,
  ask: (own: AbortSignal) => Promise<T>,
  timeoutMs = ANSWER_MS,
): Promise<T> {
  const limit = deadline(timeoutMs, signal);
  try {
    return await ask(limit.signal);
  } finally {
    limit.clear();
  }
}

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;

/** 401 and 403 of a server on the network; a program's `ENOENT`. */
function failureOf(error: unknown, timeoutMs = ANSWER_MS): AppErrorException {
  if (error instanceof AppErrorException) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = codeOf(error) ?? codeOf(cause);
  const name = error instanceof Error ? error.name : 'unknown';
  if (code === 401 || code === 403 || name === 'UnauthorizedError')
    return new AppErrorException('BUSINESS_REFUSED', String(code), { cause: error });
  if (name === 'TimeIsUp') return unreachable(`no answer in ${String(timeoutMs / 1000)} s`);
  const why = typeof code === 'string' || typeof code === 'number' ? String(code) : name;
  return unreachable(why);

  function unreachable(detail: string): AppErrorException {
    return new AppErrorException('BUSINESS_UNREACHABLE', detail, { cause: error });
  }
}
