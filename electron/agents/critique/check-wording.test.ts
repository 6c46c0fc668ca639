import { expect, test } from 'vitest';

import type { DraftSentence } from '../../../shared/domain/draft.js';
import { libraryOf } from '../../evaluation/critique-set.js';
import { emptyTeam } from '../../workspace/team-loader.js';
import { checkDraft, createDraftCheck, type CritiqueInput } from './check-draft.js';
import { citeDecisive } from './cite-decisive.js';
import { isCourtesy } from './is-courtesy.js';

const rule = 'You have 30 days from delivery to return a lamp. See shop.example/returns for the steps.';
const base = emptyTeam('Shop');
const team = {
  ...base,
  profile: {
    ...base.profile,
    guardrails: {
      ...base.profile.guardrails,
      competitors: ['Lampworld'],
      brand: { bannedWords: ['kindly'], preferredWords: ['ticket = question'], mustSign: true },
    },
  },
};

function inputOf(
  texts: readonly (string | Partial<DraftSentence>)[],
  part: Partial<CritiqueInput> = {},
): CritiqueInput {
  const sentences = texts.map((one, at): DraftSentence => ({
    ...{ id: `S${String(at + 1)}`, text: '', role: 'claim', citations: [], lead: 'space' },
    ...(typeof one === 'string' ? { text: one } : one),
  }));
  return {
    draft: { sentences, variant: 'standard', revision: 0 },
    library: libraryOf({
      passages: [{ text: rule, validUntil: null, title: 'Return a lamp' }],
      facts: [{ label: 'Customer', value: 'Ada' }],
    }),
    ...{ team, query: '', own: '', today: '2026-11-20' },
    ...part,
  };
}

const issuesOf = (text: string, part: Partial<DraftSentence> = {}) =>
  checkDraft(inputOf([{ text, ...part }])).sentences[0]?.issues ?? [];

// Catches: what a model slips in that no evidence can excuse, with the words marked and, where there is one, the fix.
test.each([
  ['Hi [Name],', 'placeholder_left', '[Name]', 'Hello,'],
  ['Dear {{fact.0}}, welcome.', 'placeholder_left', '{{fact.0}}', 'Dear Ada, welcome.'],
  ['TODO: add the address.', 'placeholder_left', 'TODO', null],
  [
    'See shop.example/refund-now for more.',
    'invented_link',
    'shop.example/refund-now',
    'See shop.example/returns for more.',
  ],
  ['See evil.example/login for more.', 'invented_link', 'evil.example/login', null],
  ['Lampworld is more expensive.', 'competitor', 'Lampworld', ''],
  ['You are entitled to compensation.', 'advice', 'You are entitled to compensation', ''],
  ['It is safe during pregnancy.', 'advice', 'safe during pregnancy', ''],
  ['You should have read the manual.', 'blame', 'You should have read', ''],
  ['It is the carrier’s fault.', 'blame', 'the carrier’s fault', ''],
] as const)('%s', (text, kind, marked, fix) => {
  const issue = issuesOf(text, { role: 'courtesy' }).find((one) => one.kind === kind);
  expect([text.slice(issue?.words?.start, issue?.words?.end), issue?.fix]).toEqual([marked, fix]);
});

// Catches: a style rule that blocks a true sentence, or comes without its fix.
test('a brand rule is told with its fix and turns nothing down', () => {
  const { support, issues } = checkDraft(
    inputOf(['Kindly note: you have 30 days from delivery to return a lamp.']),
  ).sentences[0] ?? { support: null, issues: [] };
  expect([support, issues.map(({ kind, fix }) => [kind, fix])]).toEqual([
    'supported',
    [['brand_rule', 'Note: you have 30 days from delivery to return a lamp.']],
  ]);
  expect(issuesOf('Your ticket is with me.', { role: 'courtesy' })[0]?.fix).toBe('Your question is with me.');
});

test('a reply without the signature is told', () => {
  const kinds = (texts: string[]) => checkDraft(inputOf(texts)).issues.map(({ kind }) => kind);
  expect([kinds([rule]), kinds([rule, 'Shop Support'])]).toEqual([['brand_rule'], []]);
});

// Catches: the right number, known, and not offered.
test('a wrong number comes with the sentence as it would be right', () => {
  const [issue] = issuesOf('You have 60 days from delivery to return a lamp.');
  expect([issue?.kind, issue?.fix]).toEqual([
    'number_not_in_source',
    'You have 30 days from delivery to return a lamp.',
  ]);
});

// Catches: a statement that passes unchecked because its writer called it a courtesy, and thanks that need evidence.
test.each([
  ['Hi Anna,', true],
  ['Thanks for the photos!', true],
  ["I'm so sorry about the trouble this caused.", true],
  ['Could you send me your order number?', true],
  ['Here is what you can do:', true],
  ['Shop Support', true],
  ['I am sorry, but opened earbuds cannot be returned.', false],
  ['Thank you, you will get 10 EUR back.', false],
  ['I have cancelled your order.', false],
  ['Returns are free.', false],
])('courtesy: %s %s', (text, expected) => {
  expect(isCourtesy(text)).toBe(expected);
});

test('a promise called a courtesy is judged', () => {
  const [sentence] = checkDraft(inputOf([{ text: 'We refunded you 500 EUR.', role: 'courtesy' }])).sentences;
  expect(sentence?.support).toBe('unsupported');
});

// Catches: a citation that was missing or of another passage, and one that is made up.
test('each sentence cites what decided it, and nothing else', () => {
  const input = inputOf([
    'You have 30 days from delivery to return a lamp.',
    'Our kitchen opens at noon for cake.',
  ]);
  const cited = citeDecisive(input.draft, checkDraft(input));
  expect(cited.sentences.map(({ citations }) => citations)).toEqual([
    [{ kind: 'evidence', evidenceId: 'E1', span: { start: 0, end: 48 } }],
    [],
  ]);
});

// Catches: a rule quoted from one article while another says otherwise, unseen by the rep.
test('passages that disagree are named', () => {
  const passages = [rule, 'You have 14 days from delivery to return a lamp.'];
  const library = libraryOf({
    passages: passages.map((text, at) => ({ text, validUntil: null, title: `Article ${String(at)}` })),
    facts: [],
  });
  const { issues } = checkDraft(inputOf(['You have 30 days from delivery to return a lamp.'], { library }));
  expect(issues.map(({ kind }) => kind)).toContain('sources_conflict');
});

test('a rule an order is too late for is named', () => {
  const library = libraryOf({
    passages: [{ text: 'You can cancel an order until it is packed.', validUntil: null, title: '' }],
    facts: [{ label: 'Status', value: 'shipped' }],
  });
  const { issues } = checkDraft(inputOf(['You can cancel an order until it is packed.'], { library }));
  expect(issues.map(({ kind }) => kind)).toContain('sources_conflict');
});

// Catches: the second of two questions, forgotten.
test('a question nobody answered is named', () => {
  const asked = ['How long do I have to return a lamp?', 'Do you sell gift vouchers for restaurants?'];
  const { issues } = checkDraft(inputOf([rule], { asked }));
  expect(issues.filter(({ kind }) => kind === 'unanswered_question').map(({ message }) => message)).toEqual([
    'Not answered: "Do you sell gift vouchers for restaurants?"',
  ]);
});

// Catches: a German reply whose every sentence is called unsupported, or whose wrong number passes.
test('in another language numbers are checked, words are not', () => {
  const german = (days: string) =>
    checkDraft(inputOf([`Sie haben ${days} Tage ab der Lieferung, um die Lampe zurückzugeben.`])).sentences[0]
      ?.support;
  expect([german('30'), german('60')]).toEqual(['weak', 'unsupported']);
});

// Catches: an embedder that is asked about every sentence, or one whose failure costs the check.
test('meaning is asked about only where words fail, and may fail itself', async () => {
  const asked: string[] = [];
  const check = createDraftCheck({
    embed: (texts) => {
      asked.push(...texts);
      return Promise.resolve(texts.map(() => new Float32Array([1, 0])));
    },
  });
  const strange = 'Illumination gear goes straight home again in general.';
  const byWords = await check(inputOf(['You have 30 days from delivery to return a lamp.']));
  expect([byWords.sentences[0]?.support, asked]).toEqual(['supported', []]);
  expect((await check(inputOf([strange]))).sentences[0]?.support).toBe('weak');
  expect(asked).toContain(strange);
  const broken = createDraftCheck({ embed: () => Promise.reject(new Error('gone')) });
  expect((await broken(inputOf([strange]))).sentences[0]?.support).toBe('unsupported');
});
