import { expect, it } from 'vitest';

import { diffLines } from './diff-lines.js';

// Catches a diff whose signs are shown as text, or whose removed list item ("- milk") is taken for something else.
it('reads a unified diff line by line', () => {
  const diff =
    '@@ -1,3 +1,3 @@\n # Returns\n-- You have 30 days.\n+- You have 45 days.\n\\ No newline at end of file\n';
  expect(diffLines(diff)).toEqual([
    { kind: 'place', text: '1' },
    { kind: 'same', text: '# Returns' },
    { kind: 'removed', text: '- You have 30 days.' },
    { kind: 'added', text: '- You have 45 days.' },
  ]);
  expect(diffLines('')).toEqual([]);
  expect(diffLines('@@ too long to compare @@\n')).toEqual([{ kind: 'place', text: 'too long to compare' }]);
});
