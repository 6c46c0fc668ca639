import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { bootstrap, wilson } from './confidence.js';
import { bestThreshold } from './critique-baselines.js';
import { readCritiqueSet } from './critique-set.js';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-critique-set-'));
afterAll(() => fs.rmSync(dir, { recursive: true }));

const write = (name: string, rows: readonly unknown[]): string => {
  const file = path.join(dir, name);
  fs.writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  return file;
};

// Catches: labels of the usual public sets that are not understood, evidence as a text that is not taken for a passage.
test('reads its own form and the labels of the usual sets', async () => {
  const file = write('set.jsonl', [
    { evidence: 'A lamp is red.', sentence: 'It is red.', label: 'entailment' },
    { evidence: ['One.', { text: 'Two.', validUntil: '2026-01-31' }], claim: 'Three.', label: 'REFUTES' },
    { sentence: 'Hello,', label: 'not_needed', split: 'test' },
    { evidence: 'x', sentence: 'y', label: 1 },
  ]);
  const rows = await readCritiqueSet(file);
  expect(rows.map(({ label }) => label)).toEqual(['supported', 'unsupported', 'not_needed', 'supported']);
  expect(rows[1]?.passages.map(({ text, validUntil }) => [text, validUntil])).toEqual([
    ['One.', null],
    ['Two.', '2026-01-31'],
  ]);
});

test.each([[{ evidence: 'x', sentence: 'y', label: 'perhaps' }], [{ evidence: 'x', label: 'supported' }]])(
  'names the line of %j',
  async (row) => {
    await expect(readCritiqueSet(write('bad.jsonl', [row]))).rejects.toMatchObject({
      error: {
        code: 'EVALUATION_DATA_INVALID',
        detail: expect.stringContaining('line 1') as string,
      },
    });
  },
);

// The figures of Wilson's interval for 8 of 10 stand in every textbook: 49 % to 94 %.
test('intervals', () => {
  const { low, high } = wilson(8, 10);
  expect([low.toFixed(2), high.toFixed(2)]).toEqual(['0.49', '0.94']);
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  const ones = Array.from({ length: 40 }, (_, at) => at % 2);
  const mean = (rows: readonly number[]): number => rows.reduce((sum, one) => sum + one, 0) / rows.length;
  const spread = bootstrap(ones, mean, 1);
  expect(spread.value).toBe(0.5);
  expect(spread.low).toBeGreaterThan(0.3);
  expect(spread.high).toBeLessThan(0.7);
});

test('the best threshold parts what can be parted', () => {
  const threshold = bestThreshold([0.1, 0.2, 0.8, 0.9], [true, true, false, false]);
  expect([0.2 < threshold, threshold <= 0.8]).toEqual([true, true]);
});
