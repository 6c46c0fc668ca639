import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { Logger } from '../../../shared/lib/logger.js';
import { inTime } from '../../deadline.js';
import type { ToolOffer } from '../../models/chat-model.js';
import type { ReadCache } from './read-cache.js';
import { sharedNames, type ToolCustomer, type ToolDefinition, type ToolOutcome } from './tool.js';

/** One call as the stage plans it. */
export interface PlannedCall {
  readonly tool: string;
  /** Of several systems with this tool, the one to ask. */
  readonly systemId?: string | undefined;
  readonly input: Record<string, string>;
}

export interface ToolRegistry {
  has(name: string): boolean;
  /** The tools a model may choose from: those that only read. */
  offers(): ToolOffer[];
  isOffered(name: string): boolean;
  /** What fills the arguments of a tool by rule; null for one of the catalogue, or for a model alone. */
  argumentsFrom(name: string): ToolDefinition['argumentsFrom'] | null;
  /** The same calls, once for each system that has the tool. */
  forEachSystem(calls: readonly PlannedCall[]): readonly PlannedCall[];
  /** Calls one tool. Every way it can end is a {@link ToolCall}; it rejects only when `signal` aborts. */
  call(
    id: string,
    planned: PlannedCall,
    customer: ToolCustomer,
    signal: AbortSignal,
    limitMs?: number,
  ): Promise<ToolCall>;
}

/** Below the limit of the whole stage (agents/stages.ts), so that one slow system costs its own facts and no others. */
const CALL_LIMIT_MS = 2_400;

/**
 * Holds the team's tools and is the only way to call one.
 *
 * A tool of risk `write` is refused: it needs an approval, and nothing in a run can give one by itself. Arguments are parsed
 * with the tool's schema first, so that text of a customer reaches a system only in the form the tool declares. An answer is kept for as long as
 * `cache` keeps it, for this customer alone.
 */
export function createToolRegistry(
  tools: readonly ToolDefinition[],
  log: Logger,
  cache: ReadCache,
): ToolRegistry {
  const named = (name: string): readonly ToolDefinition[] => tools.filter((tool) => tool.name === name);
  const shared = sharedNames(tools);

  async function call(
    id: string,
    planned: PlannedCall,
    customer: ToolCustomer,
    signal: AbortSignal,
    limitMs = CALL_LIMIT_MS,
  ): Promise<ToolCall> {
    const alike = named(planned.tool);
    const tool =
      planned.systemId === undefined ? alike[0] : alike.find(({ systemId }) => systemId === planned.systemId);
    const startedAt = performance.now();
    const base = {
      id,
      tool: planned.tool,
      title: tool?.title ?? planned.tool,
      risk: tool?.risk ?? 'read',
      input: planned.input,
      ...(tool?.system === undefined ? {} : { system: tool.system }),
      ...(tool?.systemId === undefined ? {} : { systemId: tool.systemId }),
      ...(shared.has(planned.tool) ? { isOneOfSeveral: true } : {}),
    };
    const end = (rest: Pick<ToolCall, 'status' | 'detail' | 'facts' | 'readAt'>): ToolCall => ({
      ...base,
      ...rest,
      durationMs: performance.now() - startedAt,
    });
    if (!tool) return end({ status: 'failed', detail: 'This tool does not exist.', facts: [] });
    if (tool.risk === 'write') {
      log.warn('tool.refused', { code: 'approval_missing' });
      return end({
        status: 'refused',
        detail: 'Changes something and was not approved by a person.',
        facts: [],
      });
    }
    const parsed = tool.input.safeParse(planned.input);
    if (!parsed.success)
      return end({ status: 'refused', detail: 'The arguments do not fit the tool.', facts: [] });
    try {
      // An answer that comes later is kept, so that the rep who asks again has it.
      const asked = cache.read<ToolOutcome>(
        // A tool may look for the customer itself, by name where there is no address.
        [tool.name, tool.systemId, parsed.data, customer.email, customer.name],
        () => tool.run({ input: parsed.data, customer, signal }),
      );
      const { value: outcome, readAt } = await inTime(asked, limitMs);
      return outcome.status === 'succeeded'
        ? end({ status: 'succeeded', detail: '', facts: [...outcome.facts], readAt })
        : end({ status: outcome.status, detail: outcome.detail, facts: [], readAt });
    } catch (error) {
      signal.throwIfAborted();
      log.warn('tool.failed', { code: error instanceof Error ? error.name : 'unknown' });
      return end({ status: 'failed', detail: 'The system behind this tool did not answer.', facts: [] });
    }
  }

  const readable = tools.filter(({ risk }) => risk === 'read');
  return {
    has: (name) => named(name).length > 0,
    offers: () =>
      readable
        .filter(({ name }, at) => readable.findIndex((one) => one.name === name) === at)
        .map(({ name, description, input }) => ({ name, description, input })),
    argumentsFrom: (name) => readable.find((tool) => tool.name === name)?.argumentsFrom ?? null,
    isOffered: (name) => readable.some((tool) => tool.name === name),
    forEachSystem: (calls) =>
      calls.flatMap((call) =>
        shared.has(call.tool)
          ? named(call.tool).flatMap(({ systemId }) =>
              systemId === undefined ? [] : [{ ...call, systemId }],
            )
          : [call],
      ),
    call,
  };
}
