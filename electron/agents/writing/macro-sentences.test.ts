import { expect, test } from 'vitest';

import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { createFactBook } from './fact-book.js';
import { bestMacro, macroSentences } from './macro-sentences.js';

const macro = (id: string, text: string) => ({ id, title: id, intents: [], text });
const call: ToolCall = {
  id: 'T1',
  tool: 'look_up_order',
  title: '',
  risk: 'read',
  input: {},
  status: 'succeeded',
  detail: '',
  facts: [
    { key: 'order.id', label: '', value: 'HP-1' },
    { key: 'shipment.lastScan', label: '', value: 'Sorted. Utrecht' },
  ],
  durationMs: 0,
};
const facts = createFactBook([call]);

// Catches: "{{shipment.carrier}}" or a hole in a reply.
test('a macro with a fact that is not known is not used', () => {
  expect(macroSentences(macro('m', 'Order {{order.id}}. With {{shipment.carrier}}.'), facts)).toBeNull();
});

// Catches: a sentence torn at a full stop inside a fact, a claim without the facts it states.
test('each sentence cites the macro and its own facts', () => {
  const text = 'I am sorry about {{order.id}}. The latest scan is: {{ shipment.lastScan }}. Is that right?';
  expect(macroSentences(macro('m', text), facts)).toEqual([
    {
      text: 'I am sorry about HP-1.',
      role: 'courtesy',
      lead: 'paragraph',
      citations: [
        { kind: 'macro', macroId: 'm', title: 'm' },
        { kind: 'tool', toolCallId: 'T1', factKey: 'order.id' },
      ],
    },
    {
      text: 'The latest scan is: Sorted. Utrecht.',
      role: 'claim',
      lead: 'space',
      citations: [
        { kind: 'macro', macroId: 'm', title: 'm' },
        { kind: 'tool', toolCallId: 'T1', factKey: 'shipment.lastScan' },
      ],
    },
    {
      text: 'Is that right?',
      role: 'question',
      lead: 'space',
      citations: [{ kind: 'macro', macroId: 'm', title: 'm' }],
    },
  ]);
});

test('the macro that knows most of the parcel is taken, and none that states nothing', () => {
  const macros = [
    macro('asks', 'Which order?'),
    macro('order', 'Order {{order.id}}.'),
    macro('parcel', 'Scan {{shipment.lastScan}}.'),
    macro('unknown', '{{order.id}} {{shipment.lastScan}} {{shipment.carrier}}'),
  ];
  expect([bestMacro(macros, facts)?.id, bestMacro(macros.slice(0, 1), facts)]).toEqual(['parcel', null]);
});
