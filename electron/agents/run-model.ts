import type { z } from 'zod';

import type { ModelTask, ModelUse } from '../../shared/domain/model-run.js';
import type { Prompt } from '../../shared/domain/prompt.js';
import type { Stage } from '../../shared/domain/suggestion.js';
import type {
  ChatCall,
  ChatModel,
  ChatOutcome,
  PrivateValue,
  ToolChoice,
  ToolOffer,
} from '../models/chat-model.js';
import { newBoundary } from './text/fence.js';

/** One question of a stage; what belongs to the run is added. */
export interface ModelAsk extends Pick<ChatCall, 'expectLanguage' | 'cacheKey'> {
  readonly task: ModelTask;
  readonly turns: ChatCall['turns'];
  readonly privateValues: readonly PrivateValue[];
  readonly signal: AbortSignal;
  /** The instructions the turns are built on, for the record; null where a task has none of its own. */
  readonly prompt: (Pick<Prompt, 'stage'> & { readonly version: number }) | null;
}

/** The chat model as the stages of one run have it: it remembers what was used and by which prompts. */
export interface RunModel {
  /** Stages that may ask it. */
  readonly stages: ReadonlySet<Stage>;
  /** Of all fences of the run. */
  readonly boundary: string;
  readonly countTokens: (text: string) => number;
  isReady(task: ModelTask): boolean;
  /** How long one ask of a task may take, in milliseconds. */
  limitMs(task: ModelTask): number;
  /** `onRestart` says that what was heard so far is void. */
  write(
    ask: ModelAsk,
    onText?: (piece: string) => void,
    onRestart?: () => void,
  ): Promise<ChatOutcome<string>>;
  fill<S extends z.ZodType>(
    ask: ModelAsk & { readonly form: S; readonly formName: string },
  ): Promise<ChatOutcome<z.output<S>>>;
  choose(ask: ModelAsk & { readonly tools: readonly ToolOffer[] }): Promise<ChatOutcome<ToolChoice[]>>;
  /** Calls that were answered, in order. */
  uses(): ModelUse[];
  /** Versions of the prompts that were answered, by stage. */
  promptVersions(): Record<string, number>;
}

export interface RunModelOptions {
  readonly chat: ChatModel;
  readonly runId: string;
  readonly conversationId: string;
  readonly stages: ReadonlySet<Stage>;
  readonly countTokens: (text: string) => number;
  /** False where no answer of an earlier run may be used, and none kept. */
  readonly mayReuse: boolean;
  /** How long one ask may take, in milliseconds; the port has limits of its own, this one holds even if they do not. */
  readonly limitMs: (task: ModelTask) => number;
}

/** Ties a chat model to one run. A call that outlives its limit, or the run, comes to MODEL_TIME_LIMIT or MODEL_CANCELLED at once. */
export function createRunModel(options: RunModelOptions): RunModel {
  const { chat, runId, conversationId, stages, countTokens, mayReuse, limitMs } = options;
  const used: ModelUse[] = [];
  const versions: Record<string, number> = {};

  async function ask<T>(
    { task, turns, privateValues, signal, prompt, ...rest }: ModelAsk,
    call: (call: ChatCall) => Promise<ChatOutcome<T>>,
  ): Promise<ChatOutcome<T>> {
    const limit = new AbortController();
    const both = AbortSignal.any([signal, limit.signal]);
    const timer = setTimeout(() => limit.abort(), limitMs(task));
    try {
      const outcome = await Promise.race([
        call({ ...only(rest, mayReuse), task, runId, conversationId, turns, privateValues, signal: both }),
        endOf<T>(both, () => limit.signal.aborted),
      ]);
      if (outcome.ok) {
        used.push({ task, usage: outcome.usage });
        if (prompt) versions[prompt.stage] = prompt.version;
      }
      return outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    stages,
    boundary: newBoundary(),
    countTokens,
    isReady: (task) => chat.isReady(task),
    limitMs,
    write: (asked, onText, onRestart) => {
      let isOver = false;
      const heard =
        onText &&
        ((piece: string): void => {
          if (!isOver) onText(piece);
        });
      return ask(asked, (call) => chat.write(call, heard, onRestart)).finally(() => (isOver = true));
    },
    fill: (asked) => ask(asked, (call) => chat.fill({ ...call, form: asked.form, formName: asked.formName })),
    choose: (asked) => ask(asked, (call) => chat.choose({ ...call, tools: asked.tools })),
    uses: () => [...used],
    promptVersions: () => ({ ...versions }),
  };
}

type Wishes = Pick<ChatCall, 'expectLanguage' | 'cacheKey'>;

function only({ expectLanguage, cacheKey }: Wishes, mayReuse: boolean): Wishes {
  return {
    ...(expectLanguage === undefined ? {} : { expectLanguage }),
    ...(cacheKey === undefined || !mayReuse ? {} : { cacheKey }),
  };
}

function endOf<T>(signal: AbortSignal, isOutOfTime: () => boolean): Promise<ChatOutcome<T>> {
  return new Promise((resolve) => {
    const end = (): void =>
      resolve({
        ok: false,
        failure: isOutOfTime()
          ? { code: 'MODEL_TIME_LIMIT', message: 'The model took too long.', canRetry: true }
          : { code: 'MODEL_CANCELLED', message: 'The call was cancelled.', canRetry: false },
      });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
