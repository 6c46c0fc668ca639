import { setImmediate as turn } from 'node:timers/promises';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { BusinessKind } from '../../shared/domain/business-system.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { ConnectedSystem } from './connected-system.js';
import { createConnectSystem } from './connect-system.js';
import { prepareApi } from './openapi/prepared-api.js';
import { teamProfile } from './profile-for-tests.js';

const now = (): Date => new Date('2026-11-27T12:00:00Z');
const context = { profile: teamProfile, now };
const customer = { name: 'Femke', email: 'femke@example.com' };
const { signal } = new AbortController();
const prepared = await prepareApi(
  'openapi: 3.0.3\npaths: { /a: { get: { operationId: look }, post: { operationId: do } } }',
  `[{ operation: look, name: look, title: A, description: A., public: true, facts: { a: { key: a.b, label: A } } },
    { operation: do, name: do, title: A, description: A., public: true, effect: Do it. }]`,
);
const options = { user: 'me', clientId: 'c', prepared: JSON.stringify(prepared) };

let asked = 0;
/** A system that takes a request and answers never. */
const silent: typeof fetch = (_, init) => {
  asked += 1;
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });
};

/** After how many seconds it is given up. */
async function secondsOf(
  work: () => Promise<unknown>,
  end: unknown = 'BUSINESS_UNREACHABLE',
): Promise<number> {
  const before = asked;
  let ended: unknown;
  void work().then(
    (value) => (ended = value),
    (error: unknown) => (ended = errorCodeOf(error)),
  );
  while (asked === before) await turn();
  for (let seconds = 0; seconds < 60; seconds += 1) {
    for (let turns = 0; turns < 20; turns += 1) await turn();
    if (ended !== undefined) {
      expect(ended).toEqual(end);
      return seconds;
    }
    vi.advanceTimersByTime(1_000);
  }
  return Infinity;
}

beforeEach(async () => {
  await import('stripe');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

const connect = (kind: BusinessKind): ConnectedSystem =>
  createConnectSystem({ fetch: silent, now, toolServers: () => [] })(
    { id: 'system-1', kind, name: 'System', baseUrl: 'https://system.example.com', options },
    () => 'secret',
  );

// Catches: a refund that is given up after the time of a look-up, while the system still makes it.
it.each([
  ['openapi', {}],
  ['stripe', { paymentId: 'ch_1', amount: '', reason: 'late' }],
] as const)('%s: a look-up ends after 8 s, a change has 20', async (kind, input) => {
  const system = connect(kind);
  const [look] = system.tools(context);
  const [change] = system.writeTools(context);
  if (!look || !change) return expect.fail('a tool is missing');
  expect(change.timeLimitMs).toBe(20_000);
  const asks = { paymentId: 'ch_1', email: customer.email };
  expect(await secondsOf(() => look.run({ input: asks, customer, signal }))).toBe(8);
  expect(await secondsOf(() => change.run({ input, customer, key: 'act-1', signal }))).toBe(20);
});

// Catches: a note of which nobody knows whether it was written, although only the look for an earlier one had no answer.
it.each(['hubspot', 'salesforce'] as const)('%s: the look before a note leaves it time', async (kind) => {
  const system = connect(kind);
  const [look] = system.tools(context);
  const [note] = system.writeTools(context);
  if (!look || !note) return expect.fail('a tool is missing');
  expect(note.timeLimitMs).toBe(20_000);
  expect(await secondsOf(() => look.run({ input: { email: customer.email }, customer, signal }))).toBe(8);
  const detail = expect.stringContaining('Nothing was changed') as unknown;
  const run = { input: { text: 'x' }, customer, key: 'act-1', signal };
  expect(await secondsOf(() => note.run(run), { status: 'refused', detail })).toBe(12);
});

it.each(['shopify', 'vendure'] as const)('%s: a look-up ends after 8 s, a change has 20', async (kind) => {
  const { shop } = connect(kind);
  if (!shop) return expect.fail('no shop');
  const refund = { kind: 'refund', orderId: '1001', amount: 5, reason: 'late' } as const;
  expect(await secondsOf(() => shop.backend.findOrder('1001', signal))).toBe(8);
  expect(await secondsOf(() => shop.changes.apply(refund, 'act-1', signal))).toBe(20);
});
