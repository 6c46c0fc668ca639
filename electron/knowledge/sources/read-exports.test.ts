import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readForTests } from '../read-for-tests.js';
import { useSourceFolder } from './source-folder-for-tests.js';

describe('Reading what helpdesks export', () => {
  const { dir, put } = useSourceFolder();

  it('reads a help-centre export with its sections, languages and segments, and leaves out drafts', async () => {
    const item = (id: number, more: object) => ({
      id,
      title: `Title ${String(id)}`,
      body: `<p>Text ${String(id)}</p>`,
      locale: 'en-us',
      section_id: 9,
      draft: false,
      user_segment_id: null,
      ...more,
    });
    const file = await put(
      'export/articles_1.json',
      JSON.stringify({
        articles: [
          item(1, { html_url: 'https://help.test/1', edited_at: '2026-03-02T01:00:00Z' }),
          item(2, { user_segment_id: 77, locale: 'de' }),
          item(3, { draft: true }),
          item(4, { body: '' }),
        ],
      }),
    );
    await put(
      'export/sections.json',
      JSON.stringify({ sections: [{ id: 9, name: 'Returns', category_id: 1 }] }),
    );
    const { articles, failures } = await readForTests([path.join(dir(), 'export')]);
    expect(articles).toMatchObject([
      {
        id: 'articles-1:1-en-us',
        title: 'Title 1',
        category: 'Returns',
        audience: 'public',
        language: 'en',
        source: 'https://help.test/1',
        updatedAt: '2026-03-02',
        markdown: 'Text 1\n',
      },
      { id: 'articles-1:2-de', audience: 'internal', language: 'de' },
    ]);
    expect(failures).toEqual([
      { path: file, place: 4, reason: 'Article "Title 4": it has no text.' },
      { path: file, place: null, reason: 'One draft was left out.' },
    ]);
  });

  it('keeps past conversations apart, as internal cases', async () => {
    const file = await put(
      'tickets.jsonl',
      [
        {
          id: 12,
          messages: [
            { author: 'rep', text: 'Hello!' },
            { author: 'customer', text: 'My lamp is broken.\n\nWhat now?' },
            { author: 'rep', text: 'We send a *new* one.' },
          ],
          brand: 'Pine',
        },
        {
          convo_id: 'b',
          original: [
            ['customer', 'Where is it?'],
            ['agent', 'On its way.'],
          ],
        },
        'nonsense',
        { id: 13, messages: [] },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    const { articles, failures } = await readForTests([file], 'cases');
    expect(articles).toMatchObject([
      {
        id: 'tickets:12',
        pool: 'cases',
        audience: 'internal',
        title: 'My lamp is broken. What now?',
        brand: 'Pine',
        markdown:
          '**Rep:** Hello!\n\n**Customer:** My lamp is broken.\n\nWhat now?\n\n**Rep:** We send a \\*new\\* one.\n',
      },
      { id: 'tickets:b', title: 'Where is it?' },
    ]);
    expect(failures.map(({ place }) => place)).toEqual([3, 4]);
    await expect(readForTests([file])).rejects.toMatchObject({
      error: { detail: expect.stringContaining('add it as past cases') as string },
    });
  });
});
