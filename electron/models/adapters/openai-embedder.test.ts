import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { EmbedderSettings, type OpenAiCompatible } from '../../../shared/domain/embedder-settings.js';
import { describeEmbedder } from '../embedder.conformance.js';
import {
  embeddingServiceForTests,
  sendVectors,
  type Fault,
  type ServiceForTests,
} from '../embedding-service-for-tests.js';
import type { Embedder } from '../embedder.js';
import { outboundForTests } from '../outbound-for-tests.js';
import { createOpenAiEmbedder, probeOpenAiEmbedder } from './openai-embedder.js';

let service: ServiceForTests;
beforeAll(async () => {
  service = await embeddingServiceForTests();
});
afterAll(() => service.close());

const settings = (more: Partial<OpenAiCompatible> = {}): OpenAiCompatible =>
  EmbedderSettings.parse({
    kind: 'openai_compatible',
    baseUrl: service.baseUrl,
    model: 'tiny',
    dimensions: 48,
    ...more,
  }) as OpenAiCompatible;
const open = (more: Partial<OpenAiCompatible> = {}, key: string | null = 'secret'): Embedder =>
  createOpenAiEmbedder({ settings: settings(more), apiKey: () => key, outbound: outboundForTests });

describeEmbedder('An embedding service', () => Promise.resolve(open()));

describe('An embedding service', () => {
  beforeEach(() => {
    service.faults.splice(0);
    service.requests.splice(0);
  });
  const status =
    (code: number, headers: Record<string, string> = {}): Fault =>
    (_, response) => {
      response.writeHead(code, headers).end('{"error":{"message":"where is my parcel"}}');
      return true;
    };
  const refusal = async (work: Promise<unknown>) =>
    work.then(
      () => null,
      (cause: unknown) => (cause as { error: { code: string; detail?: string } }).error,
    );

  it('is asked with key, model and prefix of the role, in batches, and gets no text that is empty or too long', async () => {
    const embedder = open({
      batchSize: 2,
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
      maxTokens: 16,
    });
    await embedder.embed(['a parcel', ' ', 'refund', 'late '.repeat(50)], undefined, 'passage');
    await embedder.embed(['refund']);
    expect(service.requests.map(({ input }) => input)).toEqual([
      ['passage: a parcel', 'passage: refund'],
      [`passage: ${'late '.repeat(50)}`.slice(0, 48)],
      ['query: refund'],
    ]);
    expect(service.requests[0]).toMatchObject({
      model: 'tiny',
      key: 'Bearer secret',
      organization: undefined,
      encoding_format: 'base64',
    });
    expect(service.requests[0]).not.toHaveProperty('dimensions');
  });

  it('is asked for a number of dimensions only where it can shorten', async () => {
    await open({ asksForDimensions: true }).embed(['refund']);
    expect(service.requests[0]).toMatchObject({ dimensions: 48 });
  });

  it('gives the same vectors as plain numbers where it does not know base64', async () => {
    const [expected] = await open().embed(['refund']);
    const embedder = open();
    service.faults.push(status(400));
    const [plain] = await embedder.embed(['refund']);
    await embedder.embed(['refund']);
    expect(service.requests.map(({ encoding_format: format }) => format)).toEqual([
      'base64',
      'base64',
      'float',
      'float',
    ]);
    expect(plain?.every((value, i) => Math.abs(value - (expected?.[i] ?? 0)) < 1e-6)).toBe(true);
  });

  it('may answer in any order', async () => {
    const expected = await open().embed(['refund', 'parcel']);
    service.faults.push((request, response, vectors) => {
      sendVectors(response, vectors.toReversed(), request.encoding_format, (i) => 1 - i);
      return true;
    });
    expect(await open().embed(['refund', 'parcel'])).toEqual(expected);
  });

  const wrongAnswers: [string, Fault, RegExp][] = [
    ['a row too few', (r, s, v) => (sendVectors(s, v.slice(1), r.encoding_format), true), /1 vectors for 2/],
    ['a row twice', (r, s, v) => (sendVectors(s, v, r.encoding_format, () => 0), true), /came twice/],
    [
      'short rows',
      (r, s, v) => (
        sendVectors(
          s,
          v.map((row) => row.slice(1)),
          r.encoding_format,
        ),
        true
      ),
      /of 47 numbers, not of 48/,
    ],
    [
      'numbers that are none',
      (r, s, v) => (
        sendVectors(
          s,
          v.map((row) => row.map(() => NaN)),
          r.encoding_format,
        ),
        true
      ),
      /not finite/,
    ],
    [
      'zeros',
      (r, s, v) => (
        sendVectors(
          s,
          v.map((row) => row.map(() => 0)),
          r.encoding_format,
        ),
        true
      ),
      /zeros/,
    ],
    ['another form', (_, s) => (s.end('[]'), true), /no list of embeddings/],
  ];
  it.each(wrongAnswers)('is refused when it answers with %s', async (_, fault, reason) => {
    service.faults.push(fault);
    const error = await refusal(open().embed(['refund', 'parcel']));
    expect(error).toMatchObject({ code: 'EMBEDDER_BAD_ANSWER' });
    expect(error?.detail).toMatch(reason);
  });

  it('is asked again for passages when it is busy or down, as soon as it says, and not for a question', async () => {
    const soon = { 'retry-after-ms': '5' };
    service.faults.push(status(429, soon), status(503, soon));
    expect(await open().embed(['refund'], undefined, 'passage')).toHaveLength(1);
    expect(service.requests).toHaveLength(3);
    service.faults.push(status(503));
    expect(await refusal(open().embed(['refund'], undefined, 'query'))).toMatchObject({
      code: 'EMBEDDER_UNREACHABLE',
    });
    expect(service.requests).toHaveLength(4);
  });

  it('gets smaller requests where it takes less at a time', async () => {
    service.faults.push(status(413), status(413));
    const texts = ['refund', 'parcel', 'late', 'card', 'wool'];
    const rows = await open().embed(texts, undefined, 'passage');
    expect(rows).toEqual(await open().embed(texts, undefined, 'passage'));
    expect(service.requests.map(({ input }) => input.length)).toEqual([5, 3, 2, 1, 2, 5]);
  });

  it.each([
    [401, 'EMBEDDER_REFUSED'],
    [404, 'EMBEDDER_REFUSED'],
    [422, 'EMBEDDER_REFUSED'],
    [500, 'EMBEDDER_UNREACHABLE'],
  ])('with HTTP %i fails as %s, and says nothing of the text', async (code, expected) => {
    service.faults.push(status(code));
    const error = await refusal(open().embed(['where is my parcel']));
    expect(error?.code).toBe(expected);
    expect(error?.detail).toContain(`HTTP ${String(code)}`);
    expect(error?.detail).not.toContain('parcel');
  });

  it('is unreachable when nobody listens or it stays silent', async () => {
    expect(await refusal(open({ baseUrl: 'http://127.0.0.1:9/v1' }).embed(['refund']))).toMatchObject({
      code: 'EMBEDDER_UNREACHABLE',
    });
    service.faults.push(() => true);
    expect(await refusal(open().embed(['refund']))).toMatchObject({ code: 'EMBEDDER_UNREACHABLE' });
  });

  it('is let go of at once when the call is cancelled or the embedder closed', async () => {
    service.faults.push(
      () => true,
      () => true,
    );
    const cancelled = new AbortController();
    const waiting = refusal(open().embed(['refund'], cancelled.signal, 'passage'));
    cancelled.abort();
    expect(await waiting).toMatchObject({ code: 'SUGGESTION_CANCELLED' });
    const embedder = open();
    const second = refusal(embedder.embed(['refund'], undefined, 'passage'));
    await embedder.close();
    expect(await second).toMatchObject({ code: 'SUGGESTION_CANCELLED' });
  });

  it('is not asked without the key its settings name', async () => {
    const error = await refusal(open({ keyVariable: 'MY_KEY' }, null).embed(['refund']));
    expect(error).toMatchObject({ code: 'EMBEDDER_KEY_MISSING', detail: 'MY_KEY' });
    expect(service.requests).toEqual([]);
  });

  it('sends nothing on to another address, whatever the service answers', async () => {
    const other = await embeddingServiceForTests();
    service.faults.push((_, response) => {
      response.writeHead(307, { location: `${other.baseUrl}/embeddings` }).end();
      return true;
    });
    expect(await refusal(open().embed(['refund']))).toMatchObject({ code: 'EMBEDDER_UNREACHABLE' });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('tells its number of dimensions to whoever sets it up', async () => {
    const options = {
      settings: settings({ dimensions: 1 }),
      apiKey: () => 'secret',
      outbound: outboundForTests,
    };
    expect(await probeOpenAiEmbedder(options)).toBe(48);
    service.faults.push(status(401));
    expect(await refusal(probeOpenAiEmbedder(options))).toMatchObject({ code: 'EMBEDDER_REFUSED' });
  });
});
