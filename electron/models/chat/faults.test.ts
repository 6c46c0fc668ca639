import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

import {
  callForTests,
  chatModelForTests,
  settingsFor,
  type ChatModelForTests,
} from './chat-model-for-tests.js';

const REPLY = 'Your parcel left our warehouse on 3 May and arrives within two days.';
const form = z.object({ label: z.enum(['order_status', 'refund']), order: z.string().nullable() });

let test: ChatModelForTests;
beforeEach(async () => {
  test = await chatModelForTests();
});
afterEach(() => test.close());

const codeOf = async (text = 'Where is my parcel?', more = {}): Promise<string> => {
  const outcome = await test.chat.write(callForTests(text, more), () => undefined);
  return outcome.ok ? 'ok' : outcome.failure.code;
};

it.each([
  ['an empty answer', { content: ' ' }, 'MODEL_EMPTY'],
  ['a refusal of a filter', { content: 'I', finishReason: 'content_filter' }, 'MODEL_REFUSED'],
  ['a refusal in words', { content: "I'm sorry, I can't help with that request." }, 'MODEL_REFUSED'],
  [
    'endless repetition',
    { content: 'Please wait for our colleagues. '.repeat(200) },
    'MODEL_REPEATED_ITSELF',
  ],
] as const)('names %s', async (_, response, code) => {
  test.server.on({}, response);
  expect(await codeOf()).toBe(code);
});

// Catches a loop that is paid for to its end: it is closed while it streams.
it('closes a loop while it runs', async () => {
  test.server.on(
    {},
    { content: 'Please wait for our colleagues. '.repeat(2000) },
    { chunkSize: 64, latency: 1 },
  );
  let read = 0;
  await test.chat.write(callForTests('parcel?'), (piece) => (read += piece.length));
  expect(read).toBeLessThan(2000);
});

it('names another language only where one is expected', async () => {
  const german =
    'Ihr Paket hat unser Lager am Montag verlassen und kommt in der Regel innerhalb von zwei Werktagen an.';
  test.server.on({}, { content: german });
  expect(await codeOf('parcel?', { expectLanguage: 'en' })).toBe('MODEL_WRONG_LANGUAGE');
  expect(await codeOf('parcel?', { expectLanguage: 'de' })).toBe('ok');
  expect(await codeOf()).toBe('ok');
});

it('names a socket that dies and a server that is not there', async () => {
  test.server.on({}, { content: REPLY }, { disconnectAfterMs: 30, latency: 20, chunkSize: 4 });
  expect(await codeOf()).toBe('MODEL_CUT_OFF');
  test.settings = settingsFor('http://127.0.0.1:9', ['openai']);
  expect(await codeOf()).toBe('MODEL_UNREACHABLE');
});

it('names a stream of broken JSON and a page of another service', async () => {
  const broken = await serverThat((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('data: {"choices": [{"delta": {"content": "Hel\n\n');
  });
  test.settings = settingsFor(broken.origin, ['openai']);
  expect(await codeOf()).toBe('MODEL_CUT_OFF');
  const page = await serverThat((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>Sign in to the guest network</html>');
  });
  test.settings = settingsFor(page.origin, ['openai']);
  expect(await codeOf()).toBe('MODEL_REQUEST_REFUSED');
  await Promise.all([broken.close(), page.close()]);
});

// Catches a key, or what a customer wrote, that follows a redirect to somebody else.
it('follows no redirect', async () => {
  const thief = await serverThat((_, response) => response.end('{}'));
  const redirecting = await serverThat((_, response) => {
    response.writeHead(307, { location: `${thief.origin}/v1/chat/completions` });
    response.end();
  });
  for (const protocol of ['openai', 'anthropic', 'google']) {
    test.settings = settingsFor(redirecting.origin, [protocol]);
    expect(await codeOf()).toBe('MODEL_REQUEST_REFUSED');
  }
  expect(thief.seen()).toBe(0);
  await Promise.all([thief.close(), redirecting.close()]);
});

it.each(['openai', 'anthropic', 'google'])('closes the socket of a cancelled %s call', async (protocol) => {
  let closed: () => void = () => undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const hanging = await serverThat((incoming, response) => {
    incoming.socket.once('close', closed);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': waiting\n\n');
  });
  test.settings = settingsFor(hanging.origin, [protocol]);
  const cancel = new AbortController();
  const outcome = test.chat.write(callForTests('parcel?', { signal: cancel.signal }));
  await hanging.asked;
  const cancelledAt = performance.now();
  cancel.abort();
  expect(await outcome).toMatchObject({ ok: false, failure: { code: 'MODEL_CANCELLED' } });
  expect(performance.now() - cancelledAt).toBeLessThan(100);
  await isClosed;
  await hanging.close();
});

it('ends at the time limit of the task, whatever the service does', async () => {
  const hanging = await serverThat(() => undefined);
  test.settings = settingsFor(hanging.origin, ['openai'], { routes: { drafting: { timeLimitMs: 250 } } });
  const startedAt = performance.now();
  expect(await codeOf()).toBe('MODEL_TIME_LIMIT');
  expect(performance.now() - startedAt).toBeLessThan(600);
  await hanging.close();
});

it('shows a form that does not fit once, with what is wrong, and takes the corrected one', async () => {
  test.server.on({ userMessage: /does not fit/ }, { content: '{"label":"refund","order":"A-1"}' });
  test.server.on({}, { content: '```json\n{"label":"complaint","order":"[order-0]"}\n```' });
  const call = callForTests('I want my money for A-1 back', {
    privateValues: [{ kind: 'order', value: 'A-1' }],
  });
  const outcome = await test.chat.fill({ ...call, form, formName: 'intent' });
  expect(outcome).toMatchObject({
    ok: true,
    value: { label: 'refund', order: 'A-1' },
    usage: { attempts: 2 },
  });
  expect(test.ledger).toHaveLength(2);
  expect(test.ledger[1]?.body).toContain('complaint');
  // What was put back to be checked is replaced again before it leaves.
  expect(test.ledger[1]?.body).not.toContain('A-1');
});

it('gives up on a form after one repair', async () => {
  test.server.on({}, { content: 'I think it is about a refund.' });
  const outcome = await test.chat.fill({ ...callForTests('money back'), form, formName: 'intent' });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'MODEL_MALFORMED' } });
  expect(test.ledger).toHaveLength(2);
});

it('asks a service without structured output in words, and remembers that', async () => {
  test.server.on(
    { predicate: ({ response_format }) => response_format !== undefined },
    {
      error: { message: "'response_format' of type 'json_schema' is not supported with this model" },
      status: 400,
    },
  );
  test.server.on({}, { content: 'Here it is: {"label":"refund","order":null}' });
  for (const requests of [2, 3]) {
    const outcome = await test.chat.fill({ ...callForTests('money back'), form, formName: 'intent' });
    expect(outcome).toMatchObject({ ok: true, value: { label: 'refund', order: null } });
    expect(test.ledger).toHaveLength(requests);
  }
  expect(test.ledger[2]?.body).toContain('JSON schema');
});

it('leaves out a temperature the model refuses', async () => {
  test.server.on(
    { predicate: ({ temperature }) => temperature !== undefined },
    {
      error: { message: "Unsupported value: 'temperature' does not support 0.3 with this model." },
      status: 400,
    },
  );
  test.server.on({}, { content: REPLY });
  expect(await codeOf()).toBe('ok');
  expect(await codeOf()).toBe('ok');
  expect(test.ledger).toHaveLength(3);
});

it.each([
  ['a tool that was not offered', { name: 'refund_order', arguments: '{}' }],
  ['input that does not fit', { name: 'track_parcel', arguments: '{"orderId": 7}' }],
  ['input that is not JSON', { name: 'track_parcel', arguments: '{"orderId": ' }],
])('refuses %s', async (_, choice) => {
  test.server.on({}, { toolCalls: [choice] });
  const tools = [{ name: 'track_parcel', description: 'x', input: z.object({ orderId: z.string() }) }];
  expect(await test.chat.choose({ ...callForTests('parcel?'), tools })).toMatchObject({
    ok: false,
    failure: { code: 'MODEL_MALFORMED' },
  });
});

interface RawServer {
  readonly origin: string;
  /** Resolves with the first request. */
  readonly asked: Promise<void>;
  seen(): number;
  close(): Promise<void>;
}

async function serverThat(
  answers: (incoming: IncomingMessage, response: ServerResponse) => void,
): Promise<RawServer> {
  let count = 0;
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const server: Server = createServer((incoming, response) => {
    count += 1;
    answers(incoming, response);
    ask();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    seen: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
