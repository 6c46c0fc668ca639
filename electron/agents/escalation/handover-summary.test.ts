import { expect, test } from 'vitest';

import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import { handoverSummary } from './handover-summary.js';
import { holdingReply } from './holding-reply.js';

const message = (author: ConversationMessage['author'], text: string, at: number): ConversationMessage => ({
  id: String(at),
  conversationId: 'c',
  author,
  text,
  sentAt: '2026-11-20T10:00:00Z',
});

function conversationOf(...said: [ConversationMessage['author'], string][]): Conversation {
  return {
    id: 'c',
    subject: 'Refund',
    channel: 'email',
    status: 'open',
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    messages: said.map(([author, text], at) => message(author, text, at)),
    updatedAt: '2026-11-20T10:00:00Z',
  };
}

const escalation = {
  reason: 'legal' as const,
  label: 'Legal threat',
  words: ['legal action'],
  team: 'Legal team',
};

function summaryOf(conversation: Conversation) {
  const intent = { ...unknownIntent('refund'), label: 'refund_status', name: 'Refund', escalation };
  const call = {
    id: 'T1',
    tool: 'look_up_order',
    title: 'Look up order',
    risk: 'read' as const,
    input: {},
    status: 'succeeded' as const,
    detail: '',
    facts: [{ key: 'order.id', label: 'Order', value: 'HP-104142' }],
    durationMs: 1,
  };
  return handoverSummary({ conversation, escalation, intent, toolCalls: [call], evidence: [] });
}

// Catches: a note the next human cannot act on: without who, why, what, the facts, or what was said.
test('says who, why, what they want, what is true and what was said', () => {
  const conversation = conversationOf(
    ['customer', 'When will you refund me?'],
    ['rep', 'We are looking into it.'],
    ['customer', 'If I do not get my money by Friday I take legal action. Who decides this?'],
  );
  expect(summaryOf(conversation)).toEqual({
    reason: 'Legal threat: "legal action"',
    team: 'Legal team',
    summary:
      'Ada Lovelace (ada@example.com) wrote 2 times by email about "Refund". Intent: Refund. Mood: neutral, urgency: normal.',
    customerWants: 'Who decides this?',
    facts: ['Order: HP-104142'],
    openQuestions: ['Who decides this?'],
    note: [
      'Handover to Legal team',
      'Why: Legal threat: "legal action"',
      'Ada Lovelace (ada@example.com) wrote 2 times by email about "Refund". Intent: Refund. Mood: neutral, urgency: normal.',
      '',
      'Customer wants:',
      '- Who decides this?',
      '',
      'What is true:',
      '- Order: HP-104142',
      '',
      'Open questions:',
      '- Who decides this?',
      '',
      'Conversation so far:',
      '- Ada Lovelace: When will you refund me?',
      '- Team: We are looking into it.',
      '- Ada Lovelace: If I do not get my money by Friday I take legal action. Who decides this?',
    ].join('\n'),
  });
});

// Catches: a note as long as the thread, an emoji cut in half, a thread of nothing.
test('stays short and whole for a thread of any length', () => {
  const long = conversationOf(
    ...Array.from({ length: 500 }, (): [ConversationMessage['author'], string] => [
      'customer',
      '👍🏽'.repeat(200),
    ]),
  );
  const { note } = summaryOf(long);
  expect([
    note.length < 4_000,
    !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(note),
    note.includes('(494 earlier messages)'),
  ]).toEqual([true, true, true]);
  expect(summaryOf(conversationOf()).note).toContain('Why: Legal threat');
});

// Catches: a holding reply that states facts, promises, or comes from a team that wrote none.
test('the holding reply is the vetted text between greeting and signature', () => {
  const team = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');
  const texts = holdingReply(team, 'Ada Lovelace')?.sentences.map(({ text }) => text);
  expect(texts).toEqual([
    'Hi Ada,',
    'Thank you for your message.',
    'A colleague from our support team is taking over your case and will read the full conversation first.',
    'You will hear from us in this same conversation.',
    'Harbour & Pine Support',
  ]);
  expect(holdingReply({ ...team, macros: [] }, 'Ada')).toBeNull();
});
