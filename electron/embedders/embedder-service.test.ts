import { beforeEach, expect, it } from 'vitest';

import {
  EmbedderDraft,
  type EmbedderSettings,
  type EmbedderTrial,
} from '../../shared/domain/embedder-settings.js';
import { appError, AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createEmbedderService, type EmbedderService } from './embedder-service.js';
import type { KeyVault } from '../models/key-vault.js';

const draft = (more: object = {}): EmbedderDraft =>
  EmbedderDraft.parse({ kind: 'openai_compatible', baseUrl: 'https://a/v1', model: 'm', ...more });

let saved: EmbedderSettings[];
let changed: EmbedderSettings[];
let keys: Map<string, string>;
/** Keys services were tried with. */
let triedWith: (string | null)[];
let isImporting: boolean;
let refusal: AppErrorException | null;
let service: EmbedderService;
beforeEach(() => {
  saved = [];
  changed = [];
  triedWith = [];
  keys = new Map();
  isImporting = false;
  refusal = null;
  service = open({ kind: 'bundled' });
});

function open(settings: EmbedderSettings, problem = false): EmbedderService {
  const vault: KeyVault = {
    canStore: () => true,
    read: (address) => keys.get(address) ?? null,
    placeOf: (address) => (keys.has(address) ? 'stored' : 'none'),
    keep: (address, key) => void keys.set(address, key),
    forget: (address) => void keys.delete(address),
  };
  const trialOf = (of: EmbedderSettings): EmbedderTrial => {
    if (refusal) throw refusal;
    return { settings: of, id: 'id', dimensions: 3, durationMs: 1 };
  };
  return createEmbedderService({
    read: () => ({ settings, problem: problem ? appError('WORKSPACE_EMBEDDER_UNREADABLE') : null }),
    save: (of) => void saved.push(of),
    keys: vault,
    keyOfVariable: (name) => (name === 'SET' ? 'key-of-variable' : null),
    tryLocal: (of) => Promise.resolve(trialOf(of)),
    tryService(of, key) {
      triedWith.push(key);
      return Promise.resolve(trialOf({ ...of, dimensions: 3, asksForDimensions: false }));
    },
    isImporting: () => isImporting,
    changeEmbedder: (of) => Promise.resolve(void changed.push(of)),
    log: silentLogger,
  });
}

it('tries, keeps and changes, with the key apart from the settings', async () => {
  const view = await service.use(draft(), 'secret');
  expect(view).toMatchObject({ settings: { baseUrl: 'https://a/v1', dimensions: 3 }, key: 'stored' });
  expect(saved).toEqual(changed);
  expect(JSON.stringify([saved, view])).not.toContain('secret');
  // Later uses of the same address need no key again, another address does not get it.
  await service.try(draft(), null);
  await service.try(draft({ baseUrl: 'https://b/v1' }), null);
  expect(triedWith).toEqual(['secret', 'secret', null]);
  expect(service.forgetKey().key).toBe('none');
});

it('uses a named variable before a key that was entered, and keeps no such key', async () => {
  expect(await service.use(draft({ keyVariable: 'SET' }), 'entered')).toMatchObject({ key: 'environment' });
  expect(triedWith).toEqual(['key-of-variable']);
  expect(keys.size).toBe(0);
  expect(await service.use(draft({ keyVariable: 'NOT_SET' }), null)).toMatchObject({ key: 'none' });
});

it('changes nothing when the trial fails, or while an import runs', async () => {
  refusal = new AppErrorException('EMBEDDER_REFUSED');
  await expect(service.use(draft(), 'secret')).rejects.toMatchObject({ error: { code: 'EMBEDDER_REFUSED' } });
  refusal = null;
  isImporting = true;
  await expect(service.use({ kind: 'onnx_directory', dir: '/m' }, null)).rejects.toMatchObject({
    error: { code: 'EMBEDDER_CHANGE_MUST_WAIT' },
  });
  expect([saved, changed, [...keys]]).toEqual([[], [], []]);
  expect(service.view().settings).toEqual({ kind: 'bundled' });
});

it('tells of a choice that could not be read until another is made', async () => {
  service = open({ kind: 'bundled' }, true);
  expect(service.chosen().problem).toMatchObject({ code: 'WORKSPACE_EMBEDDER_UNREADABLE' });
  expect(await service.use({ kind: 'bundled' }, null)).toMatchObject({ problem: null });
});
