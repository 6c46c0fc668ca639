import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Conversation } from '../../shared/domain/conversation.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { ChatCall } from '../models/chat-model.js';
import { createScriptedChatModel, promptOf, type Script } from '../models/scripted-chat-model-for-tests.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createThreadSummaries } from './thread-summaries.js';
import { createThreadSummaryStore, threadSummaryMigrations } from './thread-summary-store.js';

let dir: string;
let database: Database;
const openDesk = (): Database =>
  openDatabase(path.join(dir, 'desk.db'), [{ scope: 'summaries', statements: threadSummaryMigrations }]);
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-summaries-'));
  database = openDesk();
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

let texts: string[] = [];
function conversation(): Conversation {
  const sentAt = '2026-11-20T10:00:00.000Z';
  return {
    ...{ id: 'c-1', subject: 'Parcel', channel: 'email', status: 'open', updatedAt: sentAt },
    customer: { name: 'Ada Berg', email: 'ada@example.com' },
    messages: texts.map((text, at) => ({
      ...{ id: `m${String(at)}`, conversationId: 'c-1', text, sentAt },
      author: at % 2 === 0 ? 'customer' : 'rep',
    })),
  };
}

function summariesOf(script: Script | null) {
  const scripted = script && createScriptedChatModel(script);
  const summaries = createThreadSummaries({
    helpdesk: { open: () => Promise.resolve(conversation()) },
    store: createThreadSummaryStore(database),
    chat: scripted?.model ?? null,
    countTokens: (text) => Math.ceil(text.length / 4),
    log: silentLogger,
  });
  return { summaries, calls: scripted?.calls ?? [] };
}

const summary = (text: string) => () => ({ summary: text, openQuestions: ['When does it come?'] });

describe('a conversation in short', () => {
  it('is told without a model, with what is open', async () => {
    texts = ['Where is HP-104233?', 'On its way.', 'And when does it come?'];
    const { summary: text, openQuestions, strategy } = await summariesOf(null).summaries.summary('c-1');
    expect(text).toBe('Ada Berg wants: And when does it come?');
    expect([openQuestions, strategy]).toEqual([['And when does it come?'], 'local']);
  });

  // Catches: a long thread that is paid for again with every message.
  it('is brought up to date with the new messages alone, also after a restart', async () => {
    texts = ['Where is my SECRETMARK parcel?', 'On its way.'];
    await summariesOf({ fill: summary('Ada asks for her parcel.') }).summaries.summary('c-1');
    database.close();
    database = openDesk();
    texts.push('It is still not here.');
    const { summaries, calls } = summariesOf({ fill: summary('Ada still waits.') });
    expect(await summaries.summary('c-1')).toMatchObject({
      summary: 'Ada still waits.',
      messageId: 'm2',
      strategy: 'model',
    });
    expect(calls).toHaveLength(1);
    expect(promptOf(calls[0] as ChatCall)).toContain('Ada asks for her parcel.');
    expect(promptOf(calls[0] as ChatCall)).not.toContain('SECRETMARK');
    await summaries.summary('c-1');
    expect(calls).toHaveLength(1);
  });

  // Catches: a made-up number in the record, and a summary that is lost with one failed update.
  it('is not taken with a number nobody wrote', async () => {
    texts = ['Where is my parcel?'];
    const result = await summariesOf({ fill: summary('It comes in 17 days.') }).summaries.summary('c-1');
    expect(result).toMatchObject({ strategy: 'local', failure: { code: 'MODEL_MALFORMED' } });
    expect(createThreadSummaryStore(database).find('c-1')).toBeNull();
  });

  it('of a long thread is there for the model of the next message, without a wait', async () => {
    texts = Array.from({ length: 40 }, (_, at) => `Message ${String(at)}`);
    const { summaries } = summariesOf({ fill: summary('A long story.') });
    expect(summaries.earlier(conversation())).toBe('');
    await summaries.summary('c-1');
    expect(summaries.earlier(conversation())).toBe('A long story.');
    texts = texts.slice(0, 4);
    expect(summaries.earlier(conversation())).toBe('');
  });

  it('is read in batches', async () => {
    texts = Array.from({ length: 60 }, () => 'I have been waiting for days. '.repeat(40));
    const { summaries, calls } = summariesOf({ fill: summary('Ada waits.') });
    await summaries.summary('c-1');
    expect(calls.length).toBeGreaterThan(2);
    for (const call of calls) expect(promptOf(call).length / 4).toBeLessThan(6_500);
  });
});

describe('the note for the record', () => {
  it('is written by the model, or locally where it fails', async () => {
    texts = ['Where is HP-104233?', 'It comes on 22 November.'];
    const good = summariesOf({ fill: () => ({ note: 'Asked for HP-104233; told 22 November.' }) });
    expect(await good.summaries.wrapUp('c-1')).toMatchObject({
      strategy: 'model',
      note: 'Asked for HP-104233; told 22 November.',
    });
    const bad = summariesOf({ fill: () => ({ note: 'Refunded 900 EUR.' }) });
    expect(await bad.summaries.wrapUp('c-1')).toMatchObject({
      strategy: 'local',
      failure: { code: 'MODEL_MALFORMED' },
    });
    expect((await bad.summaries.wrapUp('c-1')).note).toContain('Team answered: It comes on 22 November.');
  });
});
