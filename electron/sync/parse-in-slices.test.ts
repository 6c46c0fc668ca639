import { setImmediate as nextTurn } from 'node:timers/promises';

import { expect, it } from 'vitest';
import { z } from 'zod';

import { parseInSlices } from './parse-in-slices.js';

const Answer = z.object({
  at: z.iso.datetime(),
  note: z.string().optional(),
  delta: z.object({ list: z.array(z.object({ id: z.int() })), few: z.array(z.string()).max(2) }).nullable(),
});
const at = '2026-11-26T10:00:00Z';
const list = Array.from({ length: 5000 }, (_, id) => ({ id, extra: 1 }));

it('gives what a whole check gives, and lets others have their turn', async () => {
  const values = [
    { at, delta: { list, few: ['a'] }, unknown: 1 },
    { at, note: 'n', delta: null },
  ];
  for (const value of values) expect(await parseInSlices(Answer, value)).toEqual(Answer.parse(value));
  let turns = 0;
  const parsing = parseInSlices(Answer, values[0]).finally(() => (turns = -turns));
  while (turns >= 0 && turns < 1000) {
    turns += 1;
    await nextTurn();
  }
  await parsing;
  expect(-turns).toBeGreaterThan(3);
});

it.each([
  ['an entry of a later slice', { at, delta: { list: [...list, { id: 'x' }], few: [] } }],
  ['a list that is none', { at, delta: { list: {}, few: [] } }],
  ['a list that is too long', { at, delta: { list: [], few: ['a', 'b', 'c'] } }],
  ['a missing part', { at }],
  ['a value that is no object', [at]],
])('refuses %s', async (_, value) => {
  await expect(parseInSlices(Answer, value)).rejects.toBeInstanceOf(z.ZodError);
});
