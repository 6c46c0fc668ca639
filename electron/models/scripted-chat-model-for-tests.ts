import type { z } from 'zod';

import type { ModelFailure, ModelTask, ModelUsage } from '../../shared/domain/model-run.js';
import type { ChatCall, ChatModel, ChatOutcome, ToolChoice, ToolOffer } from './chat-model.js';

/** What a scripted model says to one call: a text in pieces, a form, tool choices, or a failure; thrown errors are bugs. */
export interface Script {
  /** Pieces of the reply, each after a turn of the event loop. */
  readonly write?: (call: ChatCall, signal: AbortSignal) => AsyncIterable<string> | Iterable<string>;
  readonly fill?: (call: ChatCall & { readonly formName: string }) => unknown;
  readonly choose?: (call: ChatCall & { readonly tools: readonly ToolOffer[] }) => ToolChoice[];
  /** Tasks no model is set up for. */
  readonly notReady?: readonly ModelTask[];
}

/** A piece that makes all pieces before it void, as a second attempt does. */
export const RESTART = '\u0000restart';

/** Thrown by a script to end a call with a failure, also in the middle of a stream. */
export class ScriptedFailure extends Error {
  constructor(readonly code: ModelFailure['code']) {
    super(code);
  }
}

const usage: ModelUsage = {
  provider: 'scripted',
  model: 'scripted-1',
  inputTokens: 100,
  outputTokens: 20,
  costMicros: 42,
  durationMs: 5,
  attempts: 1,
  fromCache: false,
};

/** A chat model that follows a script and remembers its calls. Honours the signal between pieces. */
export function createScriptedChatModel(script: Script) {
  const calls: (ChatCall & { readonly formName?: string })[] = [];

  async function answered<T>(call: ChatCall, work: () => Promise<T> | T): Promise<ChatOutcome<T>> {
    calls.push(call);
    try {
      await new Promise((resolve) => setImmediate(resolve));
      const value = await work();
      if (call.signal.aborted) throw new ScriptedFailure('MODEL_CANCELLED');
      return { ok: true, value, usage };
    } catch (error) {
      if (!(error instanceof ScriptedFailure)) throw error;
      const failure = { code: error.code, message: `Scripted: ${error.code}.`, canRetry: true };
      return { ok: false, failure };
    }
  }

  const model: ChatModel = {
    isReady: (task) => !(script.notReady ?? []).includes(task),
    timeLimitMs: () => 30_000,
    obstacle: (task) =>
      (script.notReady ?? []).includes(task)
        ? { code: 'MODEL_BUSY', message: 'Scripted: not ready.', canRetry: true }
        : null,
    write: (call, onText, onRestart) =>
      answered(call, async () => {
        if (!script.write) throw new ScriptedFailure('MODEL_NOT_SET_UP');
        let whole = '';
        for await (const piece of script.write(call, call.signal)) {
          if (call.signal.aborted) throw new ScriptedFailure('MODEL_CANCELLED');
          if (piece === RESTART) {
            whole = '';
            onRestart?.();
            continue;
          }
          whole += piece;
          onText?.(piece);
          await new Promise((resolve) => setImmediate(resolve));
        }
        return whole;
      }),
    fill: <S extends z.ZodType>(call: ChatCall & { readonly form: S; readonly formName: string }) =>
      answered(call, () => {
        if (!script.fill) throw new ScriptedFailure('MODEL_NOT_SET_UP');
        const parsed = call.form.safeParse(script.fill(call));
        if (!parsed.success) throw new ScriptedFailure('MODEL_MALFORMED');
        return parsed.data;
      }),
    choose: (call) =>
      answered(call, () => {
        if (!script.choose) throw new ScriptedFailure('MODEL_NOT_SET_UP');
        return script.choose(call);
      }),
  };
  return { model, calls };
}

/** All that a call would have read. */
export function promptOf({ turns }: ChatCall): string {
  return turns.map(({ text }) => text).join('\n');
}
