import { expect, it } from 'vitest';

import type { ImportReport, KnowledgeSource } from '../../../shared/domain/knowledge-source.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createSourcesStore } from './sources-store.js';

const report: ImportReport = {
  articles: 2,
  chunks: 5,
  reusedChunks: 0,
  removedArticles: 0,
  unchangedFiles: 0,
  failures: [],
  duplicates: [],
  duplicateCount: 0,
  durationMs: 12,
};

function source(id: string): KnowledgeSource {
  return { id, path: `/kb/${id}`, pool: 'articles', isWatched: true, articles: 2, importedAt: null };
}

// Catches a list that falls back to what main knew before the import ended.
it('prefers what was told over what was asked for earlier', async () => {
  const bridge = createScriptedBridge({
    'knowledge.sources': () => ok({ sources: [], activity: { state: 'resting' }, report: null }),
  });
  const store = createSourcesStore(bridge);
  store.getState().connect();
  const loading = store.getState().load();
  const running = { state: 'running', path: '/kb', progress: null, waiting: 0, canStop: true } as const;
  bridge.emit('knowledge.import_progress', { activity: running });
  bridge.emit('knowledge.import_finished', { path: '/kb', isAsked: true, outcome: { kind: 'done', report } });
  bridge.emit('knowledge.sources_changed', { sources: [source('a')] });
  await loading;
  expect(store.getState()).toMatchObject({
    list: { kind: 'ready', sources: [source('a')] },
    activity: running,
    report,
  });
});

// Catches a report of the last good import that vanishes because a later one failed.
it('keeps the last report when an import fails or is stopped', () => {
  const bridge = createScriptedBridge({});
  const store = createSourcesStore(bridge);
  store.getState().connect();
  bridge.emit('knowledge.import_finished', { path: '/kb', isAsked: true, outcome: { kind: 'done', report } });
  bridge.emit('knowledge.import_finished', { path: '/kb', isAsked: true, outcome: { kind: 'cancelled' } });
  expect(store.getState()).toMatchObject({ report, finished: { outcome: { kind: 'cancelled' } } });
});

// Catches chosen files that are lost because the first of them was refused.
it('adds each chosen path, and keeps those that were not taken', async () => {
  const bridge = createScriptedBridge({
    'knowledge.choose_source': () => ok(['/kb/a.md', '/kb/b.md', '/kb/c.md']),
    'knowledge.add_source': ({ path }) =>
      path === '/kb/b.md' ? err(appError('IPC_BAD_INPUT')) : ok(undefined),
  });
  const store = createSourcesStore(bridge);
  await store.getState().choose('files');
  await store.getState().addChosen({ pool: 'articles', isWatched: false });
  expect(store.getState()).toMatchObject({
    chosen: ['/kb/b.md', '/kb/c.md'],
    problem: { code: 'IPC_BAD_INPUT' },
  });
  store.getState().forgetChosen();
  expect(store.getState().chosen).toEqual([]);
});

// Catches a closed dialog that throws away what was chosen before.
it('changes nothing when the dialog is closed', async () => {
  let answer = ['/kb'];
  const bridge = createScriptedBridge({ 'knowledge.choose_source': () => ok(answer) });
  const store = createSourcesStore(bridge);
  await store.getState().choose('folder');
  answer = [];
  await store.getState().choose('folder');
  expect(store.getState().chosen).toEqual(['/kb']);
});
