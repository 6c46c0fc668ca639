import { expect, test } from 'vitest';

import { ModelSettings } from '../../../../shared/domain/model-settings.js';
import {
  firstModels,
  modelOf,
  problemsOfModels,
  secondsOf,
  serviceOf,
  withAddress,
  withAtLimit,
  withModel,
  withSeconds,
  withService,
  withWorker,
  workerOf,
} from './team-models.js';

const filled = (): ModelSettings => withModel(firstModels(), 'main', 'gpt-5-mini');

// Catches: a form whose result no release takes, or one that names a key.
test('a service with three models is one a release can carry', () => {
  const all = withModel(withModel(filled(), 'small', 'gpt-5-nano'), 'fallback', 'gpt-4.1');
  expect(ModelSettings.parse(all)).toEqual(all);
  expect(all).toMatchObject({ main: ['main', 'fallback'], small: ['small', 'main'], isOn: true });
  expect(all.connections).toMatchObject([{ id: 'openai', keyVariable: null, secretHeader: null }]);
  expect(['main', 'small', 'fallback'].map((role) => modelOf(all, role as 'main'))).toEqual([
    ...['gpt-5-mini', 'gpt-5-nano', 'gpt-4.1'],
  ]);
});

// Catches: models left behind at a service that is gone.
test('another service takes all models along', () => {
  const moved = withAddress(
    withService(withModel(filled(), 'small', 'x'), 'ollama'),
    'http://127.0.0.1:9/v1',
  );
  expect(ModelSettings.safeParse(moved).success).toBe(true);
  expect(serviceOf(moved)).toMatchObject({ id: 'ollama', needsKey: false, baseUrl: 'http://127.0.0.1:9/v1' });
  expect(moved.models.map(({ connection }) => connection)).toEqual(['ollama', 'ollama']);
});

// Catches: a chain, a step or a limit that still names a model nobody has any more.
test('a model that is taken out is named nowhere', () => {
  const small = withModel(filled(), 'small', 'gpt-5-nano');
  const used = withAtLimit(withWorker(small, 'summary', 'small'), 'cheaper');
  expect(used).toMatchObject({
    limits: { cheaperModel: 'small' },
    routes: { summary: { models: ['small'] } },
  });
  const gone = withModel(used, 'small', '');
  expect(ModelSettings.safeParse(gone).success).toBe(true);
  expect(gone).toMatchObject({ small: [], routes: { summary: {} }, limits: { cheaperModel: null } });
  expect(workerOf(gone, 'summary')).toBe('usual');
  expect(problemsOfModels(gone)).toMatchObject({ 'models.small': 'missing' });
});

// Catches: a step that forgets its time limit when its worker changes, or what only the file sets.
test('steps keep what was not changed', () => {
  const file = { ...filled(), routes: { drafting: { temperature: 0.7, hedgeAfterMs: 900 } } };
  const timed = withSeconds(withWorker(file, 'drafting', 'local'), 'drafting', 0.01);
  expect(timed.routes.drafting).toEqual({
    temperature: 0.7,
    hedgeAfterMs: 900,
    models: [],
    timeLimitMs: 200,
  });
  expect([workerOf(timed, 'drafting'), secondsOf(timed, 'drafting')]).toEqual(['local', 0.2]);
  const back = withSeconds(withWorker(timed, 'drafting', 'usual'), 'drafting', null);
  expect(back).toEqual(file);
});

test('says what is missing before it is published', () => {
  expect(problemsOfModels(firstModels())).toMatchObject({ 'models.main': 'missing' });
  const secret = withAddress(filled(), 'https://me:secret@example.com/v1');
  expect(problemsOfModels(secret)).toMatchObject({ 'models.address': 'address' });
  expect(Object.values(problemsOfModels(filled())).filter(Boolean)).toEqual([]);
});
