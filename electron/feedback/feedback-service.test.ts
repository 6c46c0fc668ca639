import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createFeedbackService, type FeedbackService } from './feedback-service.js';
import { createFeedbackStore, feedbackMigrations, type FeedbackStore } from './feedback-store.js';

const suggestion = {
  runId: 'run-1',
  conversationId: 'c-1',
  outcome: 'reply',
  intent: { label: 'order_status' },
  draft: {
    variant: 'standard',
    revision: 0,
    sentences: [
      { id: 'S1', text: 'Hi Ada,', role: 'courtesy', citations: [], lead: 'space' },
      { id: 'S2', text: 'Your parcel arrives on Friday.', role: 'claim', citations: [], lead: 'paragraph' },
    ],
  },
} as unknown as Suggestion;
const draft = 'Hi Ada,\n\nYour parcel arrives on Friday.';

let dir: string;
let database: Database;
let store: FeedbackStore;
let feedback: FeedbackService;

function open(): void {
  database = openDatabase(path.join(dir, 'desk.db'), [{ scope: 'feedback', statements: feedbackMigrations }]);
  store = createFeedbackStore(database);
  feedback = createFeedbackService({
    store,
    findSuggestion: (runId) => (runId === 'run-1' ? suggestion : null),
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

it('keeps every decision and its outbox row over a restart', () => {
  const rejected = feedback.submit(
    'run-1',
    { kind: 'rejected', reason: 'wrong_tone', comment: 'too stiff' },
    900,
  );
  const opened = feedback.submit('run-1', { kind: 'source_opened', evidenceId: 'E1' }, 1200);
  database.close();
  open();
  expect(feedback.list(10, null)).toEqual([opened, rejected]);
  expect(store.pending(10)).toEqual([rejected.id, opened.id]);
});

it('writes the decision and its outbox row together or not at all', () => {
  database.exec('DROP TABLE feedback_outbox');
  expect(() => feedback.submit('run-1', { kind: 'copied' }, 1)).toThrow(/could not be saved/);
  expect(database.prepare('SELECT COUNT(*) FROM feedback').raw().get()).toEqual([0]);
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
