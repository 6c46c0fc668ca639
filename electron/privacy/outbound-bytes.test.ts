import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { EmbedderSettings, type OpenAiCompatible } from '../../shared/domain/embedder-settings.js';
import { createServiceEmbedders } from '../models/adapters/openai-embedder.js';
import { readBody } from './ledger-reader.js';
import { createLedgerStore } from './ledger-store.js';
import { egressLedgerForTests, guardForTests, ledgerForTests } from './privacy-for-tests.js';

/*
 * Greps every byte a listening service gets for personal data that was seeded into what is sent: questions to a search service, and
 * conversations as a chat model gets them, several texts at a time, over several calls.
 */

interface Row {
  readonly text: string;
  readonly split: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly kind: string }[];
}

/** The seeded texts rules were written on: here it is not measured how much is found, but that what is found never leaves. */
const ROWS = readFileSync(new URL('../../evals/datasets/pii.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
  .filter(({ split }) => split === 'fit');

let ledger: ReturnType<typeof ledgerForTests>;
let server: Server;
let address: string;
const received: Buffer[] = [];

beforeAll(async () => {
  ledger = ledgerForTests();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      // Whatever of a request can carry something counts, not only its body.
      received.push(
        Buffer.concat([Buffer.from(`${String(request.url)} ${JSON.stringify(request.headers)} `), body]),
      );
      const { input = [] } = JSON.parse(body.toString() || '{}') as { input?: string[] };
      const data = input.map((_, index) => ({ index, embedding: [1, 0, 0, 0] }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data, text: '[NAME_1]' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  ledger.remove();
});

it('no seeded value leaves, and each request is in the ledger byte for byte', async () => {
  const guard = guardForTests(ledger.database());
  const egress = egressLedgerForTests(ledger.database());
  const settings = EmbedderSettings.parse({
    ...{ kind: 'openai_compatible', baseUrl: `${address}/v1`, model: 'tiny', dimensions: 4 },
  }) as OpenAiCompatible;
  const embed = createServiceEmbedders(() => 'key', { guard, ledger: egress });

  for (const [at, { text }] of ROWS.entries()) {
    await embed(settings, [text], 'query', undefined);
    const conversationId = `c-${String(at % 7)}`;
    const disguised = guard.disguise({
      conversationId,
      texts: ['You help a support rep.', text, `Answer this: ${text}`],
      privateValues: [],
    });
    if (!disguised) throw new Error('blocked');
    const purpose = { kind: 'chat', task: 'drafting', runId: `r-${String(at)}`, conversationId } as const;
    const answer = await egress.fetchFor({ ...purpose, replaced: disguised.replaced })(`${address}/v1/chat`, {
      method: 'POST',
      body: JSON.stringify({ messages: disguised.texts }),
    });
    await answer.text();
  }

  const all = Buffer.concat(received).toString('utf8').toLowerCase();
  const leaked = ROWS.flatMap(({ text, spans }) => spans.map(({ start, end }) => text.slice(start, end)))
    // A first name of three letters is part of many words.
    .filter((value) => value.length > 4)
    .filter((value) =>
      [value, JSON.stringify(value).slice(1, -1)].some((one) => all.includes(one.toLowerCase())),
    );
  expect([...new Set(leaked)]).toEqual([]);

  const store = createLedgerStore(ledger.database());
  const entries = [...store.list({}, null, 10_000)].reverse();
  expect(entries).toHaveLength(received.length);
  for (const [at, { id }] of entries.entries()) {
    const body = await readBody(store, id);
    expect(received[at]?.subarray(-body.byteLength).equals(body)).toBe(true);
  }
});
