import { afterEach, beforeEach, expect, it } from 'vitest';

import { ModelLimits } from '../../shared/domain/model-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createAnswerStore } from './answer-store.js';
import { chatMigrations } from './chat-tables.js';
import { createUsageStore } from './usage-store.js';

let database: Database;
let clock: Date;
const now = (): Date => clock;
beforeEach(() => {
  database = openDatabase(':memory:', [{ scope: 'chat', statements: chatMigrations }]);
  clock = new Date(2026, 10, 27, 23, 50);
});
afterEach(() => database.close());

const note = { task: 'drafting', provider: 'OpenAI', model: 'gpt-4o-mini' } as const;
const used = { inputTokens: 1000, outputTokens: 200, costMicros: 270 };
const limits = (given: object) => ModelLimits.parse(given);

// Catches limits that a restart of the app sets back, and ones that never begin anew.
it('counts a day over restarts, and begins the next one anew', () => {
  createUsageStore(database, now, silentLogger).note({ ...note, ...used });
  const store = createUsageStore(database, now, silentLogger);
  store.note({ ...note, task: 'intent', ...used, costMicros: null });
  expect(store.today()).toEqual({
    ...{
      day: '2026-11-27',
      calls: 2,
      inputTokens: 2000,
      outputTokens: 400,
      costMicros: 270,
      unpricedCalls: 1,
    },
    models: [{ provider: 'OpenAI', model: 'gpt-4o-mini', calls: 2, costMicros: 270 }],
  });
  expect(store.isReached(limits({ dailyTokens: 2400 }))).toBe(true);
  expect(store.isReached(limits({ dailyTokens: 2401, dailyCalls: 3, dailyCostMicros: 271 }))).toBe(false);
  expect(store.isReached(limits({ dailyCalls: 2 }))).toBe(true);
  expect(store.isReached(limits({ dailyCostMicros: 270 }))).toBe(true);
  clock = new Date(2026, 10, 28, 0, 5);
  expect(store.isReached(limits({ dailyCalls: 1 }))).toBe(false);
  expect(store.today().calls).toBe(0);
});

// Catches a full disk that makes the limit endless.
it('counts what could not be written', () => {
  const store = createUsageStore(database, now, silentLogger);
  database.exec(
    'DROP TABLE model_usage; CREATE TABLE model_usage (day TEXT, provider TEXT, model TEXT, calls INTEGER, input_tokens INTEGER, output_tokens INTEGER, cost_micros INTEGER, unpriced_calls INTEGER)',
  );
  store.note({ ...note, ...used });
  expect(store.isReached(limits({ dailyCalls: 1 }))).toBe(true);
});

it('keeps answers for a week', () => {
  const store = createAnswerStore(database, now, silentLogger);
  const usage = { ...used, provider: 'OpenAI', model: 'm', durationMs: 1, attempts: 1, fromCache: false };
  store.keep('a', { text: 'Two days.', usage });
  expect(store.find('a')).toEqual({ text: 'Two days.', usage });
  expect(store.find('b')).toBeNull();
  clock = new Date(clock.getTime() + 8 * 86_400_000);
  expect(store.find('a')).toBeNull();
});
