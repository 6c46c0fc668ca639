import { expect, it } from 'vitest';

import { placeNow, type PassageAsFound } from './passage-place.js';

const found: PassageAsFound = {
  text: 'You have 30 days. Keep the box.',
  span: { start: 10, end: 41 },
  cited: { start: 28, end: 41 },
  updatedAt: null,
};
const at = (start: number) => ({
  passage: { start, end: start + 31 },
  cited: { start: start + 18, end: start + 31 },
});

// Catches a mark on whatever stands now where the passage once stood.
it('finds the passage by its words, wherever they went', () => {
  const { text } = found;
  expect(placeNow(`# Returns\n${text}`, found)).toEqual(at(10));
  expect(placeNow(`# Returns\nNew: read this first.\n${text}`, found)).toEqual(at(32));
  expect(placeNow(`${text}${' '.repeat(200)}${text}`, found)).toEqual(at(0));
  expect(placeNow('# Returns\nYou have 14 days. Keep the box.', found)).toBeNull();
});
