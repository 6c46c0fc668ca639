import { expect, it } from 'vitest';

import readme from '../../README.md?raw';
import { otherKeys, shortcuts } from './shortcuts.js';

/** The keys of the table under "Keys" in the README, as tinykeys has them. */
function keysOfReadme(): string[] {
  const section = readme.split('\n## ').find((part) => part.startsWith('Keys\n')) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.flatMap((row) => {
    const [, key = '', does = '', key2 = '', does2 = ''] = row.split('|');
    // "`Shift+H` adds it" is told where `h` is.
    return [key, key2, ...[does, does2].filter((cell) => cell.includes('`Shift+H`'))];
  });
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key));
}

const asBound: Record<string, string> = {
  'Ctrl+Enter': '$mod+Enter',
  'Alt+M': 'Alt+KeyM',
  'Shift+H': 'Shift+h',
};
/** Arrows and Shift beside a key that is listed. */
const doubles = new Set(['ArrowDown', 'ArrowUp', 'Shift+/', 'Shift+?']);
const notBound = ['1', '9', 'Ctrl+Z', 'Esc'];

// Catches a key the README promises and the window does not know, and one that works and is nowhere to be read.
it('the README lists every key, and none that is not there', () => {
  const listed = keysOfReadme()
    .filter((key) => !notBound.includes(key))
    .map((key) => asBound[key] ?? key);
  const bound = shortcuts.flatMap(({ bindings }) => bindings).filter((key) => !doubles.has(key));
  expect(listed.toSorted()).toEqual(bound.toSorted());
  for (const key of notBound) expect(keysOfReadme()).toContain(key);
  expect(otherKeys).toHaveLength(notBound.length - 1);
});

it('no key does two things', () => {
  const bound = shortcuts.flatMap(({ bindings }) => bindings);
  expect(new Set(bound).size).toBe(bound.length);
});
