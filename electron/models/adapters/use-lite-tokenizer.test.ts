import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { embedderDirForTests } from '../embedder-for-tests.js';
import { createUseLiteTokenizer, type UseLiteTokenizer, type VocabularyPiece } from './use-lite-tokenizer.js';

describe('The sentence encoder tokenizer', () => {
  let vocabulary: VocabularyPiece[];
  let tokenizer: UseLiteTokenizer;
  const pieces = (text: string): string[] => tokenizer.encode(text).map((id) => vocabulary[id]?.[0] ?? '?');

  beforeAll(async () => {
    const json = await readFile(path.join(await embedderDirForTests(), 'vocab.json'), 'utf8');
    vocabulary = (JSON.parse(json) as [string, number | null][]).map(([piece, score]) => [piece, score ?? 0]);
    tokenizer = createUseLiteTokenizer(vocabulary);
  });

  it('cuts a sentence into the pieces the weights know', () => {
    expect(pieces('I lost my parcel.')).toEqual(['▁I', '▁lost', '▁my', '▁par', 'cel', '.']);
  });

  it('makes one unknown of a run of unknown characters', () => {
    expect(tokenizer.encode('😀😀😀').filter((id) => id === 0)).toHaveLength(1);
  });

  it('reads compatibility forms like the plain letters', () => {
    expect(tokenizer.encode('ﬁnal ＡＢ')).toEqual(tokenizer.encode('final AB'));
  });

  it('has nothing for an empty text', () => {
    expect(tokenizer.encode('')).toEqual([]);
  });

  it('reads 100 kB without a word break, which a quadratic one could not in the time of a test', () => {
    expect(tokenizer.encode('a'.repeat(100_000)).length).toBeGreaterThan(1000);
    expect(tokenizer.encode('late parcel '.repeat(9000)).length).toBeGreaterThan(18_000);
  });
});
