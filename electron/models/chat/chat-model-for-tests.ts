import { LLMock } from '@copilotkit/aimock';

import type { ModelUsage } from '../../../shared/domain/model-run.js';
import {
  ModelSettings,
  type ModelLimits,
  type ModelProtocol,
} from '../../../shared/domain/model-settings.js';
import { silentLogger } from '../../../shared/lib/logger.js';
import type { ChatCall, ChatModel } from '../chat-model.js';
import type { Disguised, EgressLedger, EgressPurpose, OutboundGuard } from '../outbound-port.js';
import type { AnswerCache, KeptAnswer } from '../answer-cache.js';
import type { UsageEstimate, UsageNote } from '../model-budget.js';
import { createChatModel } from './create-chat-model.js';
import { estimateTokens } from './tokenizer.js';

/** One request that left, as the ledger of the tests saw it. */
export interface LedgerEntry {
  readonly url: string;
  readonly body: string;
  readonly headers: Headers;
  readonly purpose: EgressPurpose;
}

export interface ChatModelForTests {
  readonly chat: ChatModel;
  /** A model server on the loopback that speaks all three protocols. */
  readonly server: LLMock;
  readonly ledger: LedgerEntry[];
  readonly settled: Pick<ModelUsage, 'inputTokens' | 'outputTokens' | 'costMicros'>[];
  readonly notes: UsageNote[];
  /** What requests that are under way may use. */
  readonly held: Set<UsageEstimate>;
  readonly kept: Map<string, KeptAnswer>;
  settings: ModelSettings;
  /** Keys by connection. */
  readonly keys: Map<string, string>;
  /** What the guard forbids. */
  blocks: boolean;
  reached: (limits: ModelLimits) => boolean;
  close(): Promise<void>;
}

const BASE: Readonly<Record<ModelProtocol, string>> = { openai: '/v1', anthropic: '', google: '' };

/** Settings with one connection of each protocol to one address, the models `<protocol>` and `second` (openai). */
export function settingsFor(
  origin: string,
  main: readonly string[],
  more: Record<string, unknown> = {},
): ModelSettings {
  const protocols: ModelProtocol[] = ['openai', 'anthropic', 'google'];
  return ModelSettings.parse({
    isOn: true,
    connections: protocols.map((protocol) => ({
      ...{ id: protocol, name: protocol, protocol },
      baseUrl: `${origin}${BASE[protocol]}`,
    })),
    models: [
      { id: 'openai', connection: 'openai', model: 'gpt-4o-mini' },
      { id: 'second', connection: 'openai', model: 'second-model' },
      { id: 'anthropic', connection: 'anthropic', model: 'claude-haiku-4-5' },
      { id: 'google', connection: 'google', model: 'gemini-2.5-flash' },
    ],
    main,
    ...more,
  });
}

/** A chat model over a real server on the loopback, with a ledger and a guard that only know `privateValues`. */
export async function chatModelForTests(main: readonly string[] = ['openai']): Promise<ChatModelForTests> {
  const server = new LLMock({ port: 0, host: '127.0.0.1', strict: true });
  await server.start();
  const test: ChatModelForTests = {
    ...{ server, ledger: [], settled: [], notes: [], held: new Set<UsageEstimate>() },
    kept: new Map<string, KeptAnswer>(),
    settings: settingsFor(server.url, main),
    keys: new Map([
      ['openai', 'key-openai'],
      ['anthropic', 'key-anthropic'],
      ['google', 'key-google'],
    ]),
    ...{ blocks: false, reached: () => false },
    close: () => server.stop(),
    chat: createChatModel({
      settings: () => test.settings,
      secretsOf: ({ id }) => ({
        key: test.keys.get(id) ?? null,
        header: test.keys.get(`${id} header`) ?? null,
      }),
      guard: guardFor(() => test.blocks),
      ledger: ledgerFor(() => test),
      budget: {
        isReached: (limits) => test.reached(limits),
        reserve(_limits, estimate) {
          test.held.add(estimate);
          return { release: () => void test.held.delete(estimate) };
        },
        note: (usage) => void test.notes.push(usage),
      },
      cache: cacheIn(() => test.kept),
      tokens: { isExact: () => false, count: estimateTokens },
      log: silentLogger,
      now: () => new Date(),
    }),
  };
  return test;
}

const cacheIn = (kept: () => Map<string, KeptAnswer>): AnswerCache => ({
  find: (digest) => kept().get(digest) ?? null,
  keep: (digest, answer) => void kept().set(digest, answer),
});

const ledgerFor = (test: () => ChatModelForTests): EgressLedger => ({
  fetchFor: (purpose) => (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const body = typeof init?.body === 'string' ? init.body : '';
    test().ledger.push({ url, body, headers: new Headers(init?.headers), purpose });
    return fetch(input, init);
  },
  settle: (_runId, _task, usage) => void test().settled.push(usage),
});

const guardFor = (blocks: () => boolean): OutboundGuard => ({
  disguise: ({ texts, privateValues }) => (blocks() ? null : disguise(texts, privateValues)),
});

function disguise(texts: readonly string[], values: ChatCall['privateValues']): Disguised {
  const restore = (text: string): string =>
    values.reduce(
      (restored, { kind, value }, at) => restored.replaceAll(`[${kind}-${String(at)}]`, value),
      text,
    );
  const count = values.filter(({ value }) => texts.some((text) => text.includes(value))).length;
  return {
    texts: texts.map((text) =>
      values.reduce(
        (hidden, { kind, value }, at) => hidden.replaceAll(value, `[${kind}-${String(at)}]`),
        text,
      ),
    ),
    replaced: count === 0 ? {} : { value: count },
    restore,
    restoreStream() {
      let held = '';
      return {
        push(piece) {
          held += piece;
          const open = held.lastIndexOf('[');
          const whole = open >= 0 && !held.includes(']', open) ? held.slice(0, open) : held;
          held = held.slice(whole.length);
          return restore(whole);
        },
        end: () => restore(held),
      };
    },
  };
}

/** A call of the drafting stage, with what a test changes. */
export function callForTests(text: string, more: Partial<ChatCall> = {}): ChatCall {
  return {
    ...{ task: 'drafting', runId: 'run-1', conversationId: 'talk-1' },
    turns: [
      { role: 'system', text: 'You answer customers of a shop.' },
      { role: 'user', text },
    ],
    privateValues: [],
    signal: new AbortController().signal,
    ...more,
  };
}
