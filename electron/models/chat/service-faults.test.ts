import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import {
  callForTests,
  chatModelForTests,
  settingsFor,
  type ChatModelForTests,
} from './chat-model-for-tests.js';
import { classifyFailure } from './classify-failure.js';
import { forbidTracing } from './providers.js';
import { pauseFromBody } from './rate-limit.js';
import { createServiceHealth } from './service-health.js';

let test: ChatModelForTests;
const closing: (() => void)[] = [];
beforeEach(async () => {
  test = await chatModelForTests();
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await test.close();
});

/** A server on the loopback; counts what it was asked. */
async function serve(answer: (response: ServerResponse) => void, routes: object = {}) {
  const counted = { requests: 0 };
  const server = createServer((incoming, response) => {
    counted.requests += 1;
    incoming.resume();
    answer(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  test.settings = settingsFor(origin, ['openai'], { routes: { drafting: routes } });
  return counted;
}
const codeOf = async (signal?: AbortSignal): Promise<string> => {
  const call = callForTests('parcel?', signal ? { signal } : {});
  const outcome = await test.chat.write(call, () => undefined);
  return outcome.ok ? 'ok' : outcome.failure.code;
};
const refuse = (status: number, body: object) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('A service that hangs', () => {
  // Catches a breaker that takes its time limit for a cancel, so that every call waits in vain.
  it('is left alone after some calls', async () => {
    const counted = await serve(() => undefined, { timeLimitMs: 200 });
    for (let at = 0; at < 4; at += 1) expect(await codeOf()).toBe('MODEL_TIME_LIMIT');
    await expect.poll(() => test.chat.obstacle('drafting')?.code).toBe('MODEL_UNREACHABLE');
    const asked = counted.requests;
    expect(await codeOf()).toBe('MODEL_UNREACHABLE');
    expect(counted.requests).toBe(asked);
  });

  it('is not blamed for calls that their caller ended', async () => {
    await serve(() => undefined, { timeLimitMs: 5_000 });
    for (let at = 0; at < 6; at += 1) {
      const cancel = new AbortController();
      setTimeout(() => cancel.abort(), 10);
      expect(await codeOf(cancel.signal)).toBe('MODEL_CANCELLED');
    }
    expect(test.chat.isReady('drafting')).toBe(true);
  });
});

describe('A refusal', () => {
  it('of what was written is no refused key', async () => {
    await serve(
      refuse(403, { error: { message: 'Your chosen model requires moderation and your input was flagged' } }),
    );
    expect(await codeOf()).toBe('MODEL_REFUSED');
    expect(test.chat.isReady('drafting')).toBe(true);
  });

  it('for a minute is no used-up account', async () => {
    const google = {
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
      },
    };
    await serve(refuse(429, google));
    expect(await codeOf()).toBe('MODEL_BUSY');
    expect(pauseFromBody(JSON.stringify(google))).toBe(34_000);
    expect(pauseFromBody('Rate limit reached. Please try again in 2.5s.')).toBe(2_500);
    expect(pauseFromBody('Please try again in 1m')).toBe(60_000);
    expect(pauseFromBody('You exceeded your current quota.')).toBeNull();
  });

  it('is read to its sixteenth kilobyte, and no more waits for its end', async () => {
    await serve((response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(64_000), more);
      };
      more();
    });
    expect(await codeOf()).toBe('MODEL_REQUEST_REFUSED');
  });
});

/** Nothing that repeats itself. */
const newWords = (): string =>
  `${Array.from({ length: 12 }, () => Math.random().toString(36).slice(2, 9)).join(' ')}. `;

describe('An answer', () => {
  it('that does not stop where it was told to is cut off, and asked for once', async () => {
    const line = (content: string): string =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
    const counted = await serve(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const more = (): void => {
          if (!response.destroyed) response.write(line(newWords()), () => setImmediate(more));
        };
        more();
      },
      { maxOutputTokens: 100 },
    );
    expect(await codeOf()).toBe('MODEL_CUT_OFF');
    expect(counted.requests).toBe(1);
  });

  it('in a whole, from a service that cannot stream, is asked for once', async () => {
    const counted = await serve(
      refuse(200, {
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      }),
    );
    expect(await codeOf()).toBe('MODEL_REQUEST_REFUSED');
    expect(counted.requests).toBe(1);
  });
});

it('names our own door where nothing left, and blames no service', () => {
  const record = { requests: 1, status: null, headers: null, errorBody: '', contentType: '', tail: '' };
  const full = new AppErrorException('LEDGER_NOT_WRITABLE');
  expect(classifyFailure({ ...record, cause: full }, full)).toBe('MODEL_NOT_WRITTEN_DOWN');
  const blocked = new AppErrorException('PRIVACY_BLOCKED');
  expect(classifyFailure({ ...record, cause: blocked }, blocked)).toBe('MODEL_BLOCKED_BY_PRIVACY');
});

it('sends no key that cannot be one', async () => {
  const counted = await serve(refuse(200, {}));
  test.keys.set('openai', '“sk-copied”');
  test.settings = settingsFor('http://127.0.0.1:9', ['openai']);
  expect(await codeOf()).toBe('MODEL_KEY_REFUSED');
  expect(counted.requests).toBe(0);
});

it('takes headers and tracing from nowhere but the settings', () => {
  const env: NodeJS.ProcessEnv = {
    ...{
      OPENAI_CUSTOM_HEADERS: 'x-leak: 1',
      ANTHROPIC_CUSTOM_HEADERS: 'x-leak: 1',
      LANGSMITH_TRACING: 'true',
    },
  };
  forbidTracing(env);
  expect(env).toMatchObject({ LANGSMITH_TRACING: 'false' });
  expect(Object.keys(env).filter((name) => name.endsWith('HEADERS'))).toEqual([]);
});

// Catches a key that a test has just shown to work and that rests on for ten minutes.
it('asks at once what a test has seen work', async () => {
  const health = createServiceHealth(() => new Date());
  const [connection] = test.settings.connections;
  if (!connection) throw new Error('no connection');
  const refused = { failure: 'MODEL_KEY_REFUSED', pauseMs: null } as never;
  await health.watch(connection, 'key', () => Promise.resolve(refused));
  expect(health.blocked(connection, 'key')).toBe('MODEL_KEY_REFUSED');
  health.recovered(connection, 'key');
  expect(health.blocked(connection, 'key')).toBeNull();
});
