import { expect, test } from 'vitest';

import type { SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft } from '../../../shared/domain/draft.js';
import { keepCarried } from './carried-verdicts.js';
import { sampleSentence } from './suggestion-samples.js';

const draftOf = (...texts: string[]): Draft => ({
  sentences: texts.map((text, at) => sampleSentence(`S${String(at + 1)}`, text)),
  variant: 'standard',
  revision: 0,
});
const checked = (draft: Draft, sentences: SentenceCritique[]) => ({
  draft,
  critique: { verdict: 'pass' as const, sentences, issues: [], groundedness: 0 },
});
const carried = (sentenceId: string): SentenceCritique => ({
  ...{ sentenceId, support: 'supported', issues: [], decidedBy: null },
  through: { kind: 'original', text: 'You have 30 days.' },
});
const verdict = (
  sentenceId: string,
  support: SentenceCritique['support'],
  kind: SentenceCritique['issues'][number]['kind'],
): SentenceCritique => ({
  ...{ sentenceId, support, decidedBy: null },
  issues: [{ kind, message: 'm', words: null, fix: null }],
});

// Catches: taking one sentence of a translation out makes all others weak.
test('a verdict that came through the original survives a second check', () => {
  const draft = draftOf('Sie haben 30 Tage.');
  const again = checked(draft, [verdict('S1', 'weak', 'other_language')]);
  const { critique } = keepCarried(checked(draft, [carried('S1')]), again);
  expect(critique).toMatchObject({ groundedness: 1, sentences: [carried('S1')] });
});

// Catches: a changed sentence that keeps the verdict of the old one, or one whose wrong number is covered up.
test('a changed sentence and a new finding take the new verdict', () => {
  const shown = checked(draftOf('Sie haben 30 Tage.', 'Es kostet 5 EUR.'), [carried('S1'), carried('S2')]);
  const again = checked(draftOf('Sie haben Zeit.', 'Es kostet 5 EUR.'), [
    verdict('S1', 'weak', 'other_language'),
    verdict('S2', 'unsupported', 'number_not_in_source'),
  ]);
  expect(keepCarried(shown, again).critique.sentences.map(({ support }) => support)).toEqual([
    'weak',
    'unsupported',
  ]);
});
