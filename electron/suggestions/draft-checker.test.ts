import { expect, test } from 'vitest';

import type { DraftSentence } from '../../shared/domain/draft.js';
import { Suggestion } from '../../shared/domain/suggestion.js';
import { checkDraft } from '../agents/critique/check-draft.js';
import { emptyTeam } from '../workspace/team-loader.js';
import { createDraftChecker } from './draft-checker.js';

const RULE = 'You have 30 days from delivery to return a lamp.';
const sentence: DraftSentence = {
  id: 'S1',
  text: RULE,
  role: 'claim',
  lead: 'paragraph',
  citations: [{ kind: 'evidence', evidenceId: 'E1', span: { start: 40, end: 40 + RULE.length } }],
};
const reply = Suggestion.parse({
  ...{ runId: 'r1', conversationId: 'c-1', messageId: 'm1', createdAt: '2026-11-20T09:00:00.000Z' },
  ...{ variant: 'standard', strategy: 'local', toolCalls: [], warnings: [], degradations: [], timings: [] },
  ...{ totalMs: 1, outcome: 'reply', draft: { sentences: [sentence], variant: 'standard', revision: 0 } },
  critique: { verdict: 'pass', sentences: [], issues: [], groundedness: 1 },
  intent: {
    ...{ label: null, name: '', confidence: 'low', probability: 0, candidates: [], sentiment: 'neutral' },
    ...{
      anger: 0,
      urgency: 'normal',
      reasonWords: [],
      language: 'en',
      messageLanguages: [],
      entities: [],
      escalation: null,
    },
    query: 'How long do I have to return a lamp?',
  },
  // The passage as it was found, deep in an article nobody asks for again.
  evidence: [
    {
      ...{ id: 'E1', articleId: 'a', articleTitle: 'Return a lamp', category: 'returns', headingPath: [] },
      ...{ audience: 'public', language: 'en', brand: null, product: null, updatedAt: null, validFrom: null },
      ...{ validUntil: null, freshness: 'current', page: null, chunkId: 'c', score: 1, cosine: 1 },
      ...{ lexicalRank: 1, denseRank: 1, text: RULE, span: { start: 40, end: 40 + RULE.length } },
    },
  ],
});
const team = {
  ...emptyTeam('Shop'),
  profile: { ...emptyTeam('Shop').profile, patterns: { orderId: 'HP-\\d{6}' } },
};

const checker = createDraftChecker({
  find: (runId) => (runId === 'r1' ? reply : null),
  team: () => team,
  helpdesk: {
    open: () =>
      Promise.resolve({
        ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', updatedAt: '', unread: 0 },
        ...{ customer: { name: 'Ada', email: 'ada@example.com' }, messages: [] },
      }),
  },
  check: (input) => Promise.resolve(checkDraft(input)),
  now: () => new Date('2026-11-20T10:00:00Z'),
});

const supportOf = async (text: string): Promise<unknown> =>
  (await checker.check('r1', [{ ...sentence, text }])).critique.sentences.map(({ support }) => support);

// Catches a second check that trusts the first, or that needs the article as it is today.
test('a changed sentence is judged by the passages of its own run', async () => {
  expect(await supportOf(RULE)).toEqual(['supported']);
  expect(await supportOf(RULE.replace('30', '60'))).toEqual(['unsupported']);
});

// Catches the customer's own address taken for somebody's.
test('the customer may be told their own address', async () => {
  const courtesy = {
    ...sentence,
    role: 'courtesy' as const,
    citations: [],
    text: 'I write to ada@example.com.',
  };
  const { critique } = await checker.check('r1', [sentence, courtesy]);
  expect(critique.sentences[1]?.issues.map(({ kind }) => kind)).not.toContain('personal_data');
  const strange = { ...courtesy, text: 'I write to eve@example.org.' };
  const other = await checker.check('r1', [sentence, strange]);
  expect(other.critique.sentences[1]?.issues.map(({ kind }) => kind)).toContain('personal_data');
});

// Catches a bug where an expected failure should be.
test('an unknown run is refused by its code', async () => {
  await expect(checker.check('r9', [sentence])).rejects.toMatchObject({
    error: { code: 'SUGGESTION_NOT_FOUND' },
  });
});
