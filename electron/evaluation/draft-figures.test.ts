import { expect, test } from 'vitest';

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { draftFigures } from './draft-figures.js';
import type { DraftCase } from './draft-set.js';

const of = (part: Partial<DraftCase>): DraftCase => ({
  ...{ id: 'a', channel: 'chat', messages: ['?'], points: [['3-5 business days'], ['free', 'no cost']] },
  ...{ articles: ['delivery'], answerable: true },
  ...part,
});

/** As much of a suggestion as the figures look at. */
function reply(text: string, articleId: string, support = 'supported'): Suggestion {
  const citations = [{ kind: 'evidence', evidenceId: 'E1', span: { start: 0, end: 1 } }];
  return {
    ...{ outcome: 'reply', totalMs: 10, evidence: [{ id: 'E1', articleId }] },
    modelUse: [{ task: 'drafting', usage: { costMicros: 50 } }],
    draft: { sentences: [{ id: 'S1', text, role: 'claim', citations, lead: 'space' }] },
    critique: { sentences: [{ sentenceId: 'S1', support }] },
  } as unknown as Suggestion;
}
const withheld = { outcome: 'withheld', totalMs: 20, modelUse: [] } as unknown as Suggestion;

// Catches: a share counted over the wrong whole, and a model run that ended counted as a reply.
test('counts what is said, cited and supported', () => {
  const end = { code: 'MODEL_CUT_OFF', message: '', canRetry: true } as const;
  const figures = draftFigures('model', [
    { of: of({}), suggestion: reply('It takes 3–5 business days.', 'delivery'), end: null },
    { of: of({}), suggestion: reply('At NO  cost, 3 to 5 business days.', 'other', 'weak'), end: null },
    { of: of({}), suggestion: reply('3-5 business days, free.', 'delivery'), end },
    { of: of({ answerable: false, points: [], articles: [] }), suggestion: withheld, end: null },
  ]);
  const parts = (
    name: 'replied' | 'heldBack' | 'coverage' | 'grounded' | 'citationPrecision' | 'citationRecall',
  ): number[] => [figures[name].part, figures[name].whole];
  expect(parts('replied')).toEqual([2, 3]);
  expect(parts('heldBack')).toEqual([1, 1]);
  expect(parts('coverage')).toEqual([3, 6]);
  expect(parts('grounded')).toEqual([1, 2]);
  expect(parts('citationPrecision')).toEqual([1, 2]);
  expect(parts('citationRecall')).toEqual([1, 2]);
  expect([figures.costMicrosPerCase, figures.ends]).toEqual([37.5, { MODEL_CUT_OFF: 1 }]);
});
