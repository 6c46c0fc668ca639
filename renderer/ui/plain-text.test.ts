import { expect, it } from 'vitest';

import { plainText } from './plain-text.js';

// Catches Markdown signs in a text that goes to a customer.
it('writes a passage as a customer can read it', () => {
  const source = [
    '## Return an item',
    '',
    'Open **Account > Orders**, see [the page](https://x.example).',
    '',
    '3. Choose *Return*.',
    '4. Print:',
    '   - the label',
    '',
    '| Way | Cost |',
    '| --- | ---- |',
    '| Post | 4.95 |',
    '',
    '<script>alert(1)</script>',
  ].join('\n');
  expect(plainText(source)).toBe(
    [
      'Return an item',
      '',
      'Open Account > Orders, see the page (https://x.example).',
      '',
      '3. Choose Return.',
      '4. Print:',
      '- the label',
      '',
      'Way | Cost',
      'Post | 4.95',
    ].join('\n'),
  );
});
