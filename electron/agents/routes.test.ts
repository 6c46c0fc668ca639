import { expect, test } from 'vitest';

import type { Critique } from '../../shared/domain/critique.js';
import { unknownIntent } from './present-suggestion.js';
import { afterCritique, afterDrafting, afterFacts, type RouteState } from './routes.js';

const calm = unknownIntent('Where is my order?');
const upset = {
  ...calm,
  escalation: { reason: 'anger' as const, label: 'Angry', words: [], team: 'Leads' },
};
const withheld = { reason: 'no_evidence' as const, message: '' };
const draft = (revision: number): RouteState['draft'] => ({ sentences: [], variant: 'standard', revision });
const verdict = (value: Critique['verdict']): Critique => ({
  verdict: value,
  sentences: [],
  issues: [],
  groundedness: 1,
});
const state = (part: Partial<RouteState>): RouteState => ({
  customerIntent: calm,
  withheld: null,
  draft: null,
  draftCritique: null,
  ...part,
});

// Catches: a run that answers an angry customer by itself, or that hands over what only lacks evidence.
test.each([
  ['a plain question is drafted', state({}), 'drafting'],
  ['without an intent it is drafted too', state({ customerIntent: null }), 'drafting'],
  ['nothing to say is shown', state({ withheld }), 'present'],
  ['a human goes before everything', state({ customerIntent: upset }), 'escalation'],
  ['a human goes before a missing answer', state({ customerIntent: upset, withheld }), 'escalation'],
])('after the facts: %s', (_, given, next) => {
  expect(afterFacts(given)).toBe(next);
});

// Catches: critique of nothing.
test.each([
  ['a draft is doubted', state({ draft: draft(0) }), 'critique'],
  ['no draft is shown as such', state({}), 'present'],
  ['a withheld draft is shown as such', state({ draft: draft(0), withheld }), 'present'],
])('after drafting: %s', (_, given, next) => {
  expect(afterDrafting(given)).toBe(next);
});

// Catches: a run that revises for ever, or gives up while a revision could help.
test.each([
  ['a passed draft is shown', 'pass', 0, 'present'],
  ['a withheld draft is shown as such', 'withhold', 0, 'present'],
  ['the first revision', 'revise', 0, 'drafting'],
  ['the second revision', 'revise', 1, 'drafting'],
  ['no third revision', 'revise', 2, 'present'],
] as const)('after critique: %s', (_, value, revision, next) => {
  expect(afterCritique(state({ draft: draft(revision), draftCritique: verdict(value) }))).toBe(next);
});
