import { expect, test } from 'vitest';
import { z } from 'zod';

import { silentLogger } from '../../../shared/lib/logger.js';
import type { ToolDefinition, ToolOutcome } from './tool.js';
import { createToolRegistry } from './tool-registry.js';

const { signal } = new AbortController();
const customer = { name: 'Ada', email: 'ada@example.com' };

function tool(risk: 'read' | 'write', run: () => Promise<ToolOutcome>): ToolDefinition {
  const input = z.object({ orderId: z.string().max(10) });
  return { name: 'touch', title: 'Touch', description: '', risk, input, run };
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
  );
  const call = await registry.call('T1', { tool: 'touch', input: { orderId: 'HP-1' } }, customer, signal);
  expect([ran, call.status, call.risk]).toEqual([false, 'refused', 'write']);
});

// Catches: text of a customer that reaches a system in a form its schema does not allow.
test('refuses arguments that do not fit the schema', async () => {
  const registry = createToolRegistry([tool('read', () => Promise.reject(new Error('ran')))], silentLogger);
  const planned = { tool: 'touch', input: { orderId: "x'; DROP TABLE orders; --" } };
  expect((await registry.call('T1', planned, customer, signal)).status).toBe('refused');
});

// Catches: a system that is down taking the whole suggestion with it.
test('turns a failure into a call that says so', async () => {
  const registry = createToolRegistry([tool('read', () => Promise.reject(new Error('down')))], silentLogger);
  const call = await registry.call('T1', { tool: 'touch', input: { orderId: 'HP-1' } }, customer, signal);
  expect([call.status, call.facts]).toEqual(['failed', []]);
});
