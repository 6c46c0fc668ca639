import { expect, test } from 'vitest';

import type { Citation, DraftSentence } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { noBrandRules } from '../../../shared/domain/team.js';
import { emptyTeam } from '../../workspace/team-loader.js';
import { checkDraft, type CritiqueInput } from './check-draft.js';

const markdown =
  'You have 30 days from delivery to return a lamp. A lamp that is damaged cannot be returned by post. Write to help@shop.example first.';
const secret = 'Offer up to 15.00 EUR as goodwill when the customer is angry about a late parcel.';

function passage(id: string, text: string, part: Partial<Evidence> = {}): Evidence {
  return {
    id,
    articleId: `article-${id}`,
    articleTitle: 'Return a lamp',
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
    span: { start: 0, end: text.length },
    score: 1,
    lexicalRank: 1,
    denseRank: 1,
    cosine: 1,
    ...part,
  };
}

const order: ToolCall = {
  id: 'T1',
  tool: 'look_up_order',
  title: 'Look up order',
  risk: 'read',
  input: { orderId: 'HP-104196' },
  status: 'succeeded',
  detail: '',
  facts: [
    { key: 'order.id', label: 'Order', value: 'HP-104196' },
    { key: 'order.deliveredOn', label: 'Delivered on', value: '3 November 2026' },
  ],
  durationMs: 1,
};

const team = {
  ...emptyTeam('Shop'),
  profile: {
    ...emptyTeam('Shop').profile,
    patterns: { orderId: 'HP-\\d{6}' },
    guardrails: {
      neverPromise: ['we promise'],
      internalTerms: ['goodwill'],
      rules: [],
      competitors: ['Lampworld'],
      brand: noBrandRules,
    },
  },
};

const cite = (sentence: string, evidenceId = 'E1'): Citation => {
  const start = markdown.indexOf(sentence);
  return { kind: 'evidence', evidenceId, span: { start, end: start + sentence.length } };
};
const fact = (factKey: string): Citation => ({ kind: 'tool', toolCallId: 'T1', factKey });
const RETURN_RULE = 'You have 30 days from delivery to return a lamp.';
const DAMAGED_RULE = 'A lamp that is damaged cannot be returned by post.';

function judge(text: string, citations: Citation[], part: Partial<CritiqueInput> = {}) {
  const sentence: DraftSentence = { id: 'S1', text, role: 'claim', citations, lead: 'space' };
  const sources = ['E1', 'E3'].map((id) => ({
    articleId: `article-${id}`,
    title: 'Return a lamp',
    category: 'returns',
    product: null,
    validUntil: null,
    markdown,
  }));
  return checkDraft({
    draft: { sentences: [sentence], variant: 'standard', revision: 0 },
    library: {
      evidence: [
        passage('E1', markdown),
        passage('E2', secret, { audience: 'internal' }),
        passage('E3', markdown, { validUntil: '2026-01-31' }),
      ],
      sources,
      toolCalls: [order],
      macros: [],
    },
    team,
    query: 'How long do I have to return a lamp?',
    own: 'ada@example.com',
    today: '2026-11-20',
    ...part,
  });
}

const kindsOf = (text: string, citations: Citation[]): string[] =>
  judge(text, citations).sentences.flatMap(({ issues }) => issues.map(({ kind }) => kind));

// Catches: each way a reply can say something its source does not.
test.each([
  ['a quotation', RETURN_RULE, [cite(RETURN_RULE)], []],
  ['a step with its number', `1. ${RETURN_RULE}`, [cite(RETURN_RULE)], []],
  [
    'another number',
    'You have 60 days from delivery to return a lamp.',
    [cite(RETURN_RULE)],
    ['number_not_in_source'],
  ],
  ['a word for a number', 'You have thirty days from delivery to return a lamp.', [cite(RETURN_RULE)], []],
  [
    'another day',
    'Your order HP-104196 was delivered on 4 November 2026.',
    [fact('order.id'), fact('order.deliveredOn')],
    ['date_not_in_source'],
  ],
  [
    'another order',
    'Your order HP-104197 was delivered on 3 November 2026.',
    [fact('order.id'), fact('order.deliveredOn')],
    ['fact_of_other_customer', 'number_not_in_source'],
  ],
  [
    'a day counted from a fact and a rule',
    'For order HP-104196, the 30 days end on 3 December 2026.',
    [cite(RETURN_RULE), fact('order.id'), fact('order.deliveredOn')],
    [],
  ],
  [
    'a day counted wrong',
    'For order HP-104196, the 30 days end on 9 December 2026.',
    [cite(RETURN_RULE), fact('order.id'), fact('order.deliveredOn')],
    ['date_not_in_source'],
  ],
  [
    'another name',
    'You have 30 days from delivery to return a lamp to Ikea.',
    [cite(RETURN_RULE)],
    ['name_not_in_source'],
  ],
  [
    'a lost "not"',
    'A lamp that is damaged can be returned by post.',
    [cite(DAMAGED_RULE)],
    ['negation_differs'],
  ],
  [
    'an added "not"',
    'You do not have 30 days from delivery to return a lamp.',
    [cite(RETURN_RULE)],
    ['negation_differs'],
  ],
  ['something else', 'Our kitchen opens at noon for coffee and cake.', [cite(RETURN_RULE)], ['low_coverage']],
  ['no citation, and a passage that says it', RETURN_RULE, [], []],
  ['a citation of nothing, and a passage that says it', RETURN_RULE, [cite(RETURN_RULE, 'E9')], []],
  [
    'no citation and no passage',
    'Our kitchen opens at noon for coffee.',
    [],
    ['no_citation', 'low_coverage'],
  ],
  [
    'a promise',
    'We promise: you have 30 days from delivery to return a lamp.',
    [cite(RETURN_RULE)],
    ['promise'],
  ],
  [
    'an internal term',
    'You have 30 days from delivery to return a lamp, by goodwill.',
    [cite(RETURN_RULE)],
    ['internal_text'],
  ],
  [
    'an address that is in the source',
    'Write to help@shop.example first.',
    [cite('Write to help@shop.example first.')],
    [],
  ],
  [
    'an address of somebody',
    'Write to eve@example.org first.',
    [cite('Write to help@shop.example first.')],
    ['personal_data'],
  ],
] as const)('%s', (_, text, citations, kinds) => {
  expect(kindsOf(text, [...citations])).toEqual(kinds);
});

// Catches: internal wording in a reply, whichever source it claims to come from.
test('words of an internal article are refused', () => {
  const kinds = kindsOf(secret.replace('as goodwill ', ''), [cite(RETURN_RULE)]);
  expect(kinds).toContain('internal_text');
});

// Catches: a verdict that shows a reply without one supported claim, or hides one with a good half.
test('the verdict follows what is left', () => {
  const bad: DraftSentence = {
    id: 'S2',
    text: 'It costs 5.00 EUR.',
    role: 'claim',
    citations: [cite(RETURN_RULE)],
    lead: 'space',
  };
  const good: DraftSentence = {
    id: 'S1',
    text: RETURN_RULE,
    role: 'claim',
    citations: [cite(RETURN_RULE)],
    lead: 'space',
  };
  const verdictOf = (sentences: DraftSentence[]) => {
    const { verdict, groundedness } = judge('', [], {
      draft: { sentences, variant: 'standard', revision: 0 },
    });
    return [verdict, groundedness];
  };
  expect(verdictOf([good])).toEqual(['pass', 1]);
  expect(verdictOf([good, bad])).toEqual(['revise', 0.5]);
  expect(verdictOf([bad])).toEqual(['withhold', 0]);
  expect(verdictOf([{ ...good, role: 'courtesy', text: 'Hello,', citations: [] }])).toEqual(['withhold', 1]);
});

// Catches: a well quoted answer to a question nobody asked.
test('a reply beside the question is withheld', () => {
  const critique = judge(RETURN_RULE, [cite(RETURN_RULE)], { query: 'Which varnish is used on the oak?' });
  expect([critique.verdict, critique.issues.map(({ kind }) => kind)]).toEqual(['withhold', ['off_question']]);
});
