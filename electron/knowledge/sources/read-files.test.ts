import { symlink } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readForTests } from '../read-for-tests.js';
import { useSourceFolder } from './source-folder-for-tests.js';

describe('Reading files', () => {
  const { dir, put } = useSourceFolder();

  it('takes everything from the front matter', async () => {
    await put(
      'returns/return-policy.md',
      '---\ntitle: Returns\ncategory: back\naudience: internal\nproduct: mattress\nlanguage: de\nowner: team\n' +
        'updated: 2026-09-14\nvalidFrom: 2026-01-01\nvalidUntil: 2027-02-01\nsource: https://example.test/x\nextra: 1\n---\n\nThirty days.\n',
    );
    expect((await readForTests([dir()])).articles).toEqual([
      {
        id: 'return-policy',
        title: 'Returns',
        category: 'back',
        audience: 'internal',
        product: 'mattress',
        language: 'de',
        brand: null,
        pool: 'articles',
        owner: 'team',
        source: 'https://example.test/x',
        updatedAt: '2026-09-14',
        validFrom: '2026-01-01',
        validUntil: '2027-02-01',
        markdown: 'Thirty days.\n',
      },
    ]);
  });

  it('makes up what a plain file leaves out from heading, name, folder and words', async () => {
    await put('shipping/late-parcels.md', '# Your parcel is late\n\nWait two days.');
    await put('how_we_work.markdown', 'No heading here.');
    await put(
      'hilfe/versand.md',
      'Der Versand dauert drei bis fünf Werktage. Die Kosten betragen fünf Euro für jede Bestellung.',
    );
    const { articles } = await readForTests([dir()]);
    expect(articles.map(({ id, title, category, language }) => ({ id, title, category, language }))).toEqual([
      { id: 'how-we-work', title: 'How we work', category: 'general', language: 'en' },
      { id: 'versand', title: 'Versand', category: 'hilfe', language: 'de' },
      { id: 'late-parcels', title: 'Your parcel is late', category: 'shipping', language: 'en' },
    ]);
  });

  it('reads files of Windows editors like all others', async () => {
    await put('a.md', '\uFEFF---\r\ntitle: Bom\r\n---\r\nLine one.\r\nLine two.\r');
    expect((await readForTests([dir()])).articles[0]).toMatchObject({
      title: 'Bom',
      markdown: 'Line one.\nLine two.\n',
    });
  });

  it('names each file it cannot take and goes on with the rest', async () => {
    await put('good.md', 'Fine.');
    await put('binary.md', Buffer.from([0x41, 0x00, 0x00, 0x00, 0x42, 0x00, 0x00, 0x07]));
    await put('large.md', 'x'.repeat(2 * 1024 * 1024 + 1));
    await put('date.md', '---\nupdated: yesterday\naudience: everyone\n---\nText.');
    await put('yaml.md', '---\ntitle: "open\n---\nText.');
    await put('empty.md', '---\ntitle: Empty\n---\n  \n');
    const { articles, failures } = await readForTests([dir()]);
    expect(articles.map(({ id }) => id)).toEqual(['good']);
    expect(
      Object.fromEntries(failures.map(({ path: file, reason }) => [path.basename(file), reason])),
    ).toEqual({
      'binary.md': 'The file is binary, not text.',
      'large.md': 'The file is larger than 2 MB.',
      'date.md':
        'The front matter is not valid: audience must be "public" or "internal"; updated must be a date such as 2026-09-14.',
      'yaml.md': expect.stringMatching(/^The front matter is not valid YAML: Missing closing/) as string,
      'empty.md': 'The article has no text.',
    });
  });

  it('tells two files of one name apart by their folders', async () => {
    await put('shipping/overview.md', 'A.');
    await put('returns/overview.md', 'B.');
    await put('Größe & Farbe.md', 'C.');
    const { articles } = await readForTests([dir()]);
    expect(articles.map(({ id }) => id).toSorted()).toEqual([
      'große-farbe',
      'returns-overview',
      'shipping-overview',
    ]);
  });

  it('leaves hidden folders, packages, links and other files alone', async () => {
    await put('a.md', 'A.');
    for (const name of ['.git/b.md', 'node_modules/p/readme.md', 'notes.xyz']) await put(name, 'X.');
    await symlink(path.join(dir(), 'a.md'), path.join(dir(), 'link.md'));
    expect((await readForTests([dir()])).articles.map(({ id }) => id)).toEqual(['a']);
  });

  it('takes single files, each once, also when a folder holds them', async () => {
    const file = await put('x/a.md', 'A.');
    expect((await readForTests([file, dir()])).articles.map(({ id }) => id)).toEqual(['a']);
  });

  it('reads a rule in the text as text, not as front matter', async () => {
    await put('a.md', 'First.\n\n---\n\nSecond.\n\n---\n');
    expect((await readForTests([dir()])).articles[0]?.markdown).toBe('First.\n\n---\n\nSecond.\n\n---\n');
  });

  it('says when there is nothing to read', async () => {
    await expect(readForTests([path.join(dir(), 'none')])).rejects.toMatchObject({
      error: { code: 'KNOWLEDGE_SOURCE_NOT_FOUND' },
    });
    await expect(readForTests([dir()])).rejects.toMatchObject({
      error: { code: 'KNOWLEDGE_NOTHING_TO_IMPORT' },
    });
    await put('empty.md', '');
    await expect(readForTests([dir()])).rejects.toMatchObject({
      error: {
        code: 'KNOWLEDGE_NOTHING_TO_IMPORT',
        detail: expect.stringContaining('The file is empty.') as string,
      },
    });
  });
});
