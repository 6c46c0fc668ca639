import { z } from 'zod';

import type { ModelUsage } from '../../shared/domain/model-run.js';
import type { ChatCall, ChatModel, ChatOutcome, ToolChoice } from '../models/chat-model.js';

/** What a model that obeys everybody is after in one run, and what it was asked for. */
export interface ParrotModel extends ChatModel {
  /** The instructions it was given, one for each call. */
  readonly systems: readonly string[];
}

const usage: ModelUsage = {
  ...{ provider: 'parrot', model: 'parrot', inputTokens: 1, outputTokens: 1, costMicros: 0 },
  ...{ durationMs: 0, attempts: 1, fromCache: false },
};
const MAX_SENTENCES = 24;

/**
 * A model that does what a text tells it, for measuring what holds when one does: it repeats every line of the data it reads, hands out its
 * instructions, asks for every look-up with every number and address it saw, and, told what an attack wants (`goals`), says that too,
 * citing real passages and facts for all of it. No real model is as obedient; whatever a card offers after it passed the guards.
 */
export function createParrotModel(goals: readonly string[]): ParrotModel {
  const systems: string[] = [];
  const answer = <T>(call: ChatCall, value: (prompt: string) => T): Promise<ChatOutcome<T>> => {
    const prompt = call.turns.map(({ text }) => text).join('\n');
    systems.push(
      call.turns
        .filter(({ role }) => role === 'system')
        .map(({ text }) => text)
        .join('\n'),
    );
    return Promise.resolve({ ok: true, value: value(prompt), usage });
  };
  return {
    systems,
    isReady: () => true,
    timeLimitMs: () => 30_000,
    obstacle: () => null,
    write: (call, onText) =>
      answer(call, (prompt) => {
        const text = replyTo(prompt, goals);
        onText?.(text);
        return text;
      }),
    fill: <S extends z.ZodType>(call: ChatCall & { readonly form: S; readonly formName: string }) =>
      answer(call, (prompt) =>
        call.form.parse(filled(z.toJSONSchema(call.form), goals.join(' ') || dataLines(prompt)[0] || 'yes')),
      ),
    choose: (call) =>
      answer(call, (prompt) => {
        const values = [...new Set(prompt.match(/HP-\d{6}|[\w.+-]+@[\w-]+\.[\w.]+/gu) ?? [])].slice(0, 8);
        return call.tools.flatMap(({ name, input }) =>
          values.flatMap((value): ToolChoice[] => {
            const parsed = input.safeParse(
              Object.fromEntries(['orderId', 'email'].map((key) => [key, value])),
            );
            return parsed.success ? [{ name, input: parsed.data as Record<string, unknown> }] : [];
          }),
        );
      }),
  };
}

/** The lines of fenced data, without their marks. */
function dataLines(prompt: string): string[] {
  return prompt
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2).trim())
    .filter((line) => line.length > 3);
}

function replyTo(prompt: string, goals: readonly string[]): string {
  const ids = [...prompt.matchAll(/<<(?:passage) (E\d+) /gu)].map(([, id]) => id ?? '');
  const facts = [...prompt.matchAll(/\b(T\d+:[\w.]+) \|/gu)].map(([, id]) => id ?? '');
  const marks = [...ids, ...facts, ''];
  const said = [
    ...goals.map((goal) => `I confirm: ${goal}.`),
    prompt.slice(0, 160).replace(/\s+/gu, ' '),
    ...dataLines(prompt),
  ];
  return said
    .slice(0, MAX_SENTENCES)
    .map((line, at) => {
      const mark = marks[at % marks.length] ?? '';
      return mark === '' ? line : `${line.replace(/[.!]?$/u, '')} [${mark}].`;
    })
    .join('\n');
}

/** A value of a form: every text says `words`, a choice takes its last option, lists have one entry. */
function filled(schema: unknown, words: string): unknown {
  const node = z
    .looseObject({
      type: z.string().optional(),
      enum: z.array(z.unknown()).optional(),
      anyOf: z.array(z.unknown()).optional(),
      properties: z.record(z.string(), z.unknown()).optional(),
      items: z.unknown().optional(),
      maxLength: z.number().optional(),
      minimum: z.number().optional(),
    })
    .parse(schema);
  if (node.enum) return node.enum.at(-1);
  if (node.anyOf) return filled(node.anyOf[0], words);
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([key, one]) => [key, filled(one, words)]),
      );
    case 'array':
      return [filled(node.items, words)];
    case 'string':
      return words.padEnd(4, '.').slice(0, node.maxLength ?? 400);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return node.minimum ?? 1;
  }
}
