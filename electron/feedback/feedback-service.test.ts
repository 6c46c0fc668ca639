import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createFeedbackService, type FeedbackService } from './feedback-service.js';
import { createFeedbackStore } from './feedback-store.js';
import { feedbackMigrations } from './feedback-tables.js';
import { createOutboxStore, type OutboxStore } from './outbox-store.js';

const cited = [{ kind: 'evidence', evidenceId: 'E1', span: { start: 0, end: 9 } }];
const suggestion = {
  runId: 'run-1',
  conversationId: 'c-1',
  outcome: 'reply',
  intent: { label: 'order_status', language: 'en' },
  modelUse: [{ task: 'drafting', usage: { model: 'small-1' } }],
  promptVersions: { drafting: 4 },
  evidence: [
    { id: 'E1', articleId: 'delivery-times' },
    { id: 'E2', articleId: 'returns' },
  ],
  draft: {
    variant: 'standard',
    revision: 0,
    sentences: [
      { id: 'S1', text: 'Hi Ada,', role: 'courtesy', citations: [], lead: 'space' },
      {
        id: 'S2',
        text: 'Your parcel arrives on Friday.',
        role: 'claim',
        citations: cited,
        lead: 'paragraph',
      },
    ],
  },
} as unknown as Suggestion;
const draft = 'Hi Ada,\n\nYour parcel arrives on Friday.';

let dir: string;
let database: Database;
let outbox: OutboxStore;
let feedback: FeedbackService;

function open(): void {
  database = openDatabase(path.join(dir, 'desk.db'), [{ scope: 'feedback', statements: feedbackMigrations }]);
  outbox = createOutboxStore(database);
  feedback = createFeedbackService({
    store: createFeedbackStore(database),
    findSuggestion: (runId) => (runId === 'run-1' ? suggestion : null),
    originOf: () => ({ release: 7, customerText: 'Where is my parcel?' }),
    log: silentLogger,
    now: () => new Date('2026-11-23T10:00:00Z'),
  });
}

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-feedback-'));
  open();
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

it('keeps every decision, its context and its place in the row to the hub over a restart', () => {
  const rejected = feedback.submit(
    'run-1',
    { kind: 'rejected', reason: 'wrong_tone', comment: 'too stiff' },
    900,
  );
  const opened = feedback.submit('run-1', { kind: 'source_opened', evidenceId: 'E1' }, 1200);
  database.close();
  open();
  const waiting = { delivery: { kind: 'waiting' }, note: null };
  expect(feedback.list(10, null)).toEqual([
    { ...opened, sequence: 2, ...waiting },
    { ...rejected, sequence: 1, ...waiting },
  ]);
  expect(feedback.list(10, 2)).toEqual([{ ...rejected, sequence: 1, ...waiting }]);
  const context = {
    ...{ release: 7, customerText: 'Where is my parcel?', language: 'en' },
    ...{ articleIds: ['delivery-times'], promptVersions: { drafting: 4 }, model: 'small-1' },
  };
  const event = { sequence: 1, feedback: rejected, context };
  expect(outbox.next(10, 1e6)).toEqual([{ id: rejected.id, event }]);
});

it('gives ids that rise with time, as the hub is promised', () => {
  const ids = [1, 2, 3].map(() => feedback.submit('run-1', { kind: 'copied' }, 1).id);
  expect(ids).toEqual([...ids].sort());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('writes the decision and its place in the outbox together or not at all', () => {
  database.exec('DROP TABLE feedback_delivery');
  expect(() => feedback.submit('run-1', { kind: 'copied' }, 1)).toThrow(/could not be saved/);
  expect(database.prepare('SELECT COUNT(*) FROM feedback').raw().get()).toEqual([0]);
});

it('lets decisions of the version before it wait too, in their order, with what is known of them', () => {
  database.close();
  fs.rmSync(dir, { recursive: true });
  fs.mkdirSync(dir);
  const file = path.join(dir, 'desk.db');
  const old = openDatabase(file, [{ scope: 'feedback', statements: feedbackMigrations.slice(0, 1) }]);
  // The clock went back between the two.
  for (const [id, runId, at] of [
    ['b', 'run-1', '2026-11-02T10:00:00.000Z'],
    ['a', 'run-0', '2026-11-01T10:00:00.000Z'],
  ]) {
    old
      .prepare('INSERT INTO feedback (id, run_id, conversation_id, created_at, body) VALUES (?, ?, ?, ?, ?)')
      .run(id, runId, runId, at, JSON.stringify({ id }));
    old.prepare('INSERT INTO feedback_outbox (feedback_id, queued_at) VALUES (?, ?)').run(id, at);
  }
  old.close();
  open();
  const known = { release: 7, customerText: 'Where is my parcel?', language: 'en' };
  const unknown = { release: null, customerText: '', language: null };
  expect(outbox.next(10, 1e6).map(({ event }) => event)).toEqual([
    {
      sequence: 1,
      feedback: { id: 'b' },
      context: {
        ...known,
        articleIds: ['delivery-times'],
        promptVersions: { drafting: 4 },
        model: 'small-1',
      },
    },
    {
      sequence: 2,
      feedback: { id: 'a' },
      context: { ...unknown, articleIds: [], promptVersions: {}, model: null },
    },
  ]);
});

it('calls a reply that was sent unchanged accepted, whatever space surrounds it', () => {
  expect(feedback.recordSent('run-1', `${draft}\n`, 5)?.action).toEqual({
    kind: 'accepted',
    sentText: `${draft}\n`,
  });
});

it('calls a changed reply edited and keeps the word diff', () => {
  const sent = draft.replace('Friday', 'Saturday');
  const recorded = feedback.recordSent('run-1', sent, 5);
  expect(recorded?.action.kind).toBe('edited');
  expect(recorded?.diff).toEqual([
    { kind: 'same', text: 'Hi Ada,\n\nYour parcel arrives on ' },
    { kind: 'removed', text: 'Friday' },
    { kind: 'added', text: 'Saturday' },
    { kind: 'same', text: '.' },
  ]);
});

it('refuses a decision about a suggestion nobody made, and does not throw once a reply is out', () => {
  expect(() => feedback.submit('run-9', { kind: 'copied' }, 1)).toThrow(/not known/);
  expect(feedback.recordSent('run-9', 'text', 1)).toBeNull();
});
