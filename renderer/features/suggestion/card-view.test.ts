import { expect, it } from 'vitest';

import { finishedStages, groundedness, insertableText } from './card-view.js';
import { sampleReply, sampleSentence } from './suggestion-samples.js';

// Catches a stage that ran twice and is shown with the time of one pass only.
it('adds up the passes of a stage and tells which stages were not needed', () => {
  const rows = finishedStages(sampleReply('r1', 'c-1'));
  expect(
    rows.map(({ stage, state, durationMs, revisions }) => [stage, state, durationMs, revisions]),
  ).toEqual([
    ['intent', 'finished', 5, 0],
    ['retrieval', 'skipped', null, 0],
    ['tools', 'skipped', null, 0],
    ['drafting', 'finished', 7, 1],
    ['critique', 'skipped', null, 0],
    ['escalation', 'skipped', null, 0],
  ]);
});

// Catches a greeting that counts as a supported claim and makes a weak reply look well founded.
it('counts claims only', () => {
  const sentences = [
    { ...sampleSentence('S1', 'Hi,'), role: 'courtesy' as const },
    sampleSentence('S2', 'You have 30 days.'),
    sampleSentence('S3', 'It is free.'),
  ];
  const { critique } = sampleReply('r1', 'c-1', sentences);
  const judged = critique.sentences.map((verdict) =>
    verdict.sentenceId === 'S3' ? { ...verdict, support: 'weak' as const } : verdict,
  );
  expect(groundedness(sentences, { ...critique, sentences: judged })).toEqual({ supported: 1, claims: 2 });
});

// Catches a reply that loses its paragraphs on the way into the composer.
it('writes the reply out with its lines and paragraphs', () => {
  const sentences = [
    sampleSentence('S1', 'Hi,'),
    { ...sampleSentence('S2', 'You have 30 days.'), lead: 'paragraph' as const },
    sampleSentence('S3', 'It is free.'),
    { ...sampleSentence('S4', 'Support'), lead: 'line' as const },
  ];
  expect(insertableText(sampleReply('r1', 'c-1', sentences))).toBe(
    'Hi,\n\nYou have 30 days. It is free.\nSupport',
  );
});
