import { describe, expect, it } from 'vitest';

import { chunkArticle } from './chunker.js';
import { articleFingerprint, chunkHash } from './identity.js';

const words = (count: number, word = 'parcel'): string =>
  Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ');
const sentences = (count: number): string =>
  Array.from({ length: count }, (_, i) => `The customer number ${i} waits for the late parcel.`).join(' ');
const cut = (markdown: string, title = 'Title') => chunkArticle({ title, markdown });

describe('Cutting an article', () => {
  it('gives spans that are exactly their text, in order, whatever the Markdown', () => {
    const markdown = [
      'Intro with **bold** text, a [link](https://example.test/a_b) and `code`.',
      '# One\n\n- first\n- second\n  1. inner\n\n> quoted words',
      '## Two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```js\nlet parcel = 1;\n```',
      '## شحن 😀\n\nنص عربي عن الشحن. 👩‍👩‍👧 مرحبا.',
      '<div>html</div>\n\n---\n\n[ref]: https://example.test',
      sentences(60),
    ].join('\n\n');
    const chunks = cut(markdown);
    expect(chunks.map(({ span, text }) => markdown.slice(span.start, span.end) === text)).toEqual(
      chunks.map(() => true),
    );
    expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, i) => i));
    expect(chunks.map(({ span }) => span.start)).toEqual(
      chunks.map(({ span }) => span.start).toSorted((a, b) => a - b),
    );
  });

  it('never crosses a section and knows the headings above', () => {
    const chunks = cut(
      'Intro words.\n\n## Costs\n\nFive euro.\n\n### Abroad\n\nTen euro.\n\n## Times\n\nTwo days.',
    );
    expect(chunks.map(({ headingPath, plain }) => [...headingPath, plain])).toEqual([
      ['Intro words.'],
      ['Costs', 'Five euro.'],
      ['Costs', 'Abroad', 'Ten euro.'],
      ['Times', 'Two days.'],
    ]);
  });

  it('does not repeat the title as a heading', () => {
    expect(cut('# Returns\n\nThirty days.', 'Returns')[0]?.headingPath).toEqual([]);
  });

  it('keeps a list whole with the sentence that announces it', () => {
    const list = Array.from(
      { length: 6 },
      (_, i) => `${i + 1}. Open the page number ${i} and choose an item.`,
    ).join('\n');
    const chunks = cut(`${sentences(7)}\n\nDo this to return an item:\n\n${list}`);
    const withList = chunks.filter(({ text }) => text.includes('Open the page'));
    expect(withList).toHaveLength(1);
    expect(withList[0]?.text).toContain('Do this to return an item:');
  });

  it('cuts a long table between rows and nowhere else', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `| Country ${i} | ${i} business days | ${i}.95 EUR |`);
    const chunks = cut(['| Country | Time | Cost |', '|---|---|---|', ...rows].join('\n'));
    expect(chunks.length).toBeGreaterThan(3);
    const found = chunks.flatMap(({ text }) => text.match(/\| Country \d+ \| .* EUR \|/g) ?? []);
    expect(found).toEqual(rows);
  });

  it('says table cells without their marks', () => {
    const [chunk] = cut('| Item | Period |\n|---|---|\n| **Lamps** | 30 days |\n| Mattresses | 100 nights |');
    expect(chunk?.plain).toBe('Item, Period. Lamps, 30 days. Mattresses, 100 nights');
  });

  it('cuts long paragraphs between sentences into parts of about the same length', () => {
    const lengths = cut(sentences(40)).map(({ plain }) => plain.split(' ').length);
    expect(Math.max(...lengths)).toBeLessThan(100);
    expect(Math.min(...lengths)).toBeGreaterThan(30);
  });

  it('repeats a sentence only where the next passage leans on it', () => {
    const shared = Array.from({ length: 16 }, (_, before) => {
      const chunks = cut(`${sentences(before)} It is never delivered on a Sunday. ${sentences(16 - before)}`);
      return chunks.filter((chunk, i) => i > 0 && chunk.span.start < (chunks[i - 1]?.span.end ?? 0));
    }).flat();
    expect(shared.length).toBeGreaterThan(0);
    expect(
      shared.filter(({ plain }) => !/^The customer number \d+ waits[^.]*\. It is never/.test(plain)),
    ).toEqual([]);
    const independent = cut(sentences(40));
    expect(
      independent.every((chunk, i) => i === 0 || chunk.span.start >= (independent[i - 1]?.span.end ?? 0)),
    ).toBe(true);
  });

  it('cuts what has no sentence and no space at all', () => {
    for (const markdown of [words(2000), 'x'.repeat(100_000), '😀'.repeat(20_000), '漢字'.repeat(5000)]) {
      const chunks = cut(markdown);
      expect(chunks.length).toBeGreaterThan(1);
      expect(chunks.every(({ text }) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(text))).toBe(true);
      expect(chunks.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0)).toBe(
        markdown.replace(/\s/g, '').length,
      );
    }
  });

  it('finds nothing in an article without words', () => {
    expect(cut('---\n\n<!-- nothing -->\n\n[a]: https://example.test')).toEqual([]);
  });
});

describe('The identity of a chunk', () => {
  const article = {
    id: 'a',
    title: 'Returns',
    category: 'returns',
    audience: 'public' as const,
    language: 'en',
    brand: null,
    pool: 'articles' as const,
    product: null,
    owner: null,
    source: null,
    updatedAt: null,
    validFrom: null,
    validUntil: null,
    markdown: 'Thirty days.',
  };

  it('stays when the text moves and changes with title, headings or words', () => {
    const chunk = { headingPath: ['Costs'], plain: 'Five euro.' };
    const hash = chunkHash('Returns', chunk);
    expect(chunkHash('Returns', { ...chunk })).toBe(hash);
    expect(chunkHash('Refunds', chunk)).not.toBe(hash);
    expect(chunkHash('Returns', { ...chunk, headingPath: [] })).not.toBe(hash);
    expect(chunkHash('Returns', { ...chunk, plain: 'Six euro.' })).not.toBe(hash);
  });

  it('sees every change of an article, whatever the order of its fields', () => {
    const print = articleFingerprint(article);
    expect(articleFingerprint(Object.fromEntries(Object.entries(article).reverse()) as typeof article)).toBe(
      print,
    );
    expect(articleFingerprint({ ...article, validUntil: '2027-01-01' })).not.toBe(print);
    expect(articleFingerprint({ ...article, markdown: 'Thirty  days.' })).not.toBe(print);
  });
});
