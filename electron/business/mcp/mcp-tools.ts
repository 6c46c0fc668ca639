import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ToolCustomer, ToolDefinition } from '../../agents/tools/tool.js';
import type { ActionRun, WriteTool } from '../../agents/tools/write-tool.js';
import { deadline, isTimeUp } from '../../deadline.js';
import { fieldsOf, filled, inputOf, lookUpSources, sourcesOf } from '../declared/declared-argument.js';
import { NOT_FOUND } from '../declared/ownership.js';
import { plainText } from '../declared/plain-text.js';
import { asJsonSchema, createSchemaCheck, type SchemaCheck } from '../declared/schema-check.js';
import { toolName, wordOf } from '../declared/tool-name.js';
import { typedValue } from '../declared/typed-value.js';
import type { McpToolArguments } from './mcp-arguments.js';
import { ToolRefused } from './mcp-connection.js';
import { factsOf, wordsOf } from './mcp-facts.js';
import type { PinnedTool } from './pinned-tool.js';

export interface McpToolDeps {
  /** As the rep knows the system; its tools begin with it. */
  readonly system: string;
  /** ISO 4217, the team's. */
  readonly currency: string;
  /** Says why a tool is not to be called now: the server describes it otherwise, or may not be started. Null for one that may. */
  readonly obstacle: (tool: PinnedTool, signal: AbortSignal) => Promise<string | null>;
  readonly call: (
    name: string,
    input: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    timeoutMs?: number,
  ) => Promise<CallToolResult>;
}

type Input = Readonly<Record<string, string>>;
type Called = { readonly input: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** A change gets this long: whoever gives up early does not know whether it was made. */
const TIME_LIMIT_MS = 20_000;
/** How much of it may go by before the tool itself is called. */
const REACH_MS = 8_000;

/** What a look-up and a change of the same tool share: its arguments as the server takes them. */
function createFilling({ declared, types }: McpToolArguments, { inputSchema }: PinnedTool) {
  let check: Promise<SchemaCheck> | null = null;
  return async (input: Input, customer: ToolCustomer): Promise<Called> => {
    const values = filled(declared, input, customer);
    if (!values) return { problem: 'The customer of this conversation has no known address or name.' };
    const given: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(values)) {
      const type = types[name] ?? 'text';
      const one = typedValue(value, type);
      if (one === null) return { problem: `${name} is no ${type}.` };
      given[name] = one;
    }
    check ??= createSchemaCheck(withoutPatterns(inputSchema)).catch(() => () => 'its schema cannot be read');
    const unfit = (await check)(given);
    return unfit === null
      ? { input: given }
      : { problem: `It does not fit the tool: ${plainText(unfit, 200)}.` };
  };
}

/** A stranger's regular expressions could hold the app for ever; the server checks them itself. */
function withoutPatterns(schema: PinnedTool['inputSchema']): PinnedTool['inputSchema'] {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(
      ([key, one]) => !(key === 'pattern' && typeof one === 'string') && key !== 'patternProperties',
    );
    return Object.fromEntries(kept.map(([key, one]) => [key, clean(one)]));
  };
  return clean(asJsonSchema(schema)) as PinnedTool['inputSchema'];
}

/** A tool whose server says that it only reads. */
export function createMcpLookUp(
  tool: PinnedTool,
  given: McpToolArguments,
  deps: McpToolDeps,
): ToolDefinition {
  const fill = createFilling(given, tool);
  const sources = lookUpSources(given.declared);
  return {
    name: toolName(deps.system, tool.name),
    ...{ title: tool.title, description: tool.description, risk: 'read' },
    input: inputOf(given.declared),
    ...(sources ? { argumentsFrom: sources } : {}),
    async run({ input, customer, signal }) {
      const asked = await fill(input, customer);
      if ('problem' in asked) return { status: 'not_found', detail: asked.problem };
      const obstacle = await deps.obstacle(tool, signal);
      if (obstacle !== null) return { status: 'refused', detail: obstacle };
      try {
        const answer = await deps.call(tool.name, asked.input, signal);
        if (answer.isError) return { status: 'not_found', detail: 'The tool answered with an error.' };
        const facts = factsOf(answer, wordOf(tool.name), tool.title);
        return facts.length === 0 ? NOT_FOUND : { status: 'succeeded', facts };
      } catch (error) {
        if (error instanceof ToolRefused)
          return { status: 'not_found', detail: 'The tool does not take these arguments.' };
        throw error;
      }
    },
  };
}

/** A tool that may change something: called once, after an approval. There is no way to look later whether it was. */
export function createMcpChange(tool: PinnedTool, given: McpToolArguments, deps: McpToolDeps): WriteTool {
  const fill = createFilling(given, tool);
  const { declared } = given;
  const refused = (detail: string) => ({ status: 'refused', detail }) as const;
  const reach = async (run: Omit<ActionRun<Record<string, string>>, 'key'>): Promise<Called> => {
    const asked = await fill(run.input, run.customer);
    if ('problem' in asked) return asked;
    const obstacle = await deps.obstacle(tool, run.signal);
    return obstacle === null ? asked : { problem: obstacle };
  };
  /** The tool itself is not called by it, so that a server that is away has surely changed nothing. */
  async function reachOrNot(run: ActionRun<Record<string, string>>): Promise<Called> {
    const limit = deadline(REACH_MS, run.signal);
    try {
      return await reach({ ...run, signal: limit.signal });
    } catch (error) {
      run.signal.throwIfAborted();
      if (isTimeUp(limit.signal)) return { problem: 'The system did not answer. Nothing was changed.' };
      if (!(error instanceof AppErrorException)) throw error;
      return { problem: `${error.error.message} Nothing was changed.` };
    } finally {
      limit.clear();
    }
  }
  return {
    name: toolName(deps.system, tool.name),
    ...{ title: tool.title, description: tool.description, risk: 'write' },
    input: inputOf(declared),
    fields: fieldsOf(declared),
    argumentsFrom: sourcesOf(declared),
    timeLimitMs: TIME_LIMIT_MS,
    async preview(run) {
      const asked = await reach(run);
      if ('problem' in asked) return refused(asked.problem);
      const said = Object.entries(asked.input).map(
        ([name, value]) => `${name} ${plainText(String(value), 200)}`,
      );
      const [amount] = Object.entries(declared).find(([, { from }]) => from === 'amount') ?? [];
      return {
        status: 'ready',
        effect: `${tool.title} in ${deps.system}${said.length === 0 ? '' : ` with ${said.join(', ')}`}. What it changes is known to that system alone.`,
        call: `tools/call ${tool.name} ${JSON.stringify(asked.input)}`,
        amount: amount === undefined ? null : { amount: Number(run.input[amount]), currency: deps.currency },
        facts: [],
      };
    },
    async run(run) {
      const asked = await reachOrNot(run);
      if ('problem' in asked) return refused(asked.problem);
      try {
        const answer = await deps.call(tool.name, asked.input, run.signal, TIME_LIMIT_MS);
        if (answer.isError)
          return refused(
            `The tool reports an error; look there whether something was changed: ${wordsOf(answer)}`,
          );
        const facts = factsOf(answer, wordOf(tool.name), tool.title);
        return { status: 'succeeded', facts, proof: run.key };
      } catch (error) {
        if (error instanceof ToolRefused)
          return refused('The tool does not take these arguments. Nothing was changed.');
        throw error;
      }
    },
    canReadBack: false,
    readBack: () =>
      Promise.reject(new AppErrorException('BUSINESS_UNREACHABLE', 'it has no way to look a change up')),
  };
}
