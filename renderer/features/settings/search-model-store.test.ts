import { expect, it } from 'vitest';

import type { EmbedderView } from '../../../shared/contracts/ipc/embedder.js';
import type { OpenAiCompatible } from '../../../shared/domain/embedder-settings.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { draftOf, emptyFields, fieldsOf, hostOf } from './search-model-fields.js';
import { createSearchModelStore } from './search-model-store.js';

const bundled: EmbedderView = {
  settings: { kind: 'bundled' },
  problem: null,
  key: 'none',
  canStoreKeys: false,
};
const service: OpenAiCompatible = {
  kind: 'openai_compatible',
  ...{ baseUrl: 'http://127.0.0.1:9/v1', model: 'tiny', dimensions: 48 },
  ...{ asksForDimensions: false, keyVariable: null, batchSize: 64, maxTokens: 256 },
  ...{ queryPrefix: 'query: ', passagePrefix: '' },
};

// Catches a key that stays in the window after it was handed over.
it('hands over what was typed, and forgets the key once it is used', async () => {
  const bridge = createScriptedBridge({
    'embedder.read': () => ok(bundled),
    'embedder.use': () => ok({ ...bundled, settings: service, key: 'this_run' }),
  });
  const store = createSearchModelStore(bridge);
  await store.getState().load();
  store.getState().edit({ kind: 'openai_compatible', address: ' http://127.0.0.1:9/v1 ', model: 'tiny' });
  store.getState().edit({ key: 'secret', queryPrefix: 'query: ' });
  await store.getState().use();
  expect(bridge.asked.at(-1)?.input).toEqual({
    draft: {
      ...{ kind: 'openai_compatible', baseUrl: 'http://127.0.0.1:9/v1', model: 'tiny' },
      ...{ queryPrefix: 'query: ', passagePrefix: '', keyVariable: null, dimensions: null },
    },
    key: 'secret',
  });
  expect(JSON.stringify(store.getState())).not.toContain('secret');
  expect(store.getState()).toMatchObject({ isEdited: false, busy: 'no', outcome: { kind: 'applied' } });
});

// Catches a form that asks main for what can be seen to be wrong, and one that loses what was typed at an error.
it('keeps what was typed, says which field is wrong, and what main refused', async () => {
  const refused = appError('EMBEDDER_REFUSED', 'HTTP 401');
  const bridge = createScriptedBridge({
    'embedder.read': () => ok(bundled),
    'embedder.try': () => err(refused),
  });
  const store = createSearchModelStore(bridge);
  store.getState().edit({ kind: 'openai_compatible', address: 'http://127.0.0.1:9/v1' });
  await store.getState().test();
  expect(store.getState().outcome).toEqual({ kind: 'field', problem: 'model' });
  store.getState().edit({ model: 'tiny' });
  await store.getState().test();
  expect(store.getState()).toMatchObject({ busy: 'no', outcome: { kind: 'failed', error: refused } });
  await store.getState().load();
  expect(store.getState().fields).toMatchObject({ kind: 'openai_compatible', model: 'tiny' });
  expect(bridge.asked.map(({ name }) => name)).toEqual(['embedder.try', 'embedder.read']);
});

// Catches "works" under an address that was never tested.
it('shows no result of a test whose fields were changed meanwhile, and runs one at a time', async () => {
  let answer: () => void = () => undefined;
  const trial = { settings: service, id: 'x', dimensions: 48, durationMs: 3 };
  const bridge = createScriptedBridge({
    'embedder.try': () => new Promise((resolve) => (answer = () => resolve(ok(trial)))),
  });
  const store = createSearchModelStore(bridge);
  store.getState().edit({ kind: 'onnx_directory', dir: '/models/a' });
  const first = store.getState().test();
  await store.getState().use();
  store.getState().edit({ dir: '/models/b' });
  answer();
  await first;
  expect(store.getState()).toMatchObject({ busy: 'no', outcome: { kind: 'none' } });
  expect(bridge.asked).toHaveLength(1);
});

it.each([
  ['', null],
  ['localhost:11434', null],
  ['ftp://host/v1', null],
  ['https://me:secret@host/v1', null],
  ['https://host/v1?key=secret', null],
  ['http://localhost:11434/v1', { host: 'localhost:11434', isOpen: false }],
  ['http://10.0.0.4/v1', { host: '10.0.0.4', isOpen: true }],
  ['https://api.openai.com/v1', { host: 'api.openai.com', isOpen: false }],
])('reads the address %s', (address, host) => expect(hostOf(address)).toEqual(host));

it.each([
  [{ keyVariable: 'sk-123' }, 'keyVariable'],
  [{ dimensions: '12.5' }, 'dimensions'],
  [{ dimensions: '9000' }, 'dimensions'],
  [{ address: 'nowhere' }, 'address'],
] as const)('finds the field that is wrong in %j', (change, problem) => {
  expect(draftOf({ ...fieldsOf(service), ...change })).toEqual({ problem });
});

it('gives back what is chosen when nothing was changed', () => {
  expect(draftOf(fieldsOf({ ...service, asksForDimensions: true }))).toMatchObject({
    draft: { baseUrl: service.baseUrl, dimensions: 48, queryPrefix: 'query: ', maxTokens: 256 },
  });
  expect(draftOf({ ...emptyFields, kind: 'onnx_directory' })).toEqual({ problem: 'dir' });
  expect(draftOf(fieldsOf({ kind: 'bundled' }))).toEqual({ draft: { kind: 'bundled' } });
});
