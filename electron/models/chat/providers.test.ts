import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  callForTests,
  chatModelForTests,
  settingsFor,
  type ChatModelForTests,
} from './chat-model-for-tests.js';

const REPLY = 'Your parcel left our warehouse on 3 May and arrives within two days.';
const form = z.object({
  label: z.enum(['order_status', 'refund']),
  confidence: z.number(),
  note: z.string().nullable(),
});
const trackParcel = {
  name: 'track_parcel',
  description: 'Where a parcel is.',
  input: z.object({ orderId: z.string() }),
};

let test: ChatModelForTests;
beforeEach(async () => {
  test = await chatModelForTests();
});
afterEach(() => test.close());

describe.each(['openai', 'anthropic', 'google'] as const)('%s', (protocol) => {
  beforeEach(() => {
    test.settings = settingsFor(test.server.url, [protocol]);
  });

  it('streams text, with what it used and cost, through the ledger alone', async () => {
    test.server.onMessage(/parcel/, { content: REPLY }, { chunkSize: 8 });
    const pieces: string[] = [];
    const outcome = await test.chat.write(callForTests('Where is my parcel?'), (piece) => pieces.push(piece));
    expect(outcome).toMatchObject({ ok: true, value: REPLY, usage: { provider: protocol, attempts: 1 } });
    expect(pieces.join('')).toBe(REPLY);
    expect(pieces.length).toBeGreaterThan(3);
    expect(test.ledger).toHaveLength(1);
    expect(test.server.getRequests()).toHaveLength(1);
    const [entry] = test.ledger;
    expect(entry?.url.startsWith(test.server.url)).toBe(true);
    expect(entry?.body).toContain('You answer customers of a shop.');
    expect(entry?.purpose).toMatchObject({ kind: 'chat', task: 'drafting', runId: 'run-1' });
    expect(outcome.ok && outcome.usage.costMicros).toBeGreaterThan(0);
    expect(test.settled).toEqual([
      expect.objectContaining({
        inputTokens: test.notes[0]?.inputTokens,
        costMicros: test.notes[0]?.costMicros,
      }),
    ]);
  });

  it('fills a form', async () => {
    const value = { label: 'refund', confidence: 0.9, note: null };
    test.server.on({ userMessage: /money/ }, (request) =>
      (request.tools?.length ?? 0) > 0
        ? { toolCalls: [{ name: 'intent_form', arguments: JSON.stringify(value) }] }
        : { content: JSON.stringify(value) },
    );
    const outcome = await test.chat.fill({
      ...callForTests('I want my money back'),
      form,
      formName: 'intent_form',
    });
    expect(outcome).toMatchObject({ ok: true, value });
    expect(test.ledger[0]?.body).toContain('order_status');
  });

  it('chooses a tool', async () => {
    test.server.onMessage(/parcel/, {
      toolCalls: [{ name: 'track_parcel', arguments: '{"orderId":"A-1"}' }],
    });
    const outcome = await test.chat.choose({
      ...callForTests('Where is my parcel A-1?'),
      tools: [trackParcel],
    });
    expect(outcome).toMatchObject({ ok: true, value: [{ name: 'track_parcel', input: { orderId: 'A-1' } }] });
    expect(test.ledger[0]?.body).toContain('track_parcel');
  });

  it('chooses none where none is needed', async () => {
    test.server.onMessage(/thanks/, { content: 'You are welcome.' });
    const outcome = await test.chat.choose({ ...callForTests('thanks'), tools: [trackParcel] });
    expect(outcome).toMatchObject({ ok: true, value: [] });
  });

  it.each([
    [401, { message: 'Incorrect API key', code: 'invalid_api_key' }, 'MODEL_KEY_REFUSED'],
    [404, { message: 'The model does not exist', code: 'model_not_found' }, 'MODEL_NOT_FOUND'],
    [429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }, 'MODEL_QUOTA_USED_UP'],
    [400, { message: 'This model has a maximum context length of 8192 tokens' }, 'MODEL_TOO_LONG'],
    [400, { message: 'Unknown parameter' }, 'MODEL_REQUEST_REFUSED'],
  ] as const)('tells HTTP %i %j apart', async (status, error, code) => {
    test.server.on({}, { error, status });
    expect(await test.chat.write(callForTests('Where is my parcel?'))).toMatchObject({
      ok: false,
      failure: { code },
    });
    expect(test.ledger).toHaveLength(1);
  });

  it('says that a stream broke off', async () => {
    test.server.on({}, { content: REPLY }, { chunkSize: 4, truncateAfterChunks: 5, latency: 15 });
    expect(await test.chat.write(callForTests('parcel?'), () => undefined)).toMatchObject({
      ok: false,
      failure: { code: 'MODEL_CUT_OFF' },
    });
  });

  it('says that the answer reached its limit', async () => {
    test.server.on({}, { content: REPLY, finishReason: 'length' });
    expect(await test.chat.write(callForTests('parcel?'))).toMatchObject({
      ok: false,
      failure: { code: 'MODEL_CUT_OFF' },
    });
  });

  it('sends the key to the chosen address, nothing of the environment, and follows no redirect', async () => {
    process.env['OPENAI_ORG_ID'] = 'org-of-the-environment';
    process.env['LANGSMITH_TRACING'] = 'true';
    test.server.on({}, { content: REPLY });
    await test.chat.write(callForTests('parcel?'));
    delete process.env['OPENAI_ORG_ID'];
    const headers = [...(test.ledger[0]?.headers.entries() ?? [])].map(
      ([name, value]) => `${name}: ${value}`,
    );
    expect(headers.join('\n')).toContain(`key-${protocol}`);
    expect(headers.join('\n')).not.toContain('org-of-the-environment');
  });
});
