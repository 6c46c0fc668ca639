import canonicalize from 'canonicalize';

import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import type { ToolServer } from '../../../shared/domain/tool-server.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ConnectedSystem, ToolContext } from '../connected-system.js';
import { toolName } from '../declared/tool-name.js';
import { argumentsOf, readMcpArguments, type McpArguments, type McpToolArguments } from './mcp-arguments.js';
import { readMcpAddress } from './mcp-address.js';
import { createMcpConnection } from './mcp-connection.js';
import { createMcpChange, createMcpLookUp, type McpToolDeps } from './mcp-tools.js';
import { overHttp, overProgram } from './mcp-transport.js';
import { fingerprintOf, Pinned, pinTool, type PinnedTool } from './pinned-tool.js';

export interface McpDeps {
  readonly secret: () => string;
  readonly fetch: typeof fetch;
  /** The programs the team allows to be started, as they are in force now. */
  readonly toolServers: () => readonly ToolServer[];
}

const NOTHING: Pinned = { program: null, tools: [] };
const CHANGED =
  'The server describes this tool differently than when it was connected. Look at it, and save the system again.';
const UNLISTED =
  'The team does not list this program any more, or lists another one. Look at it, and save the system again.';

interface Usable {
  readonly tool: PinnedTool;
  readonly given: McpToolArguments;
}

/**
 * A server that offers tools over the Model Context Protocol, https://modelcontextprotocol.io/specification; docs/connect/mcp.md.
 *
 * What it offers is kept when the system is saved, and compared before each call. A program is started only while the team lists it.
 */
export function connectMcp(
  { name: system, baseUrl, options }: BusinessSystem,
  deps: McpDeps,
): ConnectedSystem {
  const { secret, fetch, toolServers } = deps;
  const pinned = pinnedOf(options['pinned']);
  const text = options['arguments'] ?? '';

  function listed(): ToolServer | null {
    const address = readMcpAddress(baseUrl);
    if (address.kind === 'http') return null;
    const found = toolServers().find(({ name }) => name === address.name);
    if (!found) throw new AppErrorException('BUSINESS_PROGRAM_NOT_LISTED', address.name);
    return found;
  }

  const connection = createMcpConnection(() => {
    const address = readMcpAddress(baseUrl);
    const program = listed();
    return address.kind === 'http'
      ? overHttp(address.url, secret, fetch)
      : overProgram(program as ToolServer, secret);
  });

  /** Whether the program that would be asked is the one that was looked at. */
  function isListed(): boolean {
    try {
      return canonicalize(listed()) === canonicalize(pinned.program);
    } catch (error) {
      if (error instanceof AppErrorException) return false;
      throw error;
    }
  }

  async function obstacle(tool: PinnedTool, signal: AbortSignal): Promise<string | null> {
    if (!isListed()) {
      await connection.close();
      return UNLISTED;
    }
    const now = (await connection.list(signal)).find(({ name }) => name === tool.name);
    return now && fingerprintOf(now) === tool.fingerprint ? null : CHANGED;
  }

  async function look(
    signal: AbortSignal,
  ): Promise<{ readonly pinned: Pinned; readonly notes: readonly string[] }> {
    const declared = readMcpArguments(text);
    const program = listed();
    const offered = (await connection.list(signal)).flatMap((one) => pinTool(one) ?? []);
    const missing = Object.keys(declared).find((name) => !offered.some((tool) => tool.name === name));
    if (missing !== undefined)
      throw new AppErrorException('BUSINESS_DESCRIPTION_INVALID', `Arguments: there is no tool ${missing}`);
    const notes = offered.map((tool) => {
      const given = argumentsOf(tool, declared);
      if ('problem' in given) return `Not usable: ${given.problem}.`;
      return `${toolName(system, tool.name)}: ${tool.title} (${tool.isRead ? 'look-up' : 'change, after your approval'}). ${tool.description}`.trim();
    });
    const started = program ? [`Starts: ${[program.command, ...program.args].join(' ')}`] : [];
    return { pinned: { program, tools: offered }, notes: [...started, ...notes] };
  }

  const toolDeps = ({ profile }: ToolContext): McpToolDeps => ({
    ...{ system, currency: profile.currency, obstacle },
    call: (...asked) => connection.call(...asked),
  });
  const usable = (isRead: boolean): readonly Usable[] =>
    usableOf(system, pinned.tools, declaredOf(text)).filter(({ tool }) => tool.isRead === isRead);

  return {
    shop: null,
    tools: (context) =>
      usable(true).map(({ tool, given }) => createMcpLookUp(tool, given, toolDeps(context))),
    writeTools: (context) =>
      usable(false).map(({ tool, given }) => createMcpChange(tool, given, toolDeps(context))),
    async check(signal) {
      const { notes } = await look(signal);
      return { notes: notes.length === 0 ? ['It offers no tools.'] : [...notes] };
    },
    async discover(signal) {
      return { pinned: JSON.stringify((await look(signal)).pinned) };
    },
    close: () => connection.close(),
  };
}

/** Two tools whose names become the same are one too many: the first counts. */
function usableOf(
  system: string,
  tools: readonly PinnedTool[],
  declared: McpArguments | null,
): readonly Usable[] {
  if (!declared) return [];
  const names = new Set<string>();
  return tools.flatMap((tool) => {
    const name = toolName(system, tool.name);
    const given = argumentsOrNone(tool, declared);
    if ('problem' in given || names.has(name)) return [];
    names.add(name);
    return [{ tool, given }];
  });
}

/** What was saved fits; what another version of Cuecard saved may not. */
function argumentsOrNone(tool: PinnedTool, declared: McpArguments): ReturnType<typeof argumentsOf> {
  try {
    return argumentsOf(tool, declared);
  } catch (error) {
    if (error instanceof AppErrorException) return { problem: error.message };
    throw error;
  }
}

/** Null for what another version of Cuecard kept and this one cannot read. */
function declaredOf(text: string): McpArguments | null {
  try {
    return readMcpArguments(text);
  } catch (error) {
    if (error instanceof AppErrorException) return null;
    throw error;
  }
}

function pinnedOf(text: string | undefined): Pinned {
  if (text === undefined) return NOTHING;
  try {
    return Pinned.parse(JSON.parse(text));
  } catch {
    return NOTHING;
  }
}
