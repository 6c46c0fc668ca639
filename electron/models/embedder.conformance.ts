import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Embedder } from './embedder.js';

/** What every embedder must keep, whatever model is behind it. `open` makes a fresh one; the suite closes it. */
export function describeEmbedder(name: string, open: () => Promise<Embedder>): void {
  describe(`${name} keeps the promises of an embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(() => embedder.close());

    const texts = [
      'Where is my parcel?',
      '',
      'refund',
      'How long does the refund to a card take? '.repeat(60),
      '😀 مرحبا',
    ];

    it('gives one unit vector per text in order, and zeros for an empty text', async () => {
      const rows = await embedder.embed(texts);
      expect(rows.map((row) => row.length)).toEqual(texts.map(() => embedder.dimensions));
      expect(rows.map((row) => Math.round(length(row) * 1e5) / 1e5)).toEqual([1, 0, 1, 1, 1]);
    });

    it('gives a text the same vector alone as among others, so that stored vectors can be compared', async () => {
      const together = await embedder.embed(texts);
      for (const [i, text] of texts.entries()) {
        const [alone] = await embedder.embed([text]);
        expect(distance(alone, together[i])).toBeLessThan(1e-5);
      }
    });

    it('puts texts that mean the same nearer than texts that do not', async () => {
      const [question, same, other] = await embedder.embed([
        'How do I send an item back?',
        'I would like to return a product.',
        'Wash the wool blanket by hand.',
      ]);
      expect(distance(question, same)).toBeLessThan(distance(question, other));
    });

    it('reads a text cut at its limit, and counts tokens uncut', async () => {
      const long = 'parcel '.repeat(embedder.maxTokens * 2);
      const [cut, longer] = await embedder.embed([long, `${long} and a question about a refund`]);
      expect(distance(cut, longer)).toBeLessThan(1e-5);
      expect(embedder.countTokens(long)).toBeGreaterThan(embedder.maxTokens);
      expect(embedder.countTokens('')).toBe(0);
    });

    it('embeds nothing for no texts', async () => {
      expect(await embedder.embed([])).toEqual([]);
    });

    it('stops with a code when it is cancelled before or between batches', async () => {
      await expect(embedder.embed(texts, AbortSignal.abort())).rejects.toMatchObject({
        error: { code: 'SUGGESTION_CANCELLED' },
      });
      const controller = new AbortController();
      const many = embedder.embed(
        Array.from({ length: 500 }, (_, i) => `question ${i} about a late parcel`),
        controller.signal,
      );
      controller.abort();
      await expect(many).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    });
  });
}

function length(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

function distance(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) return Infinity;
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0));
}
