import { expect, test } from 'vitest';

import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { createFactBook } from '../writing/fact-book.js';
import { onlyOneMeant } from './several-systems.js';

const refunds = ['eu', 'us'].map((systemId) => ({ name: 'refund_payment', systemId }));
const call = (systemId: string, status: ToolCall['status'], email = 'ada@example.com'): ToolCall => ({
  ...{ id: `T-${systemId}`, tool: 'look_up_payment', title: 'Look up payment', risk: 'read', status },
  ...{ input: { email }, detail: '', durationMs: 1, systemId, isOneOfSeveral: true },
  facts: status === 'succeeded' ? [{ key: 'payment.id', label: 'Payment', value: `ch_${systemId}` }] : [],
});
const meant = (...calls: readonly ToolCall[]) => onlyOneMeant(refunds, calls).map(({ systemId }) => systemId);

// Catches: a refund of the payment in one account, because the account of the payment that is meant did not answer.
test('a change goes to no account while another one that may be meant is silent', () => {
  expect(meant(call('us', 'succeeded'))).toEqual(['us']);
  expect(meant(call('us', 'succeeded'), call('eu', 'refused'))).toEqual(['us']);
  expect(meant(call('us', 'succeeded'), call('eu', 'failed'))).toEqual([]);
  expect(meant(call('eu', 'failed'))).toEqual([]);
  expect(meant(call('us', 'succeeded'), call('us', 'failed', 'ben@example.com'))).toEqual(['us']);
});

// Catches: a reply that states one account's facts as the facts, while the other one did not answer.
test('a reply states nothing of a question that one of several accounts did not answer', () => {
  const valueOf = (...calls: readonly ToolCall[]) => createFactBook(calls).value('payment.id');
  expect(valueOf(call('us', 'succeeded'))).toBe('ch_us');
  expect(valueOf(call('us', 'succeeded'), call('eu', 'failed'))).toBeNull();
  expect(valueOf(call('us', 'succeeded'), call('eu', 'failed', 'ben@example.com'))).toBe('ch_us');
});
