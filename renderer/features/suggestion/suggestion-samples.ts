import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';

/** Small, complete values for the tests of this feature. */
export const sampleIntent: Intent = {
  label: 'return_item',
  name: 'Return an item',
  confidence: 'high',
  probability: 0.9,
  candidates: [],
  sentiment: 'neutral',
  anger: 0,
  urgency: 'normal',
  reasonWords: [],
  language: 'en',
  messageLanguages: [],
  entities: [],
  escalation: null,
  query: 'return lamp',
};

export const sampleEvidence: Evidence = {
  id: 'E1',
  articleId: 'return-policy',
  articleTitle: 'How long you have to return an item',
  category: 'returns',
  headingPath: [],
  audience: 'public',
  language: 'en',
  brand: null,
  product: null,
  validFrom: null,
  freshness: 'current',
  page: null,
  updatedAt: '2026-09-14',
  validUntil: null,
  chunkId: 'c1',
  text: 'You have 30 days.',
  span: { start: 0, end: 17 },
  score: 0.8,
  lexicalRank: 1,
  denseRank: 1,
  cosine: 0.7,
};

export function sampleSentence(id: string, text: string): DraftSentence {
  return { id, text, role: 'claim', citations: [], lead: 'space' };
}

export function sampleReply(
  runId: string,
  conversationId: string,
  sentences: DraftSentence[] = [sampleSentence('S1', 'You have 30 days.')],
): Extract<Suggestion, { outcome: 'reply' }> {
  return {
    runId,
    conversationId,
    messageId: 'm1',
    createdAt: '2026-11-24T10:00:00.000Z',
    variant: 'standard',
    strategy: 'local',
    modelUse: [],
    promptVersions: {},
    intent: sampleIntent,
    evidence: [sampleEvidence],
    similarCases: [],
    toolCalls: [],
    proposals: [],
    warnings: [],
    degradations: [],
    timings: [
      { stage: 'intent', durationMs: 5, revision: 0 },
      { stage: 'drafting', durationMs: 4, revision: 0 },
      { stage: 'drafting', durationMs: 3, revision: 1 },
    ],
    totalMs: 12,
    outcome: 'reply',
    draft: { sentences, variant: 'standard', revision: 0 },
    critique: {
      verdict: 'pass',
      sentences: sentences.map(({ id }) => ({
        sentenceId: id,
        support: 'supported',
        issues: [],
        decidedBy: null,
      })),
      issues: [],
      groundedness: 1,
    },
  };
}
