import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { RunRequest } from '../agents/suggestion-graph.js';
import type { ConversationChange } from '../helpdesk/inbox.js';
import { createSimulatedInbox } from '../helpdesk/simulated-inbox.js';
import { ConversationFile } from '../helpdesk/conversation-file.js';
import { openDatabase, type Database } from '../storage/database.js';
import { finished, steppedGraph } from './stepped-graph-for-tests.js';
import type { SuggestionEvent } from './suggestion-events.js';
import { createSuggestionService } from './suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from './suggestion-store.js';

const script = (id: string, ...texts: string[]) =>
  ConversationFile.parse({ id, messages: texts.map((text) => ({ author: 'customer', text, afterMs: 5 })) });

let dir: string;
let database: Database;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-suggestions-'));
  database = openDatabase(path.join(dir, 'desk.db'), [
    { scope: 'suggestions', statements: suggestionMigrations },
  ]);
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

function service(scripts: ConversationFile[], { pauseMs = 40, concurrency = 2 } = {}) {
  const { graph, runs } = steppedGraph();
  const helpdesk = createSimulatedInbox({
    scripts,
    spacingMs: 0,
    pace: 1,
    now: () => new Date(),
    log: silentLogger,
  });
  const store = createSuggestionStore(database);
  const suggestions = createSuggestionService({
    graph,
    helpdesk,
    store,
    release: () => Promise.resolve(7),
    log: silentLogger,
    pauseMs: () => pauseMs,
    concurrency,
  });
  const events: SuggestionEvent[] = [];
  suggestions.onEvent((event) => events.push(event));
  const names = (): string[] => events.map((event) => event.name.replace('suggestion.', ''));
  return { suggestions, helpdesk, store, runs, events, names };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('suggestion service', () => {
  it('runs once for a burst, over all its messages', async () => {
    const { helpdesk, runs, names } = service([script('c-1', 'Hi', 'where is', 'my parcel?')]);
    await helpdesk.start();
    await until(() => runs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(runs).toHaveLength(1);
    expect(runs[0]?.request.conversation.messages).toHaveLength(3);
    runs[0]?.finish();
    await until(() => names().includes('ready'));
    expect(names()).toEqual(['run_started', 'ready']);
  });

  it('keeps with a suggestion what the customer had written and the release it was made with, not what came later', async () => {
    const { suggestions, helpdesk, store, runs } = service([script('c-1', 'Hi', 'where is my parcel?')]);
    await helpdesk.start();
    await until(() => runs.length === 1);
    await helpdesk.sendReply('c-1', 'On its way.');
    const { runId } = suggestions.generate('c-1', 'standard');
    await until(() => runs.length === 2);
    runs[1]?.finish();
    await until(() => store.find(runId) !== null);
    expect(store.origin(runId)).toEqual({ release: 7, customerText: 'Hi\n\nwhere is my parcel?' });
    expect(store.origin('r-9')).toBeNull();
  });

  it('runs once for a burst although the rep opens the conversation in the middle of it', async () => {
    const { suggestions, helpdesk, runs } = service([script('c-1', 'Hi', 'where is', 'my parcel?')]);
    const heard = new Promise<void>((resolve) => helpdesk.onChanged(() => resolve()));
    await helpdesk.start();
    await heard;
    suggestions.generate('c-1', 'standard');
    await until(() => runs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(runs).toHaveLength(1);
    expect(runs[0]?.request.conversation.messages).toHaveLength(3);
  });

  it('remembers across a restart how often in a row there was no answer, variants of one message once', async () => {
    const first = service([script('c-1', 'Do you sell boats?')]);
    await first.helpdesk.start();
    await until(() => first.runs.length === 1);
    expect(first.runs[0]?.request.unansweredBefore).toBe(0);
    first.runs[0]?.finish();
    await until(() => first.names().includes('ready'));
    first.suggestions.generate('c-1', 'shorter');
    await until(() => first.runs.length === 2);
    expect(first.runs[1]?.request.unansweredBefore).toBe(0);
    first.runs[1]?.finish();
    await until(() => first.names().filter((name) => name === 'ready').length === 2);
    first.suggestions.close();

    const again = service([script('c-1', 'Do you sell boats?', 'And canoes?')], { pauseMs: 80 });
    await again.helpdesk.start();
    await until(() => again.runs.length === 1);
    expect(again.runs[0]?.request.unansweredBefore).toBe(1);
  });

  it('cancels a run at the next customer message and tells nothing of it afterwards', async () => {
    const { suggestions, helpdesk, runs, events } = service([script('c-1', 'Hi')]);
    await helpdesk.start();
    await until(() => runs.length === 1);
    const old = runs[0]?.request;
    const { runId } = suggestions.generate('c-1', 'shorter');
    expect(old?.signal.aborted).toBe(true);
    const heard = events.length;
    old?.onEvent({ kind: 'stage_started', stage: 'drafting' });
    runs[0]?.finish();
    await until(() => runs.length === 2);
    runs[1]?.finish();
    await until(() => suggestions.latest('c-1') !== null);
    expect(suggestions.latest('c-1')?.runId).toBe(runId);
    expect(events.slice(heard).every((event) => JSON.stringify(event).includes(runId))).toBe(true);
  });

  // Catches a card that says "running" for ever: a helpdesk brings the messages in while the conversation is read for the first time.
  it('tells nothing of a run that was superseded while its conversation was read', async () => {
    const { graph, runs } = steppedGraph();
    const inbox = createSimulatedInbox({
      ...{ scripts: [script('c-1', 'Hi')], spacingMs: 0, pace: 1, now: () => new Date(), log: silentLogger },
    });
    let tell: (change: ConversationChange) => void = () => undefined;
    const heard = new Promise<ConversationChange>((resolve) => inbox.onChanged(resolve));
    await inbox.start();
    const news = await heard;
    let letGo: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    let opened = 0;
    const suggestions = createSuggestionService({
      ...{ graph, store: createSuggestionStore(database), log: silentLogger, concurrency: 2 },
      ...{ release: () => Promise.resolve(7), pauseMs: () => 0 },
      helpdesk: {
        onChanged(listener) {
          tell = listener;
          return () => undefined;
        },
        async open(id) {
          opened += 1;
          if (opened === 1) {
            tell(news);
            await slow;
          }
          return inbox.open(id);
        },
      },
    });
    const events: SuggestionEvent[] = [];
    suggestions.onEvent((event) => events.push(event));
    const { runId } = suggestions.generate('c-1', 'standard');
    await until(() => runs.length === 1);
    runs[0]?.finish();
    await until(() => suggestions.latest('c-1') !== null);
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const ofOld = events.filter((event) => JSON.stringify(event).includes(runId));
    expect(ofOld.map(({ name }) => name)).toEqual(['suggestion.cancelled']);
    expect(events.at(-1)?.name).toBe('suggestion.ready');
    await inbox.close();
  });

  it('cancels a run when the rep answers by hand', async () => {
    const { helpdesk, runs, names } = service([script('c-1', 'Hi')]);
    await helpdesk.start();
    await until(() => runs.length === 1);
    await helpdesk.sendReply('c-1', 'I am on it.');
    expect(runs[0]?.request.signal.aborted).toBe(true);
    expect(names()).toEqual(['run_started', 'cancelled']);
  });

  it('keeps two conversations apart', async () => {
    const { suggestions, helpdesk, runs } = service([script('c-1', 'one'), script('c-2', 'two')]);
    await helpdesk.start();
    await until(() => runs.length === 2);
    for (const run of runs) run.finish();
    await until(() => suggestions.latest('c-1') !== null && suggestions.latest('c-2') !== null);
    expect(suggestions.latest('c-1')?.intent.query).toBe('one');
    expect(suggestions.latest('c-2')?.intent.query).toBe('two');
  });

  it('lets the newest conversation go first when all places are taken', async () => {
    const { helpdesk, runs } = service([script('c-1', 'a'), script('c-2', 'b'), script('c-3', 'c')], {
      concurrency: 1,
    });
    await helpdesk.start();
    await until(() => runs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    runs[0]?.finish();
    await until(() => runs.length === 2);
    expect(runs.map((run) => run.request.conversation.id)).toEqual(['c-1', 'c-3']);
  });

  it('tells an unexpected failure with its code and goes on', async () => {
    const { suggestions, helpdesk, runs, events, names } = service([script('c-1', 'Hi')]);
    await helpdesk.start();
    await until(() => runs.length === 1);
    runs[0]?.fail(new TypeError('secret text'));
    await until(() => names().includes('failed'));
    expect(JSON.stringify(events)).toContain('SUGGESTION_FAILED');
    expect(JSON.stringify(events)).not.toContain('secret text');
    suggestions.generate('c-1', 'standard');
    await until(() => runs.length === 2);
  });

  it('gives the newest suggestion of a conversation after a restart', () => {
    const request = { runId: 'r-1', conversation: { id: 'c-1', messages: [] } } as unknown as RunRequest;
    const suggestion = finished(request);
    createSuggestionStore(database).save(suggestion);
    expect(createSuggestionStore(database).latest('c-1')).toEqual(suggestion);
    expect(createSuggestionStore(database).find('r-1')).toEqual(suggestion);
    expect(createSuggestionStore(database).latest('c-2')).toBeNull();
  });

  // Catches one customer's card shown to another: a prepared statement that keeps the values of an earlier question.
  it('never gives the suggestion of another conversation, whatever was asked before', () => {
    const store = createSuggestionStore(database);
    const [one, two] = ['1', '2'].map((n) =>
      finished({
        runId: `r-${n}`,
        conversation: { id: `c-${n}`, messages: [{ id: `m-${n}`, text: '' }] },
      } as unknown as RunRequest),
    );
    if (one) store.save(one);
    if (two) store.save(two);
    expect(store.outcomes('c-2', 5)).toMatchObject([{ messageId: 'm-2' }]);
    expect(store.latest('c-1')).toEqual(one);
    expect(store.outcomes('c-1', 5)).toMatchObject([{ messageId: 'm-1' }]);
    expect(store.latest('c-2')).toEqual(two);
  });

  it('says what suggestions came to, newest first, and leaves out what an older version wrote in another form', () => {
    const store = createSuggestionStore(database);
    const request = (n: string) =>
      ({ runId: `r-${n}`, conversation: { id: 'c-1', messages: [] } }) as unknown as RunRequest;
    const { reason, message, ...withheld } = finished(request('1')) as Suggestion & { outcome: 'withheld' };
    store.save({ ...withheld, reason, message, createdAt: '2026-11-20T08:00:00.000Z' });
    const escalation = { reason: 'no_evidence' as const, label: '', words: [], team: '' };
    store.save({
      ...{ ...withheld, runId: 'r-2', messageId: 'm-2', createdAt: '2026-11-20T09:00:00.000Z' },
      intent: { ...withheld.intent, escalation },
      outcome: 'escalated',
      handover: {} as never,
      holdingReply: null,
    });
    database
      .prepare('INSERT INTO suggestion (run_id, conversation_id, created_at, body) VALUES (?, ?, ?, ?)')
      .run('r-0', 'c-1', '2026-11-20T07:00:00.000Z', '{"outcome":"answered"}');
    expect(store.outcomes('c-1', 5)).toEqual([
      { messageId: 'm-2', outcome: 'escalated', withheldFor: null, escalatedFor: 'no_evidence' },
      { messageId: withheld.messageId, outcome: 'withheld', withheldFor: 'no_evidence', escalatedFor: null },
    ]);
    expect(store.outcomes('c-1', 1)).toHaveLength(1);
  });
});
