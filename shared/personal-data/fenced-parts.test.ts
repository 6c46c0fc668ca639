import { expect, it } from 'vitest';

import { fencedParts, placesOf } from './fenced-parts.js';

const BOUNDARY = '0123456789abcdef01234567';
const text = [
  '# Conversation',
  `<<customer_message ${BOUNDARY}>>`,
  '| I moved to',
  '| 12 Elm Street',
  '|',
  '| Thanks',
  `<<END ${BOUNDARY}>>`,
  `<<passage E1 ${BOUNDARY}>>`,
  '| Ask Kiran.',
  `<<END ${BOUNDARY}>>`,
  '# Task',
].join('\n');

// Catches: rules for signatures and first lines that see a fence instead of the letter.
it('gives each fenced text as it was written', () => {
  expect(fencedParts(text).map((part) => part.text)).toEqual([
    '# Conversation',
    'I moved to\n12 Elm Street\n\nThanks',
    'Ask Kiran.',
    '# Task',
  ]);
  expect(fencedParts('one\n| two').map((part) => part.text)).toEqual(['one\n| two']);
});

// Catches: a find that replaces other letters than those it is about, or takes the marks of lines with it.
it('says where a find stands in the whole', () => {
  const [, letter, passage] = fencedParts(text);
  if (!letter || !passage) throw new Error('no parts');
  const written = (part: typeof letter, words: string): string[] =>
    placesOf(part, part.text.indexOf(words), part.text.indexOf(words) + words.length).map((place) =>
      text.slice(place.start, place.end),
    );
  expect(written(letter, 'moved to\n12 Elm')).toEqual(['moved to', '12 Elm']);
  expect(written(passage, 'Kiran')).toEqual(['Kiran']);
  const [plain] = fencedParts('12 Elm\nStreet');
  expect(plain && placesOf(plain, 3, 13)).toEqual([{ start: 3, end: 13 }]);
});

it('a fence that never ends is read to the end', () => {
  const parts = fencedParts(`<<draft ${BOUNDARY}>>\n| Kiran\nMeera`);
  expect(parts.map((part) => part.text)).toEqual(['Kiran\nMeera']);
});
