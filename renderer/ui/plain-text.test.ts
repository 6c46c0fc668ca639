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

// Catches a link whose words say another address than it leads to, and one that runs a script.
it.each([
  ['[shop.example](https://other.example/a)', 'shop.example (https://other.example/a)'],
  ['<https://x.example>', 'https://x.example'],
  ['[help](mailto:help@x.example)', 'help (help@x.example)'],
  ['[open](javascript:alert(1)) ![pixel](https://x.example/p.gif)', 'open'],
])('writes %s with where it leads', (source, text) => {
  expect(plainText(source)).toBe(text);
});
