import { z } from 'zod';

import type { ModelUsage } from '../../../shared/domain/model-run.js';
import type { ChatCall, ChatOutcome, ToolChoice, ToolOffer } from '../chat-model.js';
import type { AskOnce, RawAnswer, RawOutcome } from './raw-answer.js';
import { deadline } from '../../deadline.js';
import { modelFailure } from './failure.js';
import { readJson, restoreDeep } from './json-form.js';
import { addUsage } from './usage-sum.js';

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Asks for a form and parses it; what does not fit is shown to the model once, with what is wrong. */
export function fillForm<S extends z.ZodType>(
  ask: AskOnce,
  call: ChatCall & { readonly form: S; readonly formName: string },
): Promise<ChatOutcome<z.output<S>>> {
  const wanted = { kind: 'form', form: call.form, name: call.formName } as const;
  return askAndRepair(
    (change) => ask({ ...call, ...change }, wanted),
    call,
    ({ text, restore }) => {
      const value = readJson(text);
      return value === undefined
        ? { ok: false, problem: 'The answer is not JSON.' }
        : parse(call.form, restoreDeep(value, restore));
    },
    ({ text, restore }) => restore(text),
  );
}

/** Asks which tools to call; a tool that was not offered, or an input that does not fit, is shown to the model once. */
export function chooseTools(
  ask: AskOnce,
  call: ChatCall & { readonly tools: readonly ToolOffer[] },
): Promise<ChatOutcome<ToolChoice[]>> {
  return askAndRepair(
    (change) => ask({ ...call, ...change }, { kind: 'tools', tools: call.tools }),
    call,
    (answer) => parseChoices(answer, call.tools),
    ({ tools, restore }) => tools.map(({ name, input }) => `${name}(${restore(input)})`).join('\n'),
  );
}

async function askAndRepair<T>(
  ask: (change: Partial<ChatCall>) => Promise<RawOutcome>,
  call: ChatCall,
  read: (answer: RawAnswer) => Parsed<T>,
  said: (answer: RawAnswer) => string,
): Promise<ChatOutcome<T>> {
  const first = await ask({});
  if (!first.ok) return first;
  const parsed = read(first.value);
  if (parsed.ok) {
    first.value.keep();
    return { ok: true, value: parsed.value, usage: first.value.usage };
  }
  // With private values in, since the way out replaces them again.
  const limit = deadline(first.value.leftMs, call.signal);
  const repaired = await ask({
    turns: [
      ...call.turns,
      { role: 'assistant', text: said(first.value) || '(nothing)' },
      { role: 'user', text: `${parsed.problem}\nAnswer again, corrected, in the form that was asked for.` },
    ],
    // The whole call has one time limit.
    signal: limit.signal,
  }).finally(limit.clear);
  if (!repaired.ok) {
    const isLate = repaired.failure.code === 'MODEL_CANCELLED' && !call.signal.aborted;
    return isLate ? { ok: false, failure: modelFailure('MODEL_TIME_LIMIT') } : repaired;
  }
  const again = read(repaired.value);
  if (!again.ok) return { ok: false, failure: modelFailure('MODEL_MALFORMED') };
  repaired.value.keep();
  return { ok: true, value: again.value, usage: both(first.value.usage, repaired.value.usage) };
}

const both = (first: ModelUsage, second: ModelUsage): ModelUsage => ({
  ...second,
  ...addUsage([first, second]),
  durationMs: first.durationMs + second.durationMs,
  attempts: first.attempts + second.attempts,
});

function parse<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: `The answer does not fit the form:\n${z.prettifyError(parsed.error)}` };
}

function parseChoices({ tools, restore }: RawAnswer, offers: readonly ToolOffer[]): Parsed<ToolChoice[]> {
  const choices: ToolChoice[] = [];
  for (const { name, input } of tools) {
    const offer = offers.find((known) => known.name === name);
    if (!offer) return { ok: false, problem: `There is no tool "${name}".` };
    const value = readJson(input);
    if (value === undefined) return { ok: false, problem: `The input of "${name}" is not JSON.` };
    const parsed = parse(
      z.record(z.string(), z.unknown()).pipe(offer.input as z.ZodType<unknown, Record<string, unknown>>),
      restoreDeep(value, restore),
    );
    if (!parsed.ok) return { ok: false, problem: `${name}: ${parsed.problem}` };
    choices.push({ name, input: parsed.value as Record<string, unknown> });
  }
  return { ok: true, value: choices };
}
