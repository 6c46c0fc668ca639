import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';

import type { ChatTurn } from '../chat-model.js';
import type { Finish, ProviderEnd, StreamingChatModel } from './provider.js';

/**
 * Turns as LangChain's messages: all instructions in one message at the beginning, which is the only place every
 * provider takes them. LangChain is loaded with the first call, off the start of the app.
 */
async function messagesOf(turns: readonly ChatTurn[]): Promise<BaseMessage[]> {
  const { AIMessage, HumanMessage, SystemMessage } = await import('@langchain/core/messages');
  const instructions = turns.filter(({ role }) => role === 'system').map(({ text }) => text);
  const rest = turns.filter(({ role }) => role !== 'system');
  return [
    ...(instructions.length === 0 ? [] : [new SystemMessage(instructions.join('\n\n'))]),
    ...rest.map(({ role, text }) => (role === 'assistant' ? new AIMessage(text) : new HumanMessage(text))),
  ];
}

export interface StreamOptions {
  readonly model: StreamingChatModel;
  readonly turns: readonly ChatTurn[];
  readonly signal: AbortSignal;
  /** What else the model's call takes (tools, the form). */
  readonly call: Readonly<Record<string, unknown>>;
  /** The tool whose input is the answer itself, where a form is filled by calling one. */
  readonly formTool: string | null;
}

/** Streams from any LangChain chat model; the three providers end, count and call tools each in their own words. */
export async function* streamAnswer(options: StreamOptions): AsyncGenerator<string, ProviderEnd> {
  const { model, turns, signal, call, formTool } = options;
  const stream = await model.stream(await messagesOf(turns), { ...call, signal });
  let whole: AIMessageChunk | null = null;
  for await (const chunk of stream) {
    whole = whole === null ? chunk : whole.concat(chunk);
    const piece =
      formTool === null ? chunk.text : (chunk.tool_call_chunks ?? []).map(({ args }) => args ?? '').join('');
    if (piece !== '') yield piece;
  }
  // The packages end their stream quietly when it was aborted; half an answer must not count as a whole one.
  signal.throwIfAborted();
  if (whole === null) return { finish: 'unknown', usage: null, tools: [] };
  return { finish: finishOf(whole), usage: usageOf(whole), tools: toolsOf(whole) };
}

type Said = Pick<
  AIMessageChunk,
  'additional_kwargs' | 'response_metadata' | 'usage_metadata' | 'tool_call_chunks'
>;

const FINISHES: Readonly<Record<string, Finish>> = {
  ...{ stop: 'complete', tool_calls: 'complete', function_call: 'complete' },
  ...{ length: 'length', content_filter: 'refused' },
  ...{ end_turn: 'complete', stop_sequence: 'complete', tool_use: 'complete' },
  ...{ max_tokens: 'length', model_context_window_exceeded: 'length', refusal: 'refused' },
  ...{ STOP: 'complete', MAX_TOKENS: 'length' },
  ...{
    SAFETY: 'refused',
    RECITATION: 'refused',
    BLOCKLIST: 'refused',
    PROHIBITED_CONTENT: 'refused',
    SPII: 'refused',
  },
};

function finishOf({ additional_kwargs, response_metadata }: Said): Finish {
  if (typeof additional_kwargs['refusal'] === 'string' && additional_kwargs['refusal'] !== '')
    return 'refused';
  const named: unknown[] = [
    response_metadata['finish_reason'],
    response_metadata['finishReason'],
    response_metadata['stop_reason'],
    additional_kwargs['stop_reason'],
  ];
  const reason = named.find((value) => typeof value === 'string');
  return typeof reason === 'string' ? (FINISHES[reason] ?? 'complete') : 'unknown';
}

function usageOf(whole: Said): ProviderEnd['usage'] {
  const counted = Usage.safeParse(whole.usage_metadata);
  if (!counted.success || counted.data.input_tokens + counted.data.output_tokens === 0) return null;
  return { inputTokens: counted.data.input_tokens, outputTokens: counted.data.output_tokens };
}

/** Services count in many ways; what is no count is none. */
const Usage = z.object({ input_tokens: z.int().nonnegative(), output_tokens: z.int().nonnegative() });

/** From the pieces, not from the parsed calls: those leave out a call whose JSON is broken, which must be told. */
function toolsOf({ tool_call_chunks }: Said): ProviderEnd['tools'] {
  return (tool_call_chunks ?? []).flatMap(({ name, args }) =>
    name === undefined || name === ''
      ? []
      : [{ name, input: args === undefined || args === '' ? '{}' : args }],
  );
}
