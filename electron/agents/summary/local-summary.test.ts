import { describe, expect, it } from 'vitest';

import type { Conversation } from '../../../shared/domain/conversation.js';
import { localSummary } from './local-summary.js';

const sentAt = '2026-11-20T10:00:00.000Z';

/** A thread of lines that begin with C (customer), R (rep) or S (system). */
function thread(...lines: string[]): Conversation {
  return {
    ...{ id: 'c-1', subject: 'Lamp', channel: 'email', status: 'open', updatedAt: sentAt },
    customer: { name: 'Ada Berg', email: 'ada@example.com' },
    messages: lines.map((line, at) => ({
      ...{ id: `m${String(at)}`, conversationId: 'c-1', text: line.slice(2), sentAt },
      author: ({ C: 'customer', R: 'rep', S: 'system' } as const)[line[0] as 'C' | 'R' | 'S'],
    })),
  };
}

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const long = thread(
  'C Hello, the floor lamp from order HP-104228 arrived on Tuesday and it flickers all evening. I have already changed the bulb twice and tried another socket in the kitchen. The shade is fine and so is the cable as far as I can see from here. Can you help me?',
  'R Hi Ada, I am sorry to hear that. A flickering lamp is usually a loose driver, which we replace under warranty. We will send you a new driver by Friday, free of charge. Kind regards, Femke',
  'C Thank you. The driver came yesterday and I put it in as the leaflet says, with the power off, but the lamp still flickers. I tried both positions of the switch. I would like my money back now. How do I return it?',
);

describe('a conversation in short without a model', () => {
  // Catches a summary that is the thread once more, and one that tells an older state than the newest.
  it('says who wants what, what was promised, what was tried and whose turn it is', () => {
    expect(localSummary(long)).toEqual({
      summary: [
        'Ada Berg wants: How do I return it?',
        'The team promised: We will send you a new driver by Friday, free of charge.',
        'Tried: I tried both positions of the switch.',
        'Waiting for the team.',
      ].join('\n'),
      openQuestions: ['How do I return it?'],
    });
  });

  it('is at most a third of the thread, and 60 words of the longest', () => {
    const turn = 'I have already called you about this and nobody could tell me where the parcel is. ';
    const endless = thread(
      ...Array.from({ length: 40 }, (_, at) => `${at % 2 === 0 ? 'C' : 'R'} ${turn.repeat(30)}`),
    );
    for (const conversation of [long, endless]) {
      const count = words(conversation.messages.map(({ text }) => text).join(' '));
      expect(words(localSummary(conversation).summary)).toBeLessThanOrEqual(Math.min(60, count / 3));
    }
  });

  it('of a short thread is one line', () => {
    const { summary } = localSummary(
      thread('C Where is HP-104233?', 'R On its way.', 'C When does it come?'),
    );
    expect(summary).toBe('Ada Berg wants: When does it come?');
    const rambling = localSummary(thread(`C ${'and then the parcel went '.repeat(60)}`)).summary;
    expect([rambling.split('\n').length, words(rambling) <= 25]).toEqual([1, true]);
  });

  // Catches a whole message for a question, where somebody writes without capitals.
  it('finds the question of who writes without capitals', () => {
    const hurried = thread(
      'C helo, i bougth a lamp form you (HP-104228), approx. 3 days ago. i wnat to retrun it. how logn do i have?',
    );
    expect(localSummary(hurried)).toEqual({
      summary: 'Ada Berg wants: how logn do i have?',
      openQuestions: ['how logn do i have?'],
    });
  });

  it('tells the team’s answer where nothing was promised, and who is waited for', () => {
    const answered = thread(
      long.messages[0] ? `C ${long.messages[0].text}` : '',
      'R Hi Ada, You have 30 days to return an unused lamp in its box. The label is in your account under orders.',
      'C Fine, thanks. One more thing, because I am at work all day: does the courier ring, or does he simply leave the parcel at the door and go?',
      'R He rings once and leaves a card. Kind regards, Femke',
      'S Status: waiting',
    );
    const { summary, openQuestions } = localSummary(answered);
    expect(summary).toContain('The team said: He rings once and leaves a card.');
    expect(summary).toMatch(/Waiting for the customer\.$/);
    expect(openQuestions).toEqual([]);
  });

  it('of nothing but the helpdesk’s own lines is empty', () => {
    expect(localSummary(thread('S Ticket opened'))).toEqual({ summary: '', openQuestions: [] });
  });
});
