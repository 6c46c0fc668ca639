import { expect, it } from 'vitest';

import { isAtEachItem, isJsonPath, isOfOthers, textAt, valuesAt } from './json-path.js';

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

// Catches: an item that nobody owns, told because another item of the list has two owners, or because only the inner list was counted.
it.each([
  [[{ owners: [{ email: 'a' }] }, { owners: [] }], false],
  [[{ owners: [{ email: 'a' }] }, {}], false],
  [[{ owners: [{ email: 'a' }, { email: 'b' }] }, { owners: [{ name: 'c' }] }], false],
  [[{ owners: [{ email: 'a' }] }, { owners: [{ email: 'b' }] }, null], true],
])('an owner in each of %j: %s', (data, isThere) => {
  expect(isAtEachItem({ data }, 'data[*].owners[*].email')).toBe(isThere);
});

// Catches: the owner of the first item, taken for the owner of all.
it.each([
  ['items[0].email', 'items[*].total', true],
  ['items[0].email', 'items[1].total', true],
  ['[0].email', '[*].total', true],
  ['owners[0].email', 'items[*].total', true],
  ['items[0].email', 'items[0].lines[*].total', false],
  ['items[*].email', 'items[*].total', false],
  ['items[0].email', 'total', false],
])('an owner at %s with %s told is of others: %s', (owner, told, isWrong) => {
  expect(isOfOthers(owner, told)).toBe(isWrong);
});
