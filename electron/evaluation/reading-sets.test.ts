import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { Embedder } from '../models/embedder.js';
import { loadTeam } from '../workspace/team-loader.js';
import { evaluateEntities } from './entity-report.js';
import { evaluateLanguage } from './language-set.js';
import { evaluateSentiment } from './sentiment-set.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-reading-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const full = path.join(dir, name);
  fs.writeFileSync(full, text);
  return full;
}
const lines = (...rows: unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
const { profile } = loadTeam(path.resolve('resources/demo'), 'demo');

describe('A set of languages', () => {
  it('may be JSON Lines, an array or a table, with codes of any standard', async () => {
    const german = 'Wo bleibt mein Paket denn nun?';
    const files = [
      file(
        'a.jsonl',
        lines({ text: german, language: 'deu' }, { text: 'where is my parcel', lang: 'en-GB' }),
      ),
      file(
        'b.json',
        JSON.stringify([
          { text: german, label: 'German' },
          { text: 'HP-104233', language: 'und' },
        ]),
      ),
      file('c.csv', `\uFEFFtext,language\n"${german}",de\n`),
      file('d.tsv', `text\tlanguage\n${german}\tde\n`),
    ];
    for (const each of files) {
      const { methods } = await evaluateLanguage(each, { teamLanguages: ['en'], noise: false });
      expect(methods[0]).toMatchObject({ method: 'Cuecard', accuracy: 1 });
      expect(methods.length).toBe(3);
    }
  });

  it.each([
    ['nothing', '', 'line 1'],
    ['a broken line', '{"text":"a","language":"en"}\n{"text":', 'line 2'],
    ['a row without a label', lines({ text: 'a', language: 'en' }, { text: 'b' }), 'line 2'],
  ])('is refused with the line that is wrong: %s', async (_, text, where) => {
    await expect(
      evaluateLanguage(file('x.jsonl', text), { teamLanguages: ['en'], noise: false }),
    ).rejects.toMatchObject({
      error: { code: 'EVALUATION_DATA_INVALID', detail: expect.stringContaining(where) as string },
    });
  });
});

describe('A set of moods', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  });
  afterAll(() => embedder.close());

  const rage = 'You incompetent idiots, this is a disgrace!!!';
  const joy = 'Thank you so much, it works perfectly';
  it.each([
    [
      'words',
      [
        [rage, 'negative'],
        [joy, 'positive'],
        ['Where is my order?', 'neutral'],
      ],
    ],
    [
      'four words',
      [
        [rage, 'angry'],
        [joy, 'positive'],
        ['Where is my order?', 'neutral'],
      ],
    ],
    [
      'two numbers',
      [
        [rage, 0],
        [joy, 1],
      ],
    ],
    [
      'signed numbers',
      [
        [rage, -1],
        [joy, 1],
        ['Where is my order?', 0],
      ],
    ],
    [
      'stars',
      [
        [rage, 1],
        [joy, 5],
        ['Where is my order?', 3],
      ],
    ],
  ])('may label with %s', async (_, rows) => {
    const set = file('x.jsonl', lines(...rows.map(([text, sentiment]) => ({ text, sentiment }))));
    const { methods } = await evaluateSentiment(set, { noise: true, embedder });
    expect(methods[0]).toMatchObject({ method: 'Cuecard', accuracy: 1, count: rows.length });
    expect(methods.map(({ method }) => method)).toContain('Cuecard, typing errors');
  });
});

describe('A set of entities', () => {
  const measure = async (...rows: unknown[]) =>
    evaluateEntities(file('x.jsonl', lines(...rows)), { profile, today: '2026-05-20', noise: false });
  const of = (evaluation: Awaited<ReturnType<typeof measure>>, kind: string) =>
    evaluation.methods[0]?.kinds.find((figures) => figures.kind === kind);

  it('counts a wrong place, a wrong value and what should not be there', async () => {
    const text = 'I paid 50 EUR yesterday and 20 EUR today';
    const evaluation = await measure({
      text,
      entities: [
        { kind: 'money', text: '50 EUR', value: '50.00 EUR' },
        { type: 'date', start: 14, end: 23, value: '2026-05-01' },
        { kind: 'person', text: 'nobody' },
      ],
    });
    expect(of(evaluation, 'amount')?.value).toMatchObject({ precision: 0.5, recall: 1 });
    expect(of(evaluation, 'date')).toMatchObject({ place: { recall: 1 }, value: { recall: 0 } });
    expect(evaluation.ignored).toEqual({ person: 1 });
  });

  it('reads the slots of NLU++', async () => {
    const evaluation = await measure({
      text: 'can i transfer 700\u00a3 in 7 days',
      today: '2022-03-15',
      slots: {
        date: { text: 'in 7 days', span: [20, 29], value: { day: 22, month: 3, year: 2022 } },
        amount_of_money: { text: '700\u00a3', span: [15, 19], value: { amount: 700, currency: 'GBP' } },
      },
    });
    expect(of(evaluation, 'all')).toMatchObject({ count: 2, place: { f1: 1 }, value: { f1: 1 } });
  });
});
