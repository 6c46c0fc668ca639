import { expect, it } from 'vitest';

import { NOTHING_HELD } from './page-key-for-tests.js';
import { insertsReply } from './page-insert-key.js';

const f8 = { ...NOTHING_HELD, type: 'keyDown', key: 'F8' };

// Catches: a reply that comes by a key of the page or of an input method, and a page that loses keys which are its own.
it('takes F8 alone', () => {
  expect(insertsReply(f8)).toBe(true);
  const others = [
    { ...f8, type: 'keyUp' },
    { ...f8, control: true },
    { ...f8, meta: true },
    { ...f8, alt: true },
    { ...f8, shift: true },
    { ...f8, isComposing: true },
    { ...f8, key: 'F7' },
    { ...f8, key: 'Enter', control: true },
  ];
  expect(others.filter(insertsReply)).toEqual([]);
});

// Catches: the page that gets the repetitions of a key whose first press was ours.
it('takes a held key too', () => {
  expect(insertsReply({ ...f8, isAutoRepeat: true })).toBe(true);
});
