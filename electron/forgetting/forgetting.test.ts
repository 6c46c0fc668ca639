import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Feedback } from '../../shared/domain/feedback.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createFeedbackStore } from '../feedback/feedback-store.js';
import { feedbackMigrations } from '../feedback/feedback-tables.js';
import { createOutboxStore } from '../feedback/outbox-store.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createThreadSummaryStore, threadSummaryMigrations } from '../suggestions/thread-summary-store.js';
import { createForgetting, type Forgetter } from './forgetting.js';
import { forgettingMigrations } from './forgetting-tables.js';

const SECRET = 'the kettle of aunt Roswitha';
let dir: string;
let database: Database;

function open(): void {
  database = openDatabase(path.join(dir, 'desk.db'), [
    { scope: 'feedback', statements: feedbackMigrations },
    { scope: 'summaries', statements: threadSummaryMigrations },
    { scope: 'forgetting', statements: forgettingMigrations },
  ]);
}
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-forget-'));
  open();
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

/** Whether the words lie anywhere in the folder, in deleted pages and logs of writes as well. */
const isOnDisk = (): boolean =>
  fs.readdirSync(dir).some((file) => fs.readFileSync(path.join(dir, file)).includes(SECRET));

const forgettingOf = (forgetters: readonly Forgetter[], open: readonly string[] = []) =>
  createForgetting({ database, forgetters, openChanges: () => open, log: silentLogger });
const summaries = (): ReturnType<typeof createThreadSummaryStore> => createThreadSummaryStore(database);
const summary = { messageId: 'm-1', summary: `About ${SECRET}.`, openQuestions: [] };

// Catches: rows that are gone for a query and lie in the file for whoever opens it.
it('leaves no word of it in the files', async () => {
  summaries().save('c-1', summary);
  expect(isOnDisk()).toBe(true);
  await forgettingOf([(ids) => summaries().forgetConversations(ids)]).forget(['c-1'], { withUnsent: true });
  expect(isOnDisk()).toBe(false);
});

// Catches: a customer who was forgotten while the keychain was locked and is back with the messages it had locked in.
it('forgets once more when what could not be opened can be', async () => {
  const asked: string[][] = [];
  const place: Forgetter = (ids) => void asked.push([...ids]);
  const start = (isWaiting: boolean) =>
    createForgetting({ database, forgetters: [place], openChanges: () => [], isWaiting, log: silentLogger });
  await start(true).forget(['c-1'], { withUnsent: true });
  await start(false).resume();
  await start(false).resume();
  expect(asked).toEqual([['c-1'], ['c-1']]);
});

// Catches: a place that was never asked because the process ended, or another place failed, before it.
it('goes on at the next start with what was not ended', async () => {
  summaries().save('c-1', summary);
  const asked: string[] = [];
  const failing = forgettingOf([
    () => Promise.reject(new Error('the disk is full')),
    (ids) => void asked.push(...ids),
  ]);
  await expect(failing.forget(['c-1'], { withUnsent: true })).rejects.toMatchObject({
    error: { code: 'FORGET_INCOMPLETE' },
  });
  expect(asked).toEqual(['c-1']);
  database.close();
  open();
  const scopes: unknown[] = [];
  const next = forgettingOf([
    (ids, scope) => {
      scopes.push([ids, scope]);
      summaries().forgetConversations(ids);
    },
  ]);
  await next.resume();
  await next.resume();
  expect(scopes).toEqual([[['c-1'], { withUnsent: true }]]);
  expect(isOnDisk()).toBe(false);
});

// Catches: a refund nobody can look after any more, because who it was for is forgotten.
it('deletes nothing while a change of the customer has no known end', async () => {
  summaries().save('c-1', summary);
  const forgetting = forgettingOf([(ids) => summaries().forgetConversations(ids)], ['c-1']);
  await expect(forgetting.forget(['c-1'], { withUnsent: true })).rejects.toMatchObject({
    error: { code: 'FORGET_CHANGE_OPEN' },
  });
  expect(summaries().find('c-1')).not.toBeNull();
  await forgettingOf([() => Promise.reject(new Error('asked'))]).resume();
});

const decision = (id: string): Feedback =>
  ({
    ...{ id, runId: 'r-1', conversationId: 'c-1', createdAt: '2026-03-02T10:00:00.000Z' },
    ...{ action: { kind: 'rejected', reason: 'wrong', note: SECRET }, decisionMs: 10 },
    ...{ intent: 'order_status', language: 'en', articleIds: [] },
  }) as unknown as Feedback;

// Catches: a correction that never reaches the team because its conversation got old; one that does although the customer is to be forgotten.
it('keeps what waits for the hub by age, and deletes it with a customer', () => {
  const decisions = createFeedbackStore(database);
  const outbox = createOutboxStore(database);
  const context = {} as Parameters<typeof decisions.save>[1];
  decisions.save(decision('sent'), context);
  decisions.save(decision('waits'), context);
  outbox.settle({ acknowledged: ['sent'], refused: [] }, '2026-03-02T10:01:00.000Z');
  expect(decisions.unsentOf(['c-1', 'c-2'])).toBe(1);
  decisions.forgetConversations(['c-1'], false);
  expect(outbox.next(10, 1_000_000).map(({ id }) => id)).toEqual(['waits']);
  expect(outbox.delivered(0, 10)).toEqual([]);
  decisions.forgetConversations(['c-1'], true);
  expect(outbox.next(10, 1_000_000)).toEqual([]);
  expect(decisions.save(decision('later'), context)).toBe(3);
});
