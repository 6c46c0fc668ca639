import { expect, it } from 'vitest';

import { burstPauseMs } from './burst-pause.js';

// Catches a card for "hi there" while the customer still types the question.
it.each([
  ['hi there', 'chat', 2000],
  ['my order HP-104251, the tent', 'chat', 2000],
  ['', 'chat', 2000],
  ['when do you start looking for it?', 'chat', 500],
  ['It is still not here!! 😡', 'chat', 500],
  ['(it never arrived.)  ', 'chat', 500],
  ['Kind regards,\nFemke', 'email', 150],
] as const)('waits after %j by %s for %i ms', (text, channel, pauseMs) => {
  expect(burstPauseMs(text, channel)).toBe(pauseMs);
});
