import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EgressPurpose } from '../models/outbound-port.js';
import { exportLedger, readDetail } from './ledger-reader.js';
import { createLedgerRetention } from './ledger-retention.js';
import { createLedgerStore } from './ledger-store.js';
import { egressLedgerForTests, ledgerForTests } from './privacy-for-tests.js';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PURPOSE: EgressPurpose = {
  kind: 'chat',
  ...{ task: 'drafting', runId: 'run-1', conversationId: 'c-1', replaced: { email: 2 } },
};

let ledger: ReturnType<typeof ledgerForTests>;
let server: Server;
let address: string;
const received: Buffer[] = [];
beforeEach(async () => {
  ledger = ledgerForTests();
  received.splice(0);
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(Buffer.concat(chunks));
      if (request.url === '/away') return void response.writeHead(307, { location: '/elsewhere' }).end();
      if (request.url === '/breaks') {
        response.writeHead(200).write('half');
        return void setTimeout(() => response.destroy(), 30);
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('one ');
      setTimeout(() => response.end('two'), 50);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  ledger.remove();
});

const newest = () => createLedgerStore(ledger.database()).list({}, null, 1)[0];

describe('The ledger', () => {
  // Catches a request that looks under way for ever because the app was killed.
  it('ends what a kill left open, and leaves what may still be answered', async () => {
    const fetchIt = egressLedgerForTests(ledger.database()).fetchFor(PURPOSE);
    await (await fetchIt(`${address}/v1`)).text();
    const store = createLedgerStore(ledger.database());
    ledger.database().exec("UPDATE egress SET state = 'open', status = NULL");
    expect(store.closeOpen('2020-01-01T00:00:00.000Z')).toBe(0);
    expect(newest()?.state).toBe('open');
    expect(store.closeOpen(new Date(Date.now() + 1000).toISOString())).toBe(1);
    expect(newest()).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('ended before') as string,
    });
  });

  it('masks every header it does not know, whatever a team calls the one with its secret', async () => {
    const fetchIt = egressLedgerForTests(ledger.database()).fetchFor(PURPOSE);
    const headers = { 'x-gateway-pass': 'value-of-gateway', 'anthropic-version': '2023-06-01' };
    await (
      await fetchIt(`${address}/v1?sig=value-of-sig&alt=sse`, { method: 'POST', headers, body: '{}' })
    ).text();
    const detail = await readDetail(createLedgerStore(ledger.database()), newest()?.id ?? 0);
    expect(JSON.stringify(detail)).not.toContain('value-of');
    expect(detail.headers['anthropic-version']).toBe('2023-06-01');
    expect(detail.entry.path).toContain('alt=sse');
  });

  it('holds the very bytes that were sent, whom they went to and why, and no key', async () => {
    const fetchIt = egressLedgerForTests(ledger.database()).fetchFor(PURPOSE);
    const body = JSON.stringify({ text: 'Grüße an [NAME_1] 👋'.repeat(40) });
    const answer = await fetchIt(`${address}/v1/chat?key=abc&beta=true`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk-secret',
        'x-api-key': 'sk-secret',
        'content-type': 'application/json',
      },
      body,
    });
    expect(await answer.text()).toBe('one two');
    const detail = await readDetail(createLedgerStore(ledger.database()), newest()?.id ?? 0);
    expect(received).toEqual([Buffer.from(body)]);
    expect(detail.body).toBe(body);
    expect(detail.entry).toMatchObject({
      ...{ kind: 'chat', task: 'drafting', runId: 'run-1', conversationId: 'c-1', replaced: { email: 2 } },
      ...{ host: new URL(address).host, path: '/v1/chat?key=(hidden, 3 characters)&beta=true' },
      ...{
        method: 'POST',
        bodyBytes: Buffer.byteLength(body),
        state: 'answered',
        status: 200,
        answerBytes: 7,
      },
    });
    expect(JSON.stringify([detail.headers, detail.entry])).not.toContain('sk-secret');
    expect(detail.headers['content-type']).toBe('application/json');
  });

  it('passes an answer on piece by piece', async () => {
    const answer = await egressLedgerForTests(ledger.database()).fetchFor(PURPOSE)(address);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('one ');
    expect(newest()?.state).toBe('open');
    await reader?.cancel();
    expect(newest()).toMatchObject({ state: 'failed', failure: 'cancelled', answerBytes: 4 });
  });

  // Catches the one request nobody can ever find out about.
  it('lets nothing leave that it cannot write down', async () => {
    const { database } = ledger;
    database().exec(
      `CREATE TRIGGER full BEFORE INSERT ON egress_body BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
    );
    const refused = egressLedgerForTests(database()).fetchFor(PURPOSE)(address, {
      method: 'POST',
      body: 'x',
    });
    await expect(refused).rejects.toMatchObject({
      error: { code: 'LEDGER_NOT_WRITABLE', detail: expect.stringContaining('disk is full') as string },
    });
    expect(received).toEqual([]);
    expect(newest()).toBeUndefined();
  });

  it('is the last door: nothing leaves where nothing may', async () => {
    const shut = egressLedgerForTests(ledger.database(), { maySend: (kind) => kind === 'feedback' });
    await expect(shut.fetchFor(PURPOSE)(address)).rejects.toMatchObject({
      error: { code: 'PRIVACY_BLOCKED' },
    });
    expect(received).toEqual([]);
    await shut
      .fetchFor({ ...PURPOSE, kind: 'feedback' })(address)
      .then((answer) => answer.text());
    expect(received).toHaveLength(1);
  });

  it('has an entry before the connection opens, also for one that never does', async () => {
    const seen: unknown[] = [];
    const lost = egressLedgerForTests(ledger.database(), {
      send: () => {
        seen.push(newest()?.state);
        return Promise.reject(new TypeError('fetch failed'));
      },
    });
    await expect(lost.fetchFor(PURPOSE)(address)).rejects.toThrow('fetch failed');
    expect(seen).toEqual(['open']);
    expect(newest()).toMatchObject({ state: 'failed', status: null, failure: 'TypeError' });
  });

  it('follows no redirect and says how an answer broke off', async () => {
    const fetchIt = egressLedgerForTests(ledger.database()).fetchFor(PURPOSE);
    await expect(fetchIt(`${address}/away`, { method: 'POST', body: 'x' })).rejects.toThrow();
    expect(received).toHaveLength(1);
    await expect(fetchIt(`${address}/breaks`).then((answer) => answer.text())).rejects.toThrow();
    expect(newest()).toMatchObject({ state: 'failed', status: 200, answerBytes: 4 });
  });

  it('takes what a call used to the request that was answered', async () => {
    const egress = egressLedgerForTests(ledger.database());
    await egress
      .fetchFor(PURPOSE)(address)
      .then((answer) => answer.text());
    await expect(egress.fetchFor(PURPOSE)(`${address}/away`)).rejects.toThrow();
    egress.settle('run-1', 'drafting', { inputTokens: 100, outputTokens: 20, costMicros: 42 });
    egress.settle('run-1', 'critique', { inputTokens: 1, outputTokens: 1, costMicros: 1 });
    const entries = createLedgerStore(ledger.database()).list({}, null, 10);
    expect(entries.map(({ inputTokens, costMicros }) => [inputTokens, costMicros])).toEqual([
      [null, null],
      [100, 42],
    ]);
  });
});

describe('What is kept', () => {
  const send = (now: string, body: string, purpose: Partial<EgressPurpose> = {}) =>
    egressLedgerForTests(ledger.database(), { now: () => new Date(now) })
      .fetchFor({ ...PURPOSE, ...purpose })(address, { method: 'POST', body })
      .then((answer) => answer.text());

  it('is not older and not more than is wanted', async () => {
    const store = createLedgerStore(ledger.database());
    const retention = createLedgerRetention(ledger.database());
    for (const day of ['01', '10', '20']) await send(`2026-11-${day}T10:00:00Z`, 'x'.repeat(100));
    const now = new Date('2026-11-27T10:00:00Z');
    expect(retention.prune({ keepDays: 30, keepMegabytes: 10 }, now)).toBe(0);
    expect(retention.prune({ keepDays: 20, keepMegabytes: 10 }, now)).toBe(1);
    expect(retention.prune({ keepDays: 20, keepMegabytes: 0.00015 }, now)).toBe(1);
    expect(store.list({}, null, 10).map(({ at }) => at)).toEqual(['2026-11-20T10:00:00.000Z']);
    expect(store.totals()).toEqual({ entries: 1, bytes: 100 });
  });

  it('forgets a conversation, in the file too', async () => {
    await send('2026-11-20T10:00:00Z', 'the secret of c-1');
    await send('2026-11-20T10:00:00Z', 'of another', { conversationId: 'c-2' });
    expect(createLedgerRetention(ledger.database()).forget('c-1')).toBe(1);
    const file =
      (ledger.database().prepare('PRAGMA database_list').all() as { file: string }[])[0]?.file ?? '';
    const bytes = ['', '-wal'].map((end) =>
      fs.existsSync(file + end) ? fs.readFileSync(file + end) : Buffer.of(),
    );
    expect(Buffer.concat(bytes).includes('the secret of c-1')).toBe(false);
    expect(Buffer.concat(bytes).includes('of another')).toBe(true);
  });

  it('goes into a file whole, oldest first', async () => {
    await send('2026-11-20T10:00:00Z', 'first');
    await send('2026-11-21T10:00:00Z', 'second');
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-export-'));
    const file = path.join(dir, 'ledger.jsonl');
    expect(await exportLedger(createLedgerStore(ledger.database()), file)).toBe(2);
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { body: string }).body)).toEqual(['first', 'second']);
    fs.rmSync(dir, { recursive: true });
  });
});
