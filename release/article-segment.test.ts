import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { VectorEncoding } from '../shared/domain/release.js';
import { decodeArticle, encodeArticle, readArticle, type ReleasedArticle } from './article-segment.js';
import { sha256 } from './canonical-json.js';
import { decodeVectors, encodeVectors } from './vectors/encode-vectors.js';
import { fromHalf, toHalf } from './vectors/half-float.js';

const DIMENSIONS = 64;
const unitVector = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .filter((numbers) => numbers.some((number) => Math.abs(number) > 0.01))
  .map((numbers) => {
    const length = Math.hypot(...numbers);
    return Float32Array.from(numbers, (number) => number / length);
  });

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

const article = {
  id: 'returns/how-to',
  title: 'How to return – naïve café 🙂',
  category: 'returns',
  audience: 'public' as const,
  language: 'en',
  brand: null,
  pool: 'articles' as const,
  product: null,
  owner: null,
  source: null,
  updatedAt: '2026-11-01',
  validFrom: null,
  validUntil: null,
  markdown: '# Returns\n\nSend it back within 30 days.',
};

const released = (vectors: readonly Float32Array[], encoding: VectorEncoding): ReleasedArticle => ({
  article,
  fingerprint: sha256('fingerprint'),
  chunks: vectors.slice(1).map((_, ordinal) => ({
    ordinal,
    headingPath: ['Returns'],
    span: { start: 0, end: 39 },
    page: null,
    hash: sha256(String(ordinal)),
    plain: 'Send it back within 30 days.',
  })),
  vectors: { id: 'test', dimensions: DIMENSIONS, encoding },
  passages: vectors.slice(1),
  title: vectors[0] ?? null,
});

describe('an article segment', () => {
  it('gives back the article, its passages and vectors that point where they pointed', () => {
    const limits = { float32: 1e-6, float16: 2e-6, int8: 2e-3 } as const;
    fc.assert(
      fc.property(
        fc.array(unitVector, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<VectorEncoding>('float32', 'float16', 'int8'),
        (vectors, encoding) => {
          const content = encodeArticle(released(vectors, encoding));
          const { passages, title, ...head } = decodeArticle(content);
          expect(released(vectors, encoding)).toMatchObject(head);
          expect(readArticle(content)).toEqual(article);
          [title ?? new Float32Array(), ...passages].forEach((vector, i) => {
            expect(1 - cosine(vector, vectors[i] ?? new Float32Array())).toBeLessThan(limits[encoding]);
          });
        },
      ),
    );
  });

  it('has the same bytes for the same article, or unchanged articles would be sent again', () => {
    const vectors = [Float32Array.from({ length: DIMENSIONS }, () => 0.125)];
    const again = JSON.parse(JSON.stringify(released(vectors, 'float16').article)) as typeof article;
    const turned = Object.fromEntries(Object.entries(again).reverse()) as typeof article;
    expect(encodeArticle({ ...released(vectors, 'float16'), article: turned })).toEqual(
      encodeArticle(released(vectors, 'float16')),
    );
  });

  it('is refused when it is cut or something else', () => {
    const vectors = [Float32Array.from({ length: DIMENSIONS }, () => 0.125)];
    const content = encodeArticle(released(vectors, 'int8'));
    for (let end = 0; end < content.length; end += 7)
      expect(() => decodeArticle(content.subarray(0, end))).toThrow();
    expect(() => decodeArticle(Buffer.from('CCA2 and more of it'))).toThrow('newer version');
  });

  it('travels without vectors, too', () => {
    const plain: ReleasedArticle = { ...released([], 'int8'), vectors: null, title: null };
    expect(decodeArticle(encodeArticle(plain))).toEqual(plain);
  });
});

describe('half floats', () => {
  it('are the nearest there are', () => {
    fc.assert(
      fc.property(fc.float({ min: -2, max: 2, noNaN: true }), (value) => {
        const half = fromHalf(toHalf(value));
        expect(Math.abs(half - value)).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(value) * 2 ** -11));
      }),
    );
  });

  it('survive the way out and back, every one of them', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = fromHalf(half);
      if (!Number.isNaN(value)) expect(toHalf(value)).toBe(half);
    }
  });
});

describe('encoded vectors', () => {
  it('keep a text without words at zero, in every encoding', () => {
    for (const encoding of ['float32', 'float16', 'int8'] as const) {
      const [vector] = decodeVectors(encodeVectors([new Float32Array(8)], encoding), encoding, 8);
      expect([...(vector ?? [])]).toEqual(Array(8).fill(0));
    }
  });

  it('are refused when bytes are left over', () => {
    expect(() => decodeVectors(Buffer.alloc(33), 'float16', 16)).toThrow();
  });
});
