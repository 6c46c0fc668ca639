import { describe, expect, it } from 'vitest';

import { identifiersIn } from './identifiers.js';
import { analyseQuery, type QueryVocabulary } from './query.js';
import { sentencesOf } from './sentences.js';
import { createSpelling } from './spelling.js';
import { stemOf } from './stems.js';
import { stopWords } from './stop-words.js';
import { wordsOf } from './words.js';

/** A knowledge of one passage per text. */
function vocabularyOf(...passages: string[]): QueryVocabulary {
  const stems = passages.map((text) => new Set([...wordsOf(text).map(stemOf), ...identifiersIn(text)]));
  return {
    spelling: createSpelling([...stopWords, ...passages.flatMap(wordsOf)]),
    passages: passages.length,
    passagesWith: (stem) => stems.filter((set) => set.has(stem)).length,
  };
}

const vocabulary = vocabularyOf(
  'You have 30 days to return an item unused.',
  'The refund to your card takes 5 days.',
  'Error code PAY-311 means that the bank check failed.',
  'Track the parcel and its delivery.',
  'Wash the blanket by hand. Send a photo of the damage.',
);
const termsOf = (query: string): string[] => analyseQuery(query, vocabulary).terms.map(({ word }) => word);

describe('Understanding a query', () => {
  it('keeps what tells something and drops courtesy', () => {
    expect(
      termsOf('Hi there, could you please tell me how to return the blanket? Thanks!').toSorted(),
    ).toEqual(['blanket', 'return']);
  });

  it('puts typing errors right, but not words the articles know', () => {
    expect(termsOf('i wnat to retrun it unsued').toSorted()).toEqual(['return', 'unused']);
    expect(termsOf('parcel')).toEqual(['parcel']);
  });

  it('knows codes that are in the articles and leaves numbers of orders out', () => {
    const { terms, segments } = analyseQuery(
      'Order HP-104233 shows pay-311, write to me@example.test',
      vocabulary,
    );
    expect(terms.map(({ word }) => word)).toContain('pay311');
    expect(terms.some(({ word }) => /104233|hp|example/.test(word))).toBe(false);
    expect(segments.join(' ')).not.toMatch(/104233|example/);
  });

  it('hears what a phrase means and which words mean the same', () => {
    expect(termsOf('how do I send it back')).toContain('return');
    const [term] = analyseQuery('picture', vocabulary).terms;
    expect(term?.alternatives.map(({ word }) => word)).toEqual(['photo']);
    expect(term?.isKnown).toBe(false);
  });

  it('lets the sentence that asks count more than the story around it', () => {
    const { terms, segments } = analyseQuery(
      'My blanket came last week.\nIt was a birthday gift for my aunt.\nHow long does the refund take?',
      vocabulary,
    );
    const weightOf = (word: string): number => terms.find((term) => term.word === word)?.weight ?? 0;
    expect(weightOf('blanket')).toBeLessThan(weightOf('refund'));
    expect(segments).toHaveLength(2);
    expect(segments[1]).toBe('How long does the refund take?');
  });

  it('takes all sentences where none asks', () => {
    const { segments } = analyseQuery('The parcel is wet. The blanket is torn.', vocabulary);
    expect(segments).toHaveLength(3);
  });

  it('cuts a very long text to its most telling words', () => {
    const noise = Array.from(
      { length: 3000 },
      (_, i) => `noise${String.fromCharCode(97 + (i % 26))}${i}x`,
    ).join(' ');
    const { terms, segments } = analyseQuery(`${noise}. refund to my card`, vocabulary);
    expect(terms.length).toBeLessThanOrEqual(40);
    expect(segments.length).toBeLessThanOrEqual(7);
  });

  it('has something to embed even for a text of stop words, and nothing for an empty one', () => {
    expect(analyseQuery('how are you', vocabulary)).toMatchObject({ terms: [], segments: ['how are you'] });
    expect(analyseQuery('  ', vocabulary)).toMatchObject({ terms: [], segments: [] });
  });
});

describe('The sentences of a message', () => {
  it('are those that say something, and it is known which ask', () => {
    expect(sentencesOf('Hello,\n\nThe parcel is late. please send it again\nKind regards\nAnna')).toEqual([
      { text: 'The parcel is late.', isAsking: false },
      { text: 'please send it again', isAsking: true },
    ]);
  });
});

describe('Codes', () => {
  it.each([
    ['PAY-311 and pay311', ['pay311']],
    ['bulb E27, order HP-104233', ['e27', 'hp104233']],
    ['3-D Secure, 30 days, 5-7, plain-word', []],
    ['tracking PW0123456789NL', ['pw0123456789nl']],
  ])('are found in %s', (text, codes) => {
    expect(identifiersIn(text)).toEqual(codes);
  });
});

describe('Spelling', () => {
  const spelling = createSpelling(['return', 'refund', 'parcel', 'tent', 'still', 'deliver', 'delivery']);
  it.each([
    ['retrun', 'return'],
    ['refudn', 'refund'],
    ['parcl', 'parcel'],
    ['parcell', 'parcel'],
    ['stil', 'still'],
    ['dilivery', 'delivery'],
    ['text', null],
    ['tea', null],
    ['xarcel', null],
    ['return', null],
    ['parcel1', null],
    ['completely', null],
  ])('%s becomes %s', (typed, meant) => {
    expect(spelling.correct(typed)).toBe(meant);
  });
});
