import { expect, it } from 'vitest';

import { splitRows } from './split-rows.js';

const rows = [{ split: 'fit' }, { split: 'test' }, { split: undefined }];
const ofSplit = (split?: string) => splitRows('set.jsonl', rows, (row) => row.split, split);

it('takes the rows of a split, or all', () => {
  expect(ofSplit('test')).toEqual([{ split: 'test' }]);
  expect(ofSplit()).toEqual(rows);
});

// Catches figures of no rows at all, which look like a measurement.
it('refuses a split that no row is in, and names those there are', () => {
  expect(() => ofSplit('nope')).toThrow('no "nope"; it has: fit, test');
  expect(() => splitRows('set.jsonl', [{}], () => null, 'fit')).toThrow('its rows name no split');
});
