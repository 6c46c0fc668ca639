import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ModelFailure } from '../../shared/domain/model-run.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { NO_MODEL } from '../agents/suggestion-graph.js';
import type { AttachedText } from '../agents/attached-text.js';
import { createSimulatedInbox } from '../helpdesk/simulated-inbox.js';
import { ConversationFile } from '../helpdesk/conversation-file.js';
import { openDatabase, type Database } from '../storage/database.js';
import { steppedGraph } from './stepped-graph-for-tests.js';
import type { SuggestionEvent } from './suggestion-events.js';
import { createSuggestionService } from './suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from './suggestion-store.js';

let dir: string;
let database: Database;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-model-runs-'));
  database = openDatabase(path.join(dir, 'desk.db'), [
    { scope: 'suggestions', statements: suggestionMigrations },
  ]);
});
afterEach(() => {
  database.close();
  fs.rmSync(dir, { recursive: true });
});

/** Files the rep chose to use. */
let attached: readonly AttachedText[] = [];
afterEach(() => {
  attached = [];
});

/** A service whose one conversation has its local card, with a model that is asked next. */
async function withLocalCard(...texts: string[]) {
  const desk = await startedDesk(null, ...texts);
  await until(() => desk.modelRuns.length === 1);
  const local = desk.suggestions.latest('c-1');
  const model = desk.modelRuns[0];
  if (!local || !model) throw new Error('no local card');
  return { ...desk, local, model };
}

async function startedDesk(obstacle: ModelFailure | null, ...texts: string[]) {
  const stepped = steppedGraph();
  stepped.control.obstacle = obstacle;
  const messages = texts.map((text, at) => ({ author: 'customer', text, afterMs: at === 0 ? 0 : 60_000 }));
  const helpdesk = createSimulatedInbox({
    scripts: [ConversationFile.parse({ id: 'c-1', messages })],
    spacingMs: 0,
    pace: 1,
    now: () => new Date(),
    log: silentLogger,
  });
  const store = createSuggestionStore(database);
  const suggestions = createSuggestionService({
    graph: stepped.graph,
    ...{ helpdesk, store },
    release: () => Promise.resolve(7),
    log: silentLogger,
    pauseMs: () => 5,
    concurrency: 1,
    attachedTexts: ({ id }) => (id === 'c-1' ? attached : []),
  });
  const events: SuggestionEvent[] = [];
  suggestions.onEvent((event) => events.push(event));
  await helpdesk.start();
  await until(() => stepped.runs.length === 1);
  stepped.runs[0]?.finish();
  const names = (): string[] => events.map(({ name }) => name.replace('suggestion.', ''));
  return { ...stepped, helpdesk, store, suggestions, events, names };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a model run', () => {
  // Catches: a model that holds up the local card, or a card of the model that is not kept.
  it('follows the local card, and its suggestion takes its place', async () => {
    const { suggestions, names, events, local, model } = await withLocalCard('Where is it?');
    expect(names()).toEqual(['run_started', 'ready', 'run_started']);
    expect(events[2]?.payload).toMatchObject({ strategy: 'model', messageId: local.messageId });
    model.finish();
    await until(() => names().length === 4);
    expect(names()[3]).toBe('ready');
    expect(suggestions.latest('c-1')?.strategy).toBe('model');
    expect(suggestions.other('c-1')?.runId).toBe(local.runId);
  });

  // Catches: a card of the model that was made without the file the rep chose.
  it('reads the files the local run read', async () => {
    const attachedTexts = [{ messageId: 'm', name: 'invoice.pdf', text: 'Order HP-104233' }];
    attached = attachedTexts;
    const { runs, model } = await withLocalCard('Where is it?');
    expect(runs[0]?.request.attachedTexts).toEqual(attachedTexts);
    expect(model.request.attachedTexts).toEqual(attachedTexts);
  });

  // Catches: a failed model that takes the local card with it.
  it.each(['MODEL_CUT_OFF', 'MODEL_DRAFT_WITHHELD'] as const)(
    'that ends with %s leaves the local card',
    async (code) => {
      const { suggestions, names, events, local, model } = await withLocalCard('Where is it?');
      model.end(code);
      await until(() => names().length === 4);
      expect(events[3]).toMatchObject({ name: 'suggestion.model_ended', payload: { end: { code } } });
      expect(suggestions.latest('c-1')?.runId).toBe(local.runId);
    },
  );

  // Catches: a card that is local without a word although a model is set up.
  it('that cannot begin says why; without a model nothing is said', async () => {
    const busy = { code: 'MODEL_BUSY', message: 'The model service is busy.', canRetry: true } as const;
    const { names, events, modelRuns } = await startedDesk(busy, 'Where is it?');
    await until(() => names().length === 4);
    expect(names()).toEqual(['run_started', 'ready', 'run_started', 'model_ended']);
    expect(events[3]?.payload).toMatchObject({ end: busy });
    const without = await startedDesk(NO_MODEL, 'Where is it?');
    await until(() => without.names().includes('ready'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(without.names()).toEqual(['run_started', 'ready']);
    expect([...modelRuns, ...without.modelRuns]).toEqual([]);
  });

  it('with a bug in it leaves the local card', async () => {
    const { suggestions, events, names, local, model } = await withLocalCard('Where is it?');
    model.fail(new TypeError('a bug'));
    await until(() => names().length === 4);
    expect(events[3]).toMatchObject({
      name: 'suggestion.model_ended',
      payload: { end: { code: 'MODEL_RUN_FAILED' } },
    });
    expect(suggestions.latest('c-1')?.runId).toBe(local.runId);
  });

  // Catches: tokens of an answer to the message before on the card of the new one.
  it('is over with the next message: no late token', async () => {
    const { helpdesk, names, model, runs, events } = await withLocalCard('Where is it?');
    await helpdesk.sendReply('c-1', 'On its way.');
    expect(names().slice(3)).toEqual(['cancelled']);
    expect(model.request.signal.aborted).toBe(true);
    model.request.onEvent({ kind: 'stage_started', stage: 'drafting' });
    model.finish();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(4);
    expect(runs).toHaveLength(1);
  });

  // Catches: a model that waits for somebody else's computer in a slot the next customer needs.
  it('holds up no local run', async () => {
    const { suggestions, runs } = await withLocalCard('Where is it?');
    suggestions.generate('c-1', 'shorter');
    await until(() => runs.length === 2);
    expect(runs[1]?.request.variant).toBe('shorter');
  });

  // Catches: a reply that changes under the eyes of a rep who chose to keep it, and one that is lost by that.
  it('does not replace a suggestion the rep holds, and is kept beside it', async () => {
    const { suggestions, names, local, model } = await withLocalCard('Where is it?');
    expect(suggestions.pin('c-1', local.runId)?.runId).toBe(local.runId);
    model.finish();
    await until(() => names().length === 4);
    expect(names()[3]).toBe('kept');
    expect(suggestions.latest('c-1')?.runId).toBe(local.runId);
    expect(suggestions.other('c-1')?.strategy).toBe('model');
    expect(suggestions.pin('c-1', null)?.strategy).toBe('model');
  });

  // Catches: a held suggestion for an older message on the card of the newest.
  it('asking again lets go of the held one', async () => {
    const { suggestions, runs, local, store } = await withLocalCard('Where is it?');
    suggestions.pin('c-1', local.runId);
    suggestions.generate('c-1', 'standard');
    await until(() => runs.length === 2);
    runs[1]?.finish();
    await until(() => store.latest('c-1')?.runId !== local.runId);
    expect(store.pinned('c-1')).toBeNull();
  });
});
