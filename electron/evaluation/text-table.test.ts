import { expect, it } from 'vitest';

import { textTable } from './text-table.js';

it('aligns the first column left and the others right', () => {
  expect(
    textTable(
      ['', 'hit@1', 'ms'],
      [
        ['BM25', '68.3', 1],
        ['dense alone', 7, '12.25'],
      ],
    ),
  ).toBe(['             hit@1     ms', 'BM25          68.3      1', 'dense alone      7  12.25'].join('\n'));
});
