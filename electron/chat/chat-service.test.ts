import { beforeEach, expect, it } from 'vitest';

import { ModelConnection, ModelSettings, type ConnectionTrial } from '../../shared/domain/model-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { ConnectionSecrets } from '../models/key-vault.js';
import { createChatService, type ChatService } from './chat-service.js';

const settingsWith = (more: object = {}, connection: object = {}): ModelSettings =>
  ModelSettings.parse({
    isOn: true,
    connections: [{ id: 'a', name: 'A', protocol: 'openai', baseUrl: 'https://a.example/v1', ...connection }],
    models: [{ id: 'm', connection: 'a', model: 'gpt-5-mini' }],
    main: ['m'],
    ...more,
  });
const connection = (more: object = {}) =>
  ModelConnection.parse({ id: 'a', name: 'A', protocol: 'openai', baseUrl: 'https://a.example/v1', ...more });
const usage = {
  ...{ day: '2026-11-27', calls: 0, inputTokens: 0, outputTokens: 0 },
  ...{ costMicros: 0, unpricedCalls: 0, models: [] },
};
const trial: ConnectionTrial = {
  firstPieceMs: 1,
  durationMs: 2,
  inputTokens: 3,
  outputTokens: 1,
  costMicros: null,
};

let saved: (ModelSettings | null)[];
let keys: Map<string, string>;
let tried: ConnectionSecrets[];
let team: ModelSettings | null;
let service: ChatService;
const open = (own: ModelSettings | null = null): ChatService =>
  createChatService({
    read: () => ({ settings: own, problem: null }),
    save: (settings) => void saved.push(settings),
    teamModels: () => team,
    keys: {
      canStore: () => true,
      read: (address) => keys.get(address) ?? null,
      placeOf: (address) => (keys.has(address) ? 'stored' : 'none'),
      keep: (address, key) => void keys.set(address, key),
      forget: (address) => void keys.delete(address),
    },
    keyOfVariable: (name) => (name === 'SET' ? 'key-of-variable' : null),
    usage: { today: () => usage, isReached: () => false },
    test: (_connection, _model, secrets) => {
      tried.push(secrets);
      return Promise.resolve(trial);
    },
    log: silentLogger,
  });
beforeEach(() => {
  saved = [];
  tried = [];
  keys = new Map();
  team = null;
  service = open();
});

// Catches a key in the settings file or in what the window is told.
it('keeps settings and keys apart, each key for its address', async () => {
  const given = { a: { key: 'sk-1234', secretHeader: null } };
  const view = service.save(settingsWith(), given);
  expect(view).toMatchObject({ source: 'own', keys: { a: { key: 'stored' } } });
  expect(JSON.stringify([saved, view])).not.toContain('sk-1234');
  const none = { key: null, secretHeader: null };
  await service.test(connection(), 'm', none);
  await service.test(connection({ baseUrl: 'https://b.example/v1' }), 'm', none);
  await service.test(connection({ keyVariable: 'SET' }), 'm', { key: 'entered', secretHeader: null });
  expect(tried.map(({ key }) => key)).toEqual(['sk-1234', null, 'key-of-variable']);
  expect(service.forgetKey('a').keys['a']).toMatchObject({ key: 'none' });
});

it('keeps a second secret for a header', () => {
  const helicone = settingsWith({}, { secretHeader: 'Helicone-Auth' });
  service.save(helicone, { a: { key: 'one', secretHeader: 'Bearer two' } });
  expect(service.secretsOf(connection({ secretHeader: 'Helicone-Auth' }))).toEqual({
    key: 'one',
    header: 'Bearer two',
  });
  expect(service.secretsOf(connection())).toEqual({ key: 'one', header: null });
});

it("uses the team's models until the rep chooses, and again afterwards", () => {
  expect(service.view()).toMatchObject({ source: 'none', settings: { isOn: false } });
  team = settingsWith();
  expect(service.view()).toMatchObject({ source: 'team', settings: { main: ['m'] } });
  service.save(settingsWith({ isOn: false }), {});
  expect(service.settings().isOn).toBe(false);
  expect(service.useTeam()).toMatchObject({ source: 'team', settings: { isOn: true } });
  expect(saved.at(-1)).toBeNull();
});

// Catches a window that goes on naming the model of before.
it('tells of every change', () => {
  const told: boolean[] = [];
  service.onChanged(({ settings }) => told.push(settings.isOn));
  service.save(settingsWith(), {});
  service.useTeam();
  service.forgetKey('a');
  expect(told).toEqual([true, false, false]);
});

// Catches a release that has any variable of this computer sent to an address of its own.
it('takes no environment variable from a release', () => {
  team = settingsWith({}, { keyVariable: 'SET' });
  const [first] = service.settings().connections;
  expect(first?.keyVariable).toBeNull();
  expect(first && service.secretsOf(first).key).toBeNull();
});

it("lets the rep lower the team's limits and not raise them", () => {
  team = settingsWith({ limits: { dailyCalls: 100, dailyCostMicros: 500, atLimit: 'local' } });
  service.save(settingsWith({ limits: { dailyCalls: 1000, dailyCostMicros: 200, atLimit: 'warn' } }), {});
  expect(service.settings().limits).toMatchObject({
    dailyCalls: 100,
    dailyCostMicros: 200,
    atLimit: 'local',
  });
});

it('refuses settings that name what is not there, and headers that carry secrets', () => {
  const bad = [
    settingsWith.bind(null, { main: ['x'] }),
    settingsWith.bind(null, { limits: { cheaperModel: 'x' } }),
    settingsWith.bind(null, {}, { headers: { Authorization: 'Bearer x' } }),
    settingsWith.bind(null, {}, { baseUrl: 'https://me:secret@a.example/v1' }),
  ];
  for (const parse of bad) expect(parse).toThrow();
});
