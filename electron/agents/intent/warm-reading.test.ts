import { expect, it } from 'vitest';

import { teamForTests } from '../../engine/team-for-tests.js';
import { moodPhrases } from './mood/mood-phrases.js';
import { warmReading } from './warm-reading.js';

// Catches patterns that are compiled in one piece, during which no window moves.
it('lets the event loop turn between any two patterns', async () => {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await warmReading(teamForTests.profile);
  isOver = true;
  expect(turns).toBeGreaterThan(2 * moodPhrases.length);
});
