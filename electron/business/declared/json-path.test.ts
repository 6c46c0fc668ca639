import { expect, it } from 'vitest';

import { isAtEachItem, isJsonPath, textAt, valuesAt } from './json-path.js';

const answer = { data: [{ id: 1, tags: ['a', 'b'] }, { id: 2 }, null], 'x-y': { $t: true }, none: null };

it.each([
  ['data[*].id', '1, 2'],
  ['data[0].tags[*]', 'a, b'],
  ['data[5].id', ''],
  ['x-y.$t', 'true'],
  ['none', ''],
  ['data', ''],
  ['data.length', ''],
  ['constructor', ''],
])('%s', (path, text) => {
  expect(isJsonPath(path)).toBe(true);
  expect(textAt(answer, path)).toBe(text);
});

it('knows a path from what is none, and the whole', () => {
  expect(['a b', 'a..b', '.a', 'a[x]', 'a['].filter(isJsonPath)).toEqual([]);
  expect(valuesAt(answer, '')).toEqual([answer]);
  expect(isAtEachItem(answer, 'data[*].id')).toBe(true);
  expect(isAtEachItem(answer, 'data[*].tags[0]')).toBe(false);
});
