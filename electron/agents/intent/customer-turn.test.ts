import { describe, expect, it } from 'vitest';

import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { customerBursts, readCustomerWords } from './customer-turn.js';

const message = (id: string, author: ConversationMessage['author'], text: string): ConversationMessage => ({
  id,
  conversationId: 'c',
  author,
  text,
  sentAt: '2026-05-20T10:00:00.000Z',
});
const conversation = (messages: ConversationMessage[]): Conversation => ({
  id: 'c',
  subject: '',
  channel: 'email',
  status: 'open',
  customer: { name: 'Jan' },
  messages,
  updatedAt: '2026-05-20T10:00:00.000Z',
});
const wordsOf = (text: string): string =>
  readCustomerWords([message('1', 'customer', text)], 'Thijs Bakker').text;

describe('The newest turn of a customer', () => {
  it('is what they wrote since the last answer, across notes of the helpdesk', () => {
    const bursts = customerBursts(
      conversation([
        message('1', 'customer', 'a'),
        message('2', 'rep', 'b'),
        message('3', 'customer', 'c'),
        message('4', 'system', 'd'),
        message('5', 'customer', 'e'),
      ]),
      3,
    );
    expect(bursts.map((burst) => burst.map(({ id }) => id))).toEqual([['3', '5'], ['1']]);
  });

  it('is the last one although a rep has answered since', () => {
    const bursts = customerBursts(conversation([message('1', 'customer', 'a'), message('2', 'rep', 'b')]), 1);
    expect(bursts.map((burst) => burst.map(({ id }) => id))).toEqual([['1']]);
  });

  it.each([
    [
      'On Tue, 3 Mar 2026 at 10:12, Harbour & Pine <help@shop.example> wrote:\n> Hi Jan,\n> where do you live?',
    ],
    ['On Tue, 3 Mar 2026 at 10:12, Harbour & Pine\n<help@shop.example> wrote:\n> Hi'],
    ['-----Original Message-----\nFrom: Support\nWe refund you.'],
    ['From: Support <help@shop.example>\nSent: Monday\nTo: Jan\n\nWe refund you.'],
    ['> We refund you.\n> Regards'],
    ['Sent from my iPhone'],
    ['-- \nJan Jansen\nDirector'],
    ['Kind regards,\nJan Jansen\nHarbour Street 3'],
    ['Thanks, Jan'],
    ['T. Bakker'],
    ['thijs'],
  ])('leaves out what is not the customer speaking now: %s', (tail) => {
    expect(wordsOf(`Where is my parcel?\n\n${tail}`)).toBe('Where is my parcel?');
  });

  it('keeps a thanks that is followed by the need', () => {
    expect(wordsOf('Thanks\nBut where is my parcel?')).toBe('Thanks\nBut where is my parcel?');
  });

  it('keeps a message that is nothing but a quote', () => {
    expect(wordsOf('> Where is my parcel?')).toBe('> Where is my parcel?');
  });

  it('keeps beginning and end of a long message, and says so', () => {
    const words = readCustomerWords([
      message('1', 'customer', `Where is my parcel? ${'log line. '.repeat(10_000)} It is HP-104233.`),
    ]);
    expect(words.wasCut).toBe(true);
    expect(words.text.length).toBeLessThanOrEqual(4100);
    expect(words.text.startsWith('Where is my parcel?')).toBe(true);
    expect(words.text.endsWith('HP-104233.')).toBe(true);
  });
});
