import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  callForTests,
  chatModelForTests,
  settingsFor,
  type ChatModelForTests,
} from './chat-model-for-tests.js';

const REPLY = 'Your parcel left our warehouse on 3 May and arrives within two days.';
const busy = { error: { message: 'busy' }, status: 503 };

let test: ChatModelForTests;
beforeEach(async () => {
  test = await chatModelForTests();
});
afterEach(() => test.close());

const write = (text = 'Where is my parcel?', more = {}) => test.chat.write(callForTests(text, more));
const models = () => test.ledger.map(({ body }) => (JSON.parse(body) as { model: string }).model);

describe('another attempt', () => {
  it('is made where it can help, after a pause', async () => {
    test.server.on({}, { content: REPLY });
    test.server.nextRequestError(500);
    expect(await write()).toMatchObject({ ok: true, value: REPLY, usage: { attempts: 2 } });
    expect(test.ledger).toHaveLength(2);
  });

  it('waits as long as the service asks, and goes to the next model where that is too long', async () => {
    test.settings = settingsFor(test.server.url, ['openai', 'second'], {
      routes: { drafting: { timeLimitMs: 8000 } },
    });
    test.server.on(
      { model: 'gpt-4o-mini' },
      { error: { message: 'slow down' }, status: 429, retryAfter: 60 },
    );
    test.server.on({ model: 'second-model' }, { content: REPLY });
    // The same service: it asked to be left alone, so the other model of it is not asked either.
    expect(await write()).toMatchObject({ ok: false, failure: { code: 'MODEL_BUSY' } });
    expect(models()).toEqual(['gpt-4o-mini']);
    expect(test.chat.isReady('drafting')).toBe(false);
  });

  it('is not made once text was read, unless the reader can begin anew', async () => {
    test.server.on(
      { sequenceIndex: 0 },
      { content: REPLY },
      { chunkSize: 8, latency: 10, truncateAfterChunks: 4 },
    );
    test.server.on({ sequenceIndex: 1 }, { content: REPLY });
    test.server.on({ sequenceIndex: 2 }, { content: REPLY });
    const pieces: string[] = [];
    const call = callForTests('Where is my parcel?');
    expect(await test.chat.write(call, (piece) => pieces.push(piece))).toMatchObject({
      ok: false,
      failure: { code: 'MODEL_CUT_OFF' },
    });
    expect(pieces.length).toBeGreaterThan(0);
    test.server.resetMatchCounts();
    let text = '';
    const onText = (piece: string): void => void (text += piece);
    expect(await test.chat.write(call, onText, () => (text = ''))).toMatchObject({ ok: true, value: REPLY });
    expect(text).toBe(REPLY);
  });
});

describe('a chain of models', () => {
  it('goes on to the next model and says which answered', async () => {
    test.settings = settingsFor(test.server.url, ['openai', 'anthropic']);
    test.server.on({ model: 'gpt-4o-mini' }, { error: { message: 'no such model' }, status: 404 });
    test.server.on({ model: /claude/ }, { content: REPLY });
    expect(await write()).toMatchObject({ ok: true, usage: { provider: 'anthropic', attempts: 2 } });
  });

  it('gives up a model that sends nothing', async () => {
    test.settings = settingsFor(test.server.url, ['openai', 'second'], {
      routes: { drafting: { firstPieceMs: 200 } },
    });
    test.server.on({ model: 'gpt-4o-mini' }, { content: REPLY }, { chaos: { latencyMs: 1200 } });
    test.server.on({ model: 'second-model' }, { content: REPLY });
    expect(await write()).toMatchObject({ ok: true, usage: { model: 'second-model' } });
  });

  it('tells why the first gave no answer when none does', async () => {
    test.settings = settingsFor(test.server.url, ['anthropic', 'openai']);
    test.keys.delete('anthropic');
    test.server.on({}, { error: { message: 'no', code: 'invalid_api_key' }, status: 401 });
    expect(await write()).toMatchObject({ ok: false, failure: { code: 'MODEL_NOT_SET_UP' } });
    expect(models()).toEqual(['gpt-4o-mini']);
  });

  it('uses the small models for tasks that only read', async () => {
    test.settings = settingsFor(test.server.url, ['openai'], {
      small: ['second'],
      routes: { critique: { models: [] } },
    });
    test.server.on({}, { content: REPLY });
    await test.chat.write(callForTests('a', { task: 'intent' }));
    await test.chat.write(callForTests('a', { task: 'summary' }));
    expect(models()).toEqual(['second-model', 'gpt-4o-mini']);
    expect(test.chat.isReady('critique')).toBe(false);
  });
});

it('asks a second model beside a slow first one, takes the faster and closes the other', async () => {
  const hedging = (hedgeAfterMs: number): typeof test.settings =>
    settingsFor(test.server.url, ['openai', 'second'], { routes: { drafting: { hedgeAfterMs } } });
  test.settings = hedging(80);
  test.server.on({ model: 'gpt-4o-mini' }, { content: `slow ${REPLY}` }, { chaos: { latencyMs: 10_000 } });
  test.server.on({ model: 'second-model' }, { content: REPLY });
  const startedAt = performance.now();
  let text = '';
  const outcome = await test.chat.write(callForTests('parcel?'), (piece) => (text += piece));
  expect(outcome).toMatchObject({ ok: true, usage: { model: 'second-model' } });
  expect(text).toBe(REPLY);
  expect(performance.now() - startedAt).toBeLessThan(9000);
  test.server.clearFixtures();
  // Longer than any answer takes here, so that only a second question too many can fail.
  test.settings = hedging(20_000);
  test.server.on({}, { content: REPLY });
  await test.chat.write(callForTests('fast?'));
  expect(models()).toEqual(['gpt-4o-mini', 'second-model', 'gpt-4o-mini']);
});

it('leaves a service alone that fails again and again, and one whose key it refused', async () => {
  test.server.on({}, busy);
  for (let call = 0; call < 3; call += 1) await write();
  const sent = test.ledger.length;
  expect(sent).toBe(4);
  expect(test.chat.isReady('drafting')).toBe(false);
  expect(await write()).toMatchObject({ ok: false, failure: { code: 'MODEL_UNREACHABLE' } });
  expect(test.ledger).toHaveLength(sent);
});

it('says why no model may be asked', async () => {
  const why = (): string | undefined => test.chat.obstacle('drafting')?.code;
  expect(why()).toBeUndefined();
  test.keys.delete('openai');
  expect(why()).toBe('MODEL_KEY_MISSING');
  test.keys.set('openai', 'a-key');
  test.server.on({}, { error: { message: 'no', code: 'invalid_api_key' }, status: 401 });
  await write();
  expect(why()).toBe('MODEL_KEY_REFUSED');
  test.settings = { ...test.settings, isOn: false };
  expect(why()).toBe('MODEL_NOT_SET_UP');
});

it('asks again at once with another key', async () => {
  test.server.on({}, { error: { message: 'no', code: 'invalid_api_key' }, status: 401 });
  await write();
  await write();
  expect(test.ledger).toHaveLength(1);
  test.server.clearFixtures();
  test.server.on({}, { content: REPLY });
  test.keys.set('openai', 'another-key');
  expect(test.chat.isReady('drafting')).toBe(true);
  expect(await write()).toMatchObject({ ok: true });
});

describe('limits', () => {
  it.each([
    ['local', 'MODEL_OVER_BUDGET', []],
    ['cheaper', 'ok', ['second-model']],
    ['warn', 'ok', ['gpt-4o-mini']],
  ] as const)('at the limit: %s', async (atLimit, code, asked) => {
    test.server.on({}, { content: REPLY });
    test.reached = () => true;
    test.settings = settingsFor(test.server.url, ['openai'], { limits: { atLimit, cheaperModel: 'second' } });
    const outcome = await write();
    expect(outcome.ok ? 'ok' : outcome.failure.code).toBe(code);
    expect(models()).toEqual(asked);
    expect(test.chat.isReady('drafting')).toBe(code === 'ok');
  });

  // Catches money that is held back for ever by a call that ended in another way than by an answer.
  it('holds back what a call may use while it is under way, however it ends', async () => {
    test.server.on({}, { content: REPLY }, { chunkSize: 8, latency: 10 });
    const during: number[] = [];
    const stop = new AbortController();
    await test.chat.write(callForTests('parcel?'), () => during.push(test.held.size));
    expect(new Set(during)).toEqual(new Set([1]));
    const cancelled = test.chat.write(callForTests('parcel?', { signal: stop.signal }), () => stop.abort());
    expect(await cancelled).toMatchObject({ ok: false, failure: { code: 'MODEL_CANCELLED' } });
    test.server.clearFixtures();
    test.server.on({}, { error: { message: 'no', code: 'invalid_api_key' }, status: 401 });
    await write();
    await vi.waitFor(() => expect(test.held.size).toBe(0));
  });

  // Catches limits that count answers only: what broke off was paid for too.
  it('counts what broke off', async () => {
    test.server.on({}, { content: REPLY }, { chunkSize: 8, latency: 10, truncateAfterChunks: 4 });
    await test.chat.write(callForTests('parcel?'), () => undefined);
    expect(test.notes).toHaveLength(1);
    expect(test.notes[0]?.outputTokens).toBeGreaterThan(0);
    expect(test.settled).toHaveLength(1);
  });
});

describe('private values', () => {
  const privateValues = [{ kind: 'name', value: 'Ana Miller' }] as const;

  it('never leave, and are put back in the stream', async () => {
    test.server.on({}, { content: 'Hello [name-0], it is on its way.' }, { chunkSize: 3 });
    const pieces: string[] = [];
    const call = callForTests('I am Ana Miller. Where is my parcel?', { privateValues });
    const outcome = await test.chat.write(call, (piece) => pieces.push(piece));
    expect(outcome).toMatchObject({ ok: true, value: 'Hello Ana Miller, it is on its way.' });
    expect(pieces.join('')).toBe('Hello Ana Miller, it is on its way.');
    expect(pieces.every((piece) => !piece.includes('['))).toBe(true);
    expect(JSON.stringify(test.ledger.map(({ body }) => body))).not.toContain('Miller');
  });

  it('keep everything here where the privacy rules say so', async () => {
    test.blocks = true;
    expect(test.chat.isReady('drafting')).toBe(false);
    expect(await write()).toMatchObject({ ok: false, failure: { code: 'MODEL_BLOCKED_BY_PRIVACY' } });
    expect(test.ledger).toHaveLength(0);
  });
});

describe('kept answers', () => {
  const cacheKey = {
    need: 'How long does shipping take?',
    release: 'r1',
    promptVersion: 1,
    hasToolFacts: false,
  };
  const ask = (more = {}, text = 'How long does shipping take?') => write(text, { cacheKey, ...more });

  it('answer an equal need of the same release once', async () => {
    test.server.on({}, { content: 'Two days.' });
    expect(await ask()).toMatchObject({ ok: true, usage: { fromCache: false } });
    const again = await ask({ cacheKey: { ...cacheKey, need: ' how long does  shipping take ' } });
    expect(again).toMatchObject({ ok: true, value: 'Two days.', usage: { fromCache: true, costMicros: 0 } });
    expect(test.ledger).toHaveLength(1);
    await ask({ cacheKey: { ...cacheKey, release: 'r2' } });
    await ask({ cacheKey: { ...cacheKey, promptVersion: 2 } });
    await ask({ cacheKey: { ...cacheKey, evidence: ['E1 Shipping takes three days.'] } });
    await ask({ task: 'summary' });
    test.settings = settingsFor(test.server.url, ['second']);
    await ask();
    expect(test.ledger).toHaveLength(6);
  });

  // Catches one customer's facts in another customer's reply.
  it.each([
    [
      'the turns hold a private value',
      { privateValues: [{ kind: 'name', value: 'Ana Miller' }] },
      'Ana Miller asks',
      'It is the 3rd.',
    ],
    [
      'the answer holds one',
      { privateValues: [{ kind: 'order', value: 'A-77' }] },
      'How long?',
      'Your order A-77 comes today.',
    ],
    [
      'look-ups were made',
      { cacheKey: { ...cacheKey, hasToolFacts: true } },
      'How long?',
      'It left on 3 May.',
    ],
    ['nobody said it may be kept', { cacheKey: undefined }, 'How long?', 'Two days.'],
  ])('are neither kept nor used where %s', async (_, more, text, answer) => {
    test.server.on({}, { content: answer });
    await ask(more, text);
    expect(test.kept.size).toBe(0);
    test.server.clearFixtures();
    test.server.on({}, { content: 'Two days.' });
    expect(await ask({}, 'How long?')).toMatchObject({ ok: true, value: 'Two days.' });
  });
});
