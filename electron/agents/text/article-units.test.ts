import { expect, test } from 'vitest';

import { articleUnits } from './article-units.js';

const markdown = `A **lamp** has 30 days. Ask us, e.g. by email, first.

## Prices

| Service | Time | Price |
| --- | --- | --- |
| Express | 1-2 business days | 9.95 EUR |
| Returnable | Yes | No |

### Steps

1. Open \`Account\` > Orders.
2. Choose *Return*.

- Gift cards cannot be returned.

\`\`\`
not a sentence
\`\`\`
`;

// Catches: a citation that points a letter beside its sentence, marks in a reply, a sentence cut at "e.g.".
test('every unit reads without marks and stands exactly at its span', () => {
  const units = articleUnits(markdown);
  expect(units.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'sentence: A lamp has 30 days.',
    'sentence: Ask us, e.g. by email, first.',
    'row: Express: time 1-2 business days, price 9.95 EUR.',
    'step: Open Account > Orders.',
    'step: Choose Return.',
    'bullet: Gift cards cannot be returned.',
  ]);
  expect(units.map(({ span }) => markdown.slice(span.start, span.end))).toEqual([
    'A **lamp** has 30 days.',
    'Ask us, e.g. by email, first.',
    '| Express | 1-2 business days | 9.95 EUR |',
    'Open `Account` > Orders.',
    'Choose *Return*.',
    'Gift cards cannot be returned.',
  ]);
});

test('a unit knows the headings it stands under', () => {
  const units = articleUnits(markdown);
  expect(units.map(({ headingPath }) => headingPath.join(' > '))).toEqual([
    '',
    '',
    'Prices',
    'Prices > Steps',
    'Prices > Steps',
    'Prices > Steps',
  ]);
});

test.each([[''], ['# Only a heading'], ['<div>html</div>']])('%j has nothing to quote', (text) => {
  expect(articleUnits(text)).toEqual([]);
});
