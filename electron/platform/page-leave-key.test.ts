import { expect, it } from 'vitest';

import { NOTHING_HELD } from './page-key-for-tests.js';
import { leavesPage } from './page-leave-key.js';

const f6 = { ...NOTHING_HELD, type: 'keyDown', key: 'F6' };

// Catches: a rep without a pointer who cannot get out of the helpdesk's page, and keys of the page that are taken from it.
it('leaves the page by F6 and by nothing else', () => {
  expect(leavesPage(f6)).toBe(true);
  expect(leavesPage({ ...f6, shift: true })).toBe(true);
  const others = [
    { ...f6, type: 'keyUp' },
    { ...f6, control: true },
    { ...f6, meta: true },
    { ...f6, alt: true },
    { ...f6, key: 'F7' },
    { ...f6, key: 'Escape' },
    { ...f6, key: 'Tab' },
    { ...f6, isComposing: true },
  ];
  expect(others.filter(leavesPage)).toEqual([]);
});
