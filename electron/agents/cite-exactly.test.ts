import { expect, it } from 'vitest';

import type { Critique } from '../../shared/domain/critique.js';
import type { Draft } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import { citeExactly } from './cite-exactly.js';
import type { SourceArticle } from './state.js';

const markdown = 'Returns take 30 days.\n\n## Exceptions\n\nHeadphones have 14 days. Lamps have 30.';
const source: SourceArticle = {
  articleId: 'returns',
  title: 'Returns',
  category: 'returns',
  product: null,
  validUntil: null,
  markdown,
};
const spanOf = (text: string) => ({
  start: markdown.indexOf(text),
  end: markdown.indexOf(text) + text.length,
});

const passage = (id: string, text: string): Evidence => ({
  id,
  articleId: 'returns',
  articleTitle: 'Returns',
  category: 'returns',
  headingPath: [],
  audience: 'public',
  language: 'en',
  brand: null,
  product: null,
  validFrom: null,
  freshness: 'current',
  page: null,
  updatedAt: null,
  validUntil: null,
  chunkId: id,
  text,
  span: spanOf(text),
  score: 0.5,
  lexicalRank: 1,
  denseRank: 1,
  cosine: 0.5,
});

const draftOf = (...quoted: [string, string][]): Draft => ({
  variant: 'standard',
  revision: 0,
  sentences: quoted.map(([evidenceId, text], at) => ({
    id: `S${String(at + 1)}`,
    text,
    role: 'claim',
    lead: 'space',
    citations: [{ kind: 'evidence', evidenceId, span: spanOf(text) }],
  })),
});
const cited = ({ sentences }: Draft) =>
  sentences.flatMap(({ citations }) =>
    citations.map((it) => (it.kind === 'evidence' ? it.evidenceId : it.kind)),
  );

/** Of one sentence, decided by words of the article. */
const critiqueOf = (evidenceId: string, text: string): Critique => ({
  ...{ verdict: 'pass', issues: [], groundedness: 1 },
  sentences: [
    {
      ...{ sentenceId: 'S1', support: 'supported', issues: [] },
      decidedBy: { kind: 'evidence', evidenceId, span: spanOf(text) },
    },
  ],
});

const lead = passage('E1', 'Returns take 30 days.');
const none: Critique = { verdict: 'pass', issues: [], groundedness: 1, sentences: [] };

it('leaves a citation alone whose words are in its passage', () => {
  const draft = draftOf(['E1', 'Returns take 30 days.']);
  expect(citeExactly(draft, none, [lead], [source])).toEqual({ draft, critique: none, evidence: [lead] });
});

it('names the other passage of the article that holds the words', () => {
  const exceptions = passage('E2', 'Headphones have 14 days. Lamps have 30.');
  const { draft, evidence } = citeExactly(
    draftOf(['E1', 'Lamps have 30.']),
    none,
    [lead, exceptions],
    [source],
  );
  expect(cited(draft)).toEqual(['E2']);
  expect(evidence).toHaveLength(2);
});

// Catches a card that lists a passage in which the quoted sentence does not stand.
it('makes a place the search did not find evidence of its own, once', () => {
  const quoted = draftOf(['E1', 'Headphones have 14 days.'], ['E1', 'Headphones have 14 days.']);
  const { draft, evidence } = citeExactly(quoted, none, [lead], [source]);
  expect(cited(draft)).toEqual(['E2', 'E2']);
  expect(evidence[1]).toMatchObject({
    text: 'Headphones have 14 days.',
    headingPath: ['Exceptions'],
    cosine: null,
  });
  expect(evidence).toHaveLength(2);
});

// Catches a verdict that shows a whole passage which says something else than what decided it.
it('names evidence that holds what decided a verdict, the same as the reply cites', () => {
  const words = 'Headphones have 14 days.';
  const quoted = draftOf(['E1', words]);
  const { draft, critique, evidence } = citeExactly(quoted, critiqueOf('E1', words), [lead], [source]);
  expect(cited(draft)).toEqual(['E2']);
  expect(critique.sentences[0]?.decidedBy).toEqual({
    ...{ kind: 'evidence', evidenceId: 'E2', span: spanOf(words) },
  });
  expect(evidence.map(({ id, text }) => [id, text])).toEqual([
    ['E1', lead.text],
    ['E2', words],
  ]);
});
