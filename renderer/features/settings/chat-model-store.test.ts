import { expect, it } from 'vitest';

import type { ModelsView } from '../../../shared/contracts/ipc/models.js';
import { ModelSettings, noModels } from '../../../shared/domain/model-settings.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { chatFieldsOf, chatSettingsOf, emptyChatFields, type ChatModelFields } from './chat-model-fields.js';
import { createChatModelStore } from './chat-model-store.js';

const viewOf = (settings: ModelSettings, more: Partial<ModelsView> = {}): ModelsView => ({
  ...{ settings, source: 'none', hasTeamModels: false, problem: null, keys: {}, canStoreKeys: true },
  usage: {
    ...{ day: '2026-11-27', calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0, unpricedCalls: 0 },
    models: [],
  },
  isLimitReached: false,
  ...more,
});
const typed: Partial<ChatModelFields> = { use: 'own', preset: 'openai', model: 'gpt-5-mini' };
const settingsOf = (fields: ChatModelFields): ModelSettings => {
  const made = chatSettingsOf(fields);
  if ('problem' in made) throw new Error(made.problem);
  return ModelSettings.parse(made.save.settings);
};

// Catches a form that main refuses, and one that forgets what it does not show.
it('makes settings that main takes, and the same fields of them again', () => {
  const fields: ChatModelFields = {
    ...emptyChatFields,
    ...typed,
    ...{
      small: 'gpt-5-nano',
      fallback: 'gpt-4o-mini',
      dailyDollars: 1.5,
      dailyCalls: 200,
      atLimit: 'cheaper',
    },
    ...{ contextTokens: 128_000, steps: { critique: 'local', drafting: 'small' }, seconds: { drafting: 20 } },
  };
  const settings = settingsOf(fields);
  expect(settings).toMatchObject({
    main: ['main', 'fallback'],
    small: ['small', 'main'],
    limits: { dailyCostMicros: 1_500_000, dailyCalls: 200, atLimit: 'cheaper', cheaperModel: 'small' },
    routes: { critique: { models: [] }, drafting: { models: ['small'], timeLimitMs: 20_000 } },
  });
  const { base, ...again } = chatFieldsOf(viewOf(settings, { source: 'own' }));
  expect(again).toEqual({ ...fields, base: undefined });
  expect(base).toEqual(settings);
});

it('keeps what only the file sets', () => {
  const file = ModelSettings.parse({
    ...settingsOf({ ...emptyChatFields, ...typed }),
    connections: [
      ...settingsOf({ ...emptyChatFields, ...typed }).connections,
      { id: 'mine', name: 'Mine', protocol: 'anthropic', baseUrl: 'https://mine.example' },
    ],
    models: [
      { id: 'main', connection: 'openai', model: 'gpt-5-mini' },
      { id: 'claude', connection: 'mine', model: 'claude-haiku-4-5' },
    ],
    main: ['main', 'claude'],
    routes: { drafting: { temperature: 0.7 } },
    prices: [{ model: 'gpt-5-mini', inputPerMillion: 1, outputPerMillion: 2 }],
  });
  const fields = chatFieldsOf(viewOf(file, { source: 'own' }));
  const settings = settingsOf({ ...fields, fallback: '', model: 'gpt-5' });
  expect(settings).toMatchObject({
    main: ['main', 'claude'],
    routes: { drafting: { temperature: 0.7 } },
    prices: file.prices,
  });
  expect(settings.connections.map(({ id }) => id)).toEqual(['openai', 'mine']);
});

it.each([
  [{ address: 'nowhere' }, 'address'],
  [{ address: 'https://me:secret@host/v1' }, 'address'],
  [{ model: ' ' }, 'model'],
  [{ keyVariable: 'sk-123' }, 'keyVariable'],
  [{ atLimit: 'cheaper' }, 'small'],
] as const)('finds the field that is wrong in %j', (change, problem) => {
  expect(chatSettingsOf({ ...emptyChatFields, ...typed, ...change })).toEqual({ problem });
});

// Catches a key that stays in the window after it was handed over, or that follows to another service.
it('hands a key over once, and forgets it', async () => {
  const bridge = createScriptedBridge({
    'models.read': () => ok(viewOf(noModels)),
    'models.save': (input) => ok(viewOf(ModelSettings.parse(input.settings), { source: 'own' })),
  });
  const store = createChatModelStore(bridge);
  await store.getState().load();
  store.getState().edit({ ...typed, key: 'sk-1234' });
  store.getState().choosePreset('anthropic');
  expect(store.getState().fields).toMatchObject({ key: '', address: 'https://api.anthropic.com' });
  store.getState().edit({ model: 'claude-haiku-4-5', key: 'sk-1234' });
  await store.getState().use();
  expect(bridge.asked.at(-1)?.input).toMatchObject({
    secrets: { anthropic: { key: 'sk-1234', secretHeader: null } },
  });
  expect(JSON.stringify(store.getState())).not.toContain('sk-1234');
  expect(store.getState()).toMatchObject({ busy: 'no', isEdited: false, outcome: { kind: 'applied' } });
});

it('says what a test found, keeps what was typed, and turns off at once', async () => {
  const own = settingsOf({ ...emptyChatFields, ...typed });
  const refused = appError('MODEL_KEY_NOT_ACCEPTED', 'api.openai.com: HTTP 401');
  const bridge = createScriptedBridge({
    'models.read': () => ok(viewOf(own, { source: 'own' })),
    'models.test': () => err(refused),
    'models.save': (input) => ok(viewOf(ModelSettings.parse(input.settings), { source: 'own' })),
  });
  const store = createChatModelStore(bridge);
  await store.getState().load();
  await store.getState().test();
  expect(store.getState()).toMatchObject({
    outcome: { kind: 'failed', error: refused },
    fields: { use: 'own' },
  });
  await store.getState().chooseUse('off');
  expect(bridge.asked.at(-1)?.input).toMatchObject({ settings: { isOn: false, main: ['main'] } });
  expect(store.getState().fields).toMatchObject({ use: 'off', model: 'gpt-5-mini' });
});
