import { describe, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { parseConversationFile, readConversationFile, toConversation } from './conversation-file.js';

function failure(action: () => unknown): { code: string; detail: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof AppErrorException)
      return { code: error.error.code, detail: error.error.detail ?? '' };
    throw error;
  }
  throw new Error('expected a failure');
}

describe('conversation file', () => {
  it('becomes a conversation whose messages keep their order and end now', () => {
    const file = parseConversationFile(
      '\uFEFF{"id":"c","messages":[{"author":"customer","text":"a"},{"author":"rep","text":"b"}]}',
      'x',
    );
    const conversation = toConversation(file, new Date('2026-11-23T10:00:00Z'));
    expect(conversation.messages.map(({ id, sentAt }) => [id, sentAt])).toEqual([
      ['c-1', '2026-11-23T09:59:59.000Z'],
      ['c-2', '2026-11-23T10:00:00.000Z'],
    ]);
  });

  it.each([
    ['cut off', '{"messages":['],
    ['no messages', '{"messages":[]}'],
    ['wrong author', '{"messages":[{"author":"robot","text":"x"}]}'],
    ['not an object', '[]'],
    ['empty', ''],
  ])('is refused when %s, naming the file', (_what, text) => {
    expect(failure(() => parseConversationFile(text, 'talk.json'))).toMatchObject({
      code: 'CONVERSATION_FILE_INVALID',
      detail: expect.stringContaining('talk.json') as string,
    });
  });

  it('names the field that is wrong', () => {
    const { detail } = failure(() =>
      parseConversationFile('{"messages":[{"author":"robot","text":"x"}]}', 'x'),
    );
    expect(detail).toContain('messages[0].author');
  });

  it('that does not exist is said not to exist', () => {
    expect(failure(() => readConversationFile('no/such/file.json')).code).toBe('CONVERSATION_FILE_NOT_FOUND');
  });
});
