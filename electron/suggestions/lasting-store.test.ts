import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { RunRequest } from '../agents/suggestion-graph.js';
import { ConversationFile } from '../helpdesk/conversation-file.js';
import { createSimulatedInbox } from '../helpdesk/simulated-inbox.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createLastingStore } from './lasting-store.js';
import { finished, steppedGraph } from './stepped-graph-for-tests.js';
import type { SuggestionEvent } from './suggestion-events.js';
import { createSuggestionService } from './suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from './suggestion-store.js';

let dir: string;
let database: Database;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-lasting-'));
  database = openDatabase(path.join(dir, 'desk.db'), [
    { scope: 'suggestions', statements: suggestionMigrations },
  ]);
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

const made = (runId: string, conversationId: string): Suggestion =>
  finished({ runId, conversation: { id: conversationId, messages: [] } } as unknown as RunRequest);

/** SQLite then answers as it does on a full disk: SQLITE_FULL. */
function fillDisk(): void {
  const [pages] = database.prepare('PRAGMA page_count').raw().get() as [number];
  database.exec(`PRAGMA max_page_count = ${String(pages)}`);
}
const freeDisk = (): void => void database.exec('PRAGMA max_page_count = 1000000');

it('gives what the disk did not take, and stores it once it does', () => {
  const stored = createSuggestionStore(database);
  const store = createLastingStore(stored, silentLogger);
  store.save(made('r-0', 'c-1'));
  fillDisk();
  const ids = Array.from({ length: 40 }, (_, at) => `r-${String(at + 1)}`);
  for (const id of ids) store.save(made(id, 'c-1'));
  expect(store.isStored('r-40')).toBe(false);
  expect(store.latest('c-1')?.runId).toBe('r-40');
  expect(store.find('r-40')?.runId).toBe('r-40');
  expect(store.find('r-0')?.runId).toBe('r-0');
  expect(store.latest('c-2')).toBeNull();
  store.pin('c-1', 'r-39');
  freeDisk();
  store.save(made('r-41', 'c-2'));
  expect(store.isStored('r-40')).toBe(true);
  expect(ids.filter((id) => stored.find(id) === null)).toEqual([]);
  expect(stored.find('r-41')?.runId).toBe('r-41');
});

// Catches a full disk that takes away the one thing a rep needs just then.
it('shows the card on a full disk and says that it is not stored', async () => {
  const { graph, runs } = steppedGraph();
  const script = ConversationFile.parse({ id: 'c-1', messages: [{ author: 'customer', text: 'Hi' }] });
  const helpdesk = createSimulatedInbox({
    ...{ scripts: [script], spacingMs: 0, pace: 0, now: () => new Date(), log: silentLogger },
  });
  const stored = createSuggestionStore(database);
  const failing = {
    ...stored,
    save: () => {
      throw new Error('SQLITE_FULL: database or disk is full');
    },
    pin: () => {
      throw new Error('SQLITE_FULL: database or disk is full');
    },
  };
  const suggestions = createSuggestionService({
    ...{ graph, helpdesk, store: createLastingStore(failing, silentLogger), log: silentLogger },
    ...{ release: () => Promise.resolve(1), pauseMs: () => 1, concurrency: 1 },
  });
  const ready = new Promise<SuggestionEvent>((resolve) =>
    suggestions.onEvent((event) => {
      if (event.name === 'suggestion.ready' || event.name === 'suggestion.failed') resolve(event);
    }),
  );
  await helpdesk.start();
  await expect.poll(() => runs.length).toBe(1);
  runs[0]?.finish();
  expect(await ready).toMatchObject({
    name: 'suggestion.ready',
    payload: { suggestion: { degradations: [{ code: 'SUGGESTION_NOT_STORED' }] } },
  });
  expect(suggestions.latest('c-1')?.conversationId).toBe('c-1');
  suggestions.close();
});
