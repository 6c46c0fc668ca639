import { spawnSync } from 'node:child_process';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ModelLimits } from '../../shared/domain/model-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase, type Database } from '../storage/database.js';
import { createAnswerStore } from './answer-store.js';
import { chatMigrations } from './chat-tables.js';
import { createUsageStore, type UsageStore } from './usage-store.js';

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

describe('what is held back for a call under way', () => {
  const estimate = { tokens: 600, costMicros: 100 };
  const reserve = (store: UsageStore, given: object) => store.reserve(limits(given), estimate);

  // Catches calls side by side that each see room for one.
  it.each([[{ dailyCalls: 1 }], [{ dailyTokens: 1000 }], [{ dailyCostMicros: 150 }]])(
    'counts as used: %o',
    (given) => {
      const store = createUsageStore(database, now, silentLogger);
      const first = reserve(store, given);
      expect(first).not.toBeNull();
      expect(reserve(store, given)).toBeNull();
      expect(store.reserve(null, estimate)).not.toBeNull();
      expect(store.today().calls).toBe(0);
    },
  );

  it('is given back once, and what was used counts instead', () => {
    const store = createUsageStore(database, now, silentLogger);
    const given = { dailyTokens: 1800 };
    const first = reserve(store, given);
    store.note({ ...note, ...used, inputTokens: 100, outputTokens: 50 });
    first?.release();
    first?.release();
    const others = [reserve(store, given), reserve(store, given), reserve(store, given)];
    expect(others.map((one) => one !== null)).toEqual([true, true, false]);
  });

  // Catches a limit that a killed app has used up for good, and one that another running process does not count towards.
  it('goes with a process that is gone, and stays with one that runs', () => {
    const hold = database.prepare(
      'INSERT INTO model_reservation (process, held_at, tokens, cost_micros) VALUES (?, ?, 500, 0)',
    );
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    for (const pid of [gone, process.pid, process.ppid]) hold.run(pid, now().getTime());
    const store = createUsageStore(database, now, silentLogger);
    expect(store.isReached(limits({ dailyCalls: 1 }))).toBe(true);
    expect(store.isReached(limits({ dailyCalls: 2, dailyTokens: 501 }))).toBe(false);
    clock = new Date(clock.getTime() + 20 * 60_000);
    expect(store.isReached(limits({ dailyCalls: 1 }))).toBe(false);
  });

  it('is held in memory where the disk refuses', () => {
    const store = createUsageStore(database, now, silentLogger);
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON model_reservation BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    const first = reserve(store, { dailyCalls: 1 });
    expect(reserve(store, { dailyCalls: 1 })).toBeNull();
    first?.release();
    expect(reserve(store, { dailyCalls: 1 })).not.toBeNull();
  });
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
