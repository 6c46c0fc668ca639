import { expect, test } from 'vitest';
import { z } from 'zod';

import { silentLogger } from '../../../shared/lib/logger.js';
import { createReadCache } from './read-cache.js';
import type { ToolDefinition, ToolOutcome } from './tool.js';
import { createToolRegistry } from './tool-registry.js';

const { signal } = new AbortController();
const customer = { name: 'Ada', email: 'ada@example.com' };

function tool(risk: 'read' | 'write', run: () => Promise<ToolOutcome>): ToolDefinition {
  const input = z.object({ orderId: z.string().max(10) });
  return { name: 'touch', title: 'Touch', description: '', risk, input, run };
}

function registryOf(run: () => Promise<ToolOutcome>, now = () => new Date()) {
  return createToolRegistry([tool('read', run)], silentLogger, createReadCache(now));
}

// Catches: a run that changes something in a business system without a person's approval.
test('never runs a write tool', async () => {
  let ran = false;
  const registry = createToolRegistry(
    [
      tool('write', () => {
        ran = true;
        return Promise.resolve({ status: 'succeeded', facts: [] });
      }),
    ],
    silentLogger,
    createReadCache(() => new Date()),
  );
  const call = await registry.call('T1', { tool: 'touch', input: { orderId: 'HP-1' } }, customer, signal);
  expect([ran, call.status, call.risk]).toEqual([false, 'refused', 'write']);
});

// Catches: text of a customer that reaches a system in a form its schema does not allow.
test('refuses arguments that do not fit the schema', async () => {
  const registry = registryOf(() => Promise.reject(new Error('ran')));
  const planned = { tool: 'touch', input: { orderId: "x'; DROP TABLE orders; --" } };
  expect((await registry.call('T1', planned, customer, signal)).status).toBe('refused');
});

// Catches: a system that is down taking the whole suggestion with it.
test('turns a failure into a call that says so', async () => {
  const registry = registryOf(() => Promise.reject(new Error('down')));
  const call = await registry.call('T1', { tool: 'touch', input: { orderId: 'HP-1' } }, customer, signal);
  expect([call.status, call.facts]).toEqual(['failed', []]);
});

const planned = { tool: 'touch', input: { orderId: 'HP-1' } };
const fact = { key: 'order.status', label: 'Status', value: 'shipped' };

// Catches: a system asked again for every run, or an old answer that passes for a new one.
test('an answer is taken again for two minutes, with the time it is from', async () => {
  let asked = 0;
  let at = Date.parse('2026-03-02T10:00:00Z');
  const found = () =>
    Promise.resolve({ status: 'succeeded', facts: [fact] } as const).finally(() => (asked += 1));
  const registry = registryOf(found, () => new Date(at));
  await registry.call('T1', planned, customer, signal);
  at += 119_000;
  const again = await registry.call('T2', planned, customer, signal);
  expect([asked, again.readAt, again.facts]).toEqual([1, '2026-03-02T10:00:00.000Z', [fact]]);
  at += 2_000;
  const anew = await registry.call('T3', planned, customer, signal);
  expect([asked, anew.readAt]).toEqual([2, '2026-03-02T10:02:01.000Z']);
});

// Catches: what was found for one customer shown to another, and an outage that lasts after the system is back.
test('an answer is kept for its customer alone, a failure for nobody', async () => {
  let asked = 0;
  const registry = registryOf(() => {
    asked += 1;
    return asked === 1
      ? Promise.reject(new Error('down'))
      : Promise.resolve({ status: 'not_found', detail: '' });
  });
  expect((await registry.call('T1', planned, customer, signal)).status).toBe('failed');
  expect((await registry.call('T1', planned, customer, signal)).status).toBe('not_found');
  await registry.call('T1', planned, { name: 'Ben', email: 'ben@example.com' }, signal);
  await registry.call('T1', planned, { name: 'Ann', email: null }, signal);
  await registry.call('T1', planned, { name: 'Bob', email: null }, signal);
  expect(asked).toBe(5);
});

// Catches: one slow system that costs the card the facts of all others.
test('a system that takes too long is a failed call, and its late answer is there for the next', async () => {
  let asked = 0;
  const slow = (): Promise<ToolOutcome> => {
    asked += 1;
    return new Promise((resolve) => setTimeout(() => resolve({ status: 'succeeded', facts: [fact] }), 60));
  };
  const registry = registryOf(slow);
  const late = await registry.call('T1', planned, customer, signal, 10);
  expect([late.status, late.facts]).toEqual(['failed', []]);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect((await registry.call('T2', planned, customer, signal, 10)).facts).toEqual([fact]);
  expect(asked).toBe(1);
});
