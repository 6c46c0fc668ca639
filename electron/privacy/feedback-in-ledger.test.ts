import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

import { expect, it } from 'vitest';

import { createHubClient } from '../sync/hub-client.js';
import { readDetail } from './ledger-reader.js';
import { createLedgerStore } from './ledger-store.js';
import { egressLedgerForTests, ledgerForTests } from './privacy-for-tests.js';

// Catches decisions that go to the hub past the ledger, and packed bodies nobody can read in it.
it('decisions that go to the hub stand in the ledger, readable though they were packed', async () => {
  const ledger = ledgerForTests();
  const received: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(Buffer.concat(chunks));
      response.setHeader('content-type', 'application/json').end('{"acknowledged":[],"refused":[]}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const egress = egressLedgerForTests(ledger.database());
    const client = createHubClient({
      baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      tokens: null,
      fetchFor: () =>
        egress.fetchFor({
          kind: 'feedback',
          ...{ task: null, runId: null, conversationId: null, replaced: {} },
        }),
    });
    // More than is sent unpacked; the hub of this test takes anything.
    const events = Array.from({ length: 40 }, (_, at) => ({ note: `decision ${String(at)} `.repeat(10) }));
    await client.request('feedback.send', { body: { events } }).catch(() => undefined);
    const store = createLedgerStore(ledger.database());
    const [entry] = store.list({ kind: 'feedback' }, null, 1);
    const detail = await readDetail(store, entry?.id ?? 0);
    expect(entry).toMatchObject({ method: 'POST', bodyBytes: received[0]?.byteLength, status: 200 });
    expect(detail.headers['content-encoding']).toBe('gzip');
    expect(detail.body).toBe(gunzipSync(received[0] ?? '').toString());
    expect(detail.body).toContain('decision 39');
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    ledger.remove();
  }
});
