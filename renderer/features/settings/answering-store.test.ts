import { describe, expect, it } from 'vitest';

import type { ModelsView } from '../../../shared/contracts/ipc/models.js';
import { ModelSettings } from '../../../shared/domain/model-settings.js';
import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { answeringBy, answeringText, createAnsweringStore } from './answering-store.js';

function viewOf(change: Partial<ModelsView> = {}, settings: object = {}): ModelsView {
  return {
    settings: ModelSettings.parse({
      isOn: true,
      connections: [{ id: 'a', name: 'A', protocol: 'openai', baseUrl: 'https://a.example/v1' }],
      models: [
        { id: 'm', connection: 'a', model: 'gpt-5-mini' },
        { id: 'cheap', connection: 'a', model: 'gpt-5-nano' },
      ],
      main: ['m'],
      ...settings,
    }),
    ...{ source: 'own', hasTeamModels: false, problem: null, keys: {}, canStoreKeys: true },
    usage: {
      ...{ day: '2026-11-27', calls: 0, inputTokens: 0, outputTokens: 0 },
      ...{ costMicros: 0, unpricedCalls: 0, models: [] },
    },
    isLimitReached: false,
    ...change,
  };
}

async function desk(first: ModelsView) {
  const main = { view: first };
  const bridge = createScriptedBridge({ 'models.read': () => ok(main.view) });
  const store = createAnsweringStore(bridge);
  store.getState().connect();
  await store.getState().load();
  return {
    ...{ bridge, main },
    says: () => answeringText(answeringBy(store.getState())),
    end: (code: 'MODEL_UNREACHABLE' | 'MODEL_OVER_BUDGET' | 'MODEL_NOTHING_FOUND') =>
      bridge.emit('suggestion.model_ended', {
        ...{ conversationId: 'c-1', runId: 'r-1' },
        end: { code, message: 'The model went away.', canRetry: true },
      }),
  };
}

describe('who answers', () => {
  // Catches a status bar that says "Local engine" while a model writes.
  it('follows the settings without a restart', async () => {
    const here = await desk(viewOf({}, { isOn: false }));
    expect(here.says()).toBe('Local engine');
    here.bridge.emit('models.changed', { view: viewOf() });
    expect(here.says()).toBe('gpt-5-mini');
    here.bridge.emit('models.changed', { view: viewOf({}, { routes: { drafting: { models: [] } } }) });
    expect(here.says()).toBe('Local engine');
  });

  // Catches a model that fails all day while the bar names it as the one that answers.
  it('says that the local engine stands in until a run with the model comes through', async () => {
    const here = await desk(viewOf());
    here.end('MODEL_NOTHING_FOUND');
    expect(here.says()).toBe('gpt-5-mini');
    here.end('MODEL_UNREACHABLE');
    expect(here.says()).toBe('Local: model failing');
    here.bridge.emit('models.changed', { view: viewOf() });
    expect(here.says()).toBe('gpt-5-mini');
  });

  it('knows the limits of the day', async () => {
    const reached = { isLimitReached: true };
    const limits = (atLimit: string, cheaperModel: string | null) => ({ limits: { atLimit, cheaperModel } });
    expect((await desk(viewOf(reached))).says()).toBe('Local: budget used up');
    expect((await desk(viewOf(reached, limits('warn', null)))).says()).toBe('gpt-5-mini');
    expect((await desk(viewOf(reached, limits('cheaper', 'cheap')))).says()).toBe('gpt-5-nano');
    const here = await desk(viewOf());
    here.main.view = viewOf(reached);
    here.end('MODEL_OVER_BUDGET');
    expect(here.says()).toBe('Local: budget used up');
  });
});
