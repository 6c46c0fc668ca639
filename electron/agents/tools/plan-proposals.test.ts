import { expect, test } from 'vitest';

import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import { createAddInternalNote } from './catalog/add-internal-note.js';
import { planProposals } from './plan-proposals.js';
import type { WriteTool } from './write-tool.js';

const folder = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');
const [first] = folder.intents;
if (!first) throw new Error('The demo has no intents.');
const team = { ...folder, intents: [{ ...first, tools: ['refund_a_payment', 'add_internal_note'] }] };
const intent = { ...unknownIntent(''), label: first.id, name: first.name, confidence: 'high' as const };

const note: WriteTool = createAddInternalNote({
  takesNotes: () => Promise.resolve(true),
  write: () => Promise.reject(new Error('Nobody approved it.')),
  find: () => Promise.resolve(null),
});
const refund: WriteTool = {
  ...note,
  name: 'refund_a_payment',
  argumentsFrom: { paymentId: 'payment_id', amount: 'amount', reason: 'intent_name' },
};
const plan = (key: string) => {
  const found: ToolCall = {
    ...{ id: 'T1', tool: 'look_up', title: 'Look up', risk: 'read', input: {}, status: 'succeeded' },
    ...{ detail: '', facts: [{ key, label: 'Payment number', value: 'ch_1' }], durationMs: 1 },
  };
  const customer = { name: 'Ada', email: 'ada@example.com' };
  return planProposals({ intent, team, writeTools: [refund, note], toolCalls: [found], customer });
};

// Catches: a refund of a payment nobody can tell the customer means, and a note that is never proposed because its words are the rep's.
test('a refund is proposed for the one payment that is known to be meant, a note without its words', () => {
  const proposedNote = { tool: 'add_internal_note', input: {} };
  expect(plan('payment.id')).toEqual([
    { tool: 'refund_a_payment', input: { paymentId: 'ch_1', amount: '', reason: first.name } },
    proposedNote,
  ]);
  expect(plan('payment.number')).toEqual([proposedNote]);
});
