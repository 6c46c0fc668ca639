import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ConversationMessage } from '../../../shared/domain/conversation.js';
import { silentLogger } from '../../../shared/lib/logger.js';
import { demoClassifier } from './classifier-for-tests.js';
import { createIntentNode } from './intent-node.js';

const now = (): Date => new Date('2026-05-20T10:00:00Z');
let demo: Awaited<ReturnType<typeof demoClassifier>>;
beforeAll(async () => {
  demo = await demoClassifier();
});
afterAll(() => demo.close());

/** Customer and rep take turns, the customer first and last. */
async function readThread(...turns: string[]) {
  const messages = turns.map((text, at): ConversationMessage => ({
    id: `m${String(at)}`,
    conversationId: 'c',
    author: at % 2 === 0 ? 'customer' : 'rep',
    text,
    sentAt: now().toISOString(),
  }));
  const recognise = createIntentNode({
    classifier: demo.classifier,
    embedder: null,
    team: demo.team,
    log: silentLogger,
    now,
  });
  const conversation = {
    id: 'c',
    subject: '',
    channel: 'chat' as const,
    status: 'open' as const,
    customer: { name: 'Jan' },
    messages,
    updatedAt: now().toISOString(),
  };
  return recognise({ conversation, signal: new AbortController().signal });
}

// Catches: a need that sticks to the first turn, or forgets it.
describe('The need is read again at every turn', () => {
  it.each([
    [
      'a new topic leaves the old one behind',
      [
        'Where is my order HP-104233?',
        'Tomorrow.',
        'Great. By the way, how do I clean my cast iron skillet?',
      ],
      'product_care',
      /^By the way, how do I clean my cast iron skillet\?$/,
    ],
    [
      'a new topic after a thanks, in small words',
      ['I was charged twice', 'We refunded one.', 'ok thanks. also my promo code does not work'],
      'promo_code',
      /^ok thanks\. also my promo code does not work$/,
    ],
    [
      'the same about another thing',
      ['Is the Buoy Table Lamp brass back in stock?', 'Yes it is.', 'and for the black one?'],
      'stock_availability',
      /Buoy Table Lamp.*black one/,
    ],
    [
      'a yes to what the rep offered',
      ['I want to return my lamp HP-104233', 'Shall I send you a return label?', 'yes please'],
      'return_item',
      /return my lamp/,
    ],
    [
      'the number the rep asked for',
      ['Where is my parcel?', 'What is your order number?', 'HP-104233'],
      'order_status',
      /Where is my parcel\? HP-104233/,
    ],
    [
      'number and address the rep asked for, which make no Dutch message',
      [
        'Can I change the delivery address?',
        'Which order, and what is the new address?',
        'HP-104233, Keizersgracht 12, 1015 CJ Amsterdam',
      ],
      'change_address',
      /change the delivery address/,
    ],
    [
      'a follow-up that names no thing',
      ['Do you ship to Norway?', 'Yes.', 'How much is it?'],
      'international_shipping',
      /Norway.*How much/,
    ],
    [
      'a new question after the thread was closed',
      [
        'Where is my parcel?',
        'Today.',
        'Thanks!',
        'Welcome.',
        'One more thing: how do I cancel my Morning Crate?',
      ],
      'subscription_cancel',
      /^One more thing: how do I cancel my Morning Crate\?$/,
    ],
  ])('%s', async (_, turns, label, query) => {
    const { intent } = await readThread(...turns);
    expect(intent.label).toBe(label);
    expect(intent.query).toMatch(query);
  });

  it('ends with a thanks', async () => {
    const { intent, customerTurn } = await readThread('Where is my parcel?', 'Today.', 'Thanks, bye!');
    expect([intent.label, intent.query, customerTurn.isClosing]).toEqual([null, '', true]);
  });
});
