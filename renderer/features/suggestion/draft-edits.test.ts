import { expect, it } from 'vitest';

import type { DraftSentence } from '../../../shared/domain/draft.js';
import { draftText } from '../../../shared/domain/draft-text.js';
import { withSentence, withoutSentences } from './draft-edits.js';
import { sampleSentence } from './suggestion-samples.js';

const say = (id: string, text: string, lead: DraftSentence['lead']): DraftSentence => ({
  ...sampleSentence(id, text),
  lead,
});

const reply = [
  say('S1', 'Hi Ada,', 'paragraph'),
  say('S2', 'You have 60 days.', 'paragraph'),
  say('S3', 'Then:', 'space'),
  say('S4', '1. Pack it.', 'line'),
  say('S5', '2. Sing to it.', 'line'),
  say('S6', '3. Send it.', 'line'),
  say('S7', 'Bye', 'paragraph'),
];

// Catches paragraphs that run into each other and a list that jumps from 1 to 3.
it('keeps the shape of the reply when sentences are taken out', () => {
  expect(draftText(withoutSentences(reply, ['S2', 'S5']))).toBe(
    'Hi Ada,\n\nThen:\n1. Pack it.\n2. Send it.\n\nBye',
  );
  expect(draftText(withoutSentences(reply, ['S1']))).toMatch(/^You have 60 days\. Then:/);
});

// Catches a fix that loses the citations, or an empty one that leaves an empty line.
it('says a sentence anew, and takes it out where nothing is left of it', () => {
  const fixed = withSentence(reply, 'S2', 'You have 30 days.');
  expect(fixed[1]).toEqual({ ...reply[1], text: 'You have 30 days.' });
  expect(withSentence(reply, 'S2', '').map(({ id }) => id)).not.toContain('S2');
});
