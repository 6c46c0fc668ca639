import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import type { TeamProfile } from '../../../shared/domain/team.js';
import { screeningPieces } from '../screening/warm-screening.js';
import { findAddresses } from './entities/addresses.js';
import { createPhoneFinder } from './entities/contact-details.js';
import { findDates } from './entities/dates.js';
import { createEntityFinder } from './entities/entities.js';
import { detectLanguage } from './language.js';
import { moodPhrases } from './mood/mood-phrases.js';
import { readMood } from './sentiment.js';
import { spansOf } from '../text/text-spans.js';

/** Ordinary words with something for most patterns to look at. */
const SAMPLE =
  'Hello, my order from 12 November should have arrived on Tuesday. It cost 49.00 EUR. Where is it? Thank you';
/** V8 interprets a pattern the first time and compiles it to machine code the second. */
const ROUNDS = 2;

/**
 * Has the patterns that read a message compiled before the first message comes, a few at a time with turns of the event loop between them:
 * in one piece they hold the thread that moves the windows for about 100 ms.
 */
export async function warmReading(profile: TeamProfile): Promise<void> {
  const { languages, timezone } = profile;
  const sentAt = new Date();
  const findEntities = createEntityFinder(profile);
  const findPhones = createPhoneFinder(timezone);
  const pieces: readonly (() => unknown)[] = [
    ...moodPhrases.map(
      ({ pattern }) =>
        () =>
          spansOf(SAMPLE, pattern),
    ),
    ...screeningPieces(),
    () => readMood(SAMPLE),
    () => findAddresses(SAMPLE),
    () => findPhones(SAMPLE),
    () => detectLanguage(SAMPLE, languages),
    () => findDates(SAMPLE, { sentAt, timezone, language: 'en' }),
    () => findEntities([{ messageId: '', offset: 0, text: SAMPLE, sentAt }]),
  ];
  for (let round = 0; round < ROUNDS; round++) {
    for (const warm of pieces) {
      warm();
      await eventLoopTurn();
    }
  }
}
