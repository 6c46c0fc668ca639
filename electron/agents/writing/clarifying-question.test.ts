import { expect, test } from 'vitest';

import { draftText } from '../../../shared/domain/draft-text.js';
import type { Intent } from '../../../shared/domain/intent.js';
import { emptyTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import { clarifyingQuestion, type ClarifyingInput } from './clarifying-question.js';

const bare = emptyTeam('Shop');
const intentOf = (id: string, name: string, tools: string[] = []) => ({
  ...{ id, name, tools },
  ...{ description: '', examples: ['x'] },
});
const team = {
  ...bare,
  profile: {
    ...bare.profile,
    languages: ['en'],
    voice: {
      ...{ greeting: 'Hi {{customer.firstName}},', greetingUnknown: 'Hello,' },
      ...{ closing: 'Bye.', signature: 'Shop Support' },
    },
  },
  intents: [
    intentOf('return_item', 'Return an item', ['look_up_order']),
    intentOf('refund_status', 'When does the refund arrive'),
    intentOf('care', 'Care of a product'),
  ],
};
const candidate = (id: string, name: string, probability: number) => ({ id, name, probability });
const product = {
  ...{ kind: 'product' as const, text: 'lamp', value: 'Buoy Lamp' },
  ...{ messageId: 'm', start: 0, end: 4 },
};

function ask(intent: Partial<Intent>, part: Partial<ClarifyingInput> = {}): string | null {
  const draft = clarifyingQuestion({
    ...{ reason: 'no_evidence', toolCalls: [], team, customerName: 'Ada Berg' },
    intent: { ...unknownIntent('?'), ...intent },
    ...part,
  });
  return draft && draftText(draft.sentences);
}

// Catches a question the customer has answered already, and one that asks for nothing in particular where something is missing.
test('asks for what is missing', () => {
  const sure = { label: 'return_item', confidence: 'high' } as const;
  expect(ask(sure)).toContain('Which order is it about?');
  const known = [{ ...product, kind: 'order_id' as const, value: 'HP-1' }];
  expect(ask({ ...sure, entities: known })).not.toContain('Which order');
  expect(ask({ label: 'care', confidence: 'high' })).toContain('Which product or order');
  expect(ask({ entities: [product] })).toContain('with the Buoy Lamp, and');
});

// Catches a list of intents nobody could have meant, or of those the team does not know.
test('lets the customer choose among the likely intents', () => {
  const candidates = [
    candidate('refund_status', 'When does the refund arrive', 0.4),
    candidate('return_item', 'Return an item', 0.3),
    candidate('spaceflight', 'Spaceflight', 0.2),
    candidate('care', 'Care of a product', 0.01),
  ];
  expect(ask({ candidates, confidence: 'low' })).toBe(
    'Hi Ada,\n\nThank you for your message. Which of these comes closest to what you need?\n' +
      '- When does the refund arrive\n- Return an item\nOr is it something else?\n\nShop Support',
  );
});

// Catches guesses offered to a customer who asked for something else altogether.
test('offers no choice of intents that are unlikely even together', () => {
  const candidates = [candidate('care', 'Care of a product', 0.3), candidate('return_item', 'Return', 0.15)];
  expect(ask({ candidates, entities: [product] })).toContain('with the Buoy Lamp, and');
});

// Catches a question back to somebody who only said thanks, or in a language the customer does not read.
test('asks nothing where asking does not help', () => {
  expect(ask({}, { reason: 'nothing_to_answer' })).toBeNull();
  expect(ask({}, { reason: 'language_unsupported' })).toBeNull();
  expect(ask({ language: 'de' })).toBeNull();
});
