import { expect, it } from 'vitest';

import type { Critique } from '../../../shared/domain/critique.js';
import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import { decidedWithin } from './decided-within.js';

const passage = (id: string, start: number, end: number, articleId = 'returns'): Evidence => ({
  ...{ id, articleId, articleTitle: 'Returns', category: 'returns', headingPath: [], audience: 'public' },
  ...{ language: 'en', brand: null, product: null, validFrom: null, validUntil: null, freshness: 'current' },
  ...{ page: null, updatedAt: null, chunkId: id, text: 'x'.repeat(end - start), span: { start, end } },
  ...{ score: 1, lexicalRank: 1, denseRank: 1, cosine: 1 },
});
const evidence = [passage('E1', 0, 100), passage('E2', 100, 160), passage('E3', 100, 400, 'other')];

function decided(decidedBy: Citation): Citation | null | undefined {
  const sentence = { sentenceId: 'S1', support: 'supported' as const, issues: [], decidedBy };
  const critique: Critique = { verdict: 'pass', issues: [], groundedness: 1, sentences: [sentence] };
  return decidedWithin(critique, evidence).sentences[0]?.decidedBy;
}
const place = (evidenceId: string, start: number, end: number): Citation => ({
  ...{ kind: 'evidence', evidenceId, span: { start, end } },
});

// Catches a verdict that opens at words its passage does not have.
it.each([
  ['stays where its passage holds it', place('E1', 10, 40), place('E1', 10, 40)],
  ['goes to the passage of the article that holds it', place('E1', 110, 140), place('E2', 110, 140)],
  ['is cut to the passage that holds most of it', place('E1', 70, 120), place('E1', 70, 100)],
  ['is nowhere when no passage of the article holds any of it', place('E1', 200, 240), null],
  ['is nowhere when no such passage was found', place('E9', 10, 40), null],
])('%s', (_, given, expected) => {
  expect(decided(given)).toEqual(expected);
});

it('leaves facts alone', () => {
  const fact: Citation = { kind: 'tool', toolCallId: 'T1', factKey: 'order.id' };
  expect(decided(fact)).toEqual(fact);
});
