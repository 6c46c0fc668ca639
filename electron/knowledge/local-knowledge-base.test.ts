import { rm } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHashedEmbedder } from './hashed-embedder-for-tests.js';
import {
  articlesForTests,
  createTestWorkspace,
  foundArticles,
  requestFor,
  type TestWorkspace,
} from './workspace-for-tests.js';

describe('The knowledge of a workspace', () => {
  let workspace: TestWorkspace;
  beforeEach(async () => {
    workspace = await createTestWorkspace();
  });
  afterEach(() => workspace.dispose());

  it('imports a folder, answers from it, and knows all of it after a restart', async () => {
    const first = workspace.open();
    expect(await first.importArticles([workspace.source])).toMatchObject({
      articles: 4,
      chunks: 5,
      reusedChunks: 0,
      removedArticles: 0,
      failures: [],
    });
    expect(await foundArticles(first, 'return an item')).toContain('return-policy');
    await workspace.close(first);

    const embedder = createHashedEmbedder();
    const again = workspace.open({ embedder });
    await again.settled();
    expect(embedder.embedded).toEqual([]);
    expect(again.status()).toEqual({ state: 'ready', articles: 4, chunks: 5, embedder: 'hashed' });
    expect((await again.list()).map(({ id }) => id).toSorted()).toEqual(
      ['goodwill', 'return-policy', 'rueckgabe', 'three-d-secure'].toSorted(),
    );
    const [passage] = (await again.search(requestFor('how many days to return an item'))).passages;
    expect(passage).toMatchObject({
      articleId: 'return-policy',
      articleTitle: 'How long you have to return an item',
      category: 'returns',
      headingPath: [],
      text: 'You have 30 days to return an item.',
      span: { start: 0, end: 35 },
      updatedAt: '2026-09-14',
      lexicalRank: 1,
    });
    expect(await again.article('nothing')).toBeNull();
  });

  it('embeds only what changed, drops what is gone, keeps the rest', async () => {
    const embedder = createHashedEmbedder();
    const knowledge = workspace.open({ embedder });
    await knowledge.importArticles([workspace.source]);
    embedder.embedded.length = 0;

    const changed = articlesForTests['returns/return-policy.md'].replace('within 14 days', 'within 10 days');
    await workspace.put('returns/return-policy.md', changed.replace('You have', 'Good news. You have'));
    await rm(path.join(workspace.source, 'payment'), { recursive: true });
    expect(await knowledge.importArticles([workspace.source])).toMatchObject({
      articles: 3,
      chunks: 4,
      removedArticles: 1,
    });
    expect(embedder.embedded).toHaveLength(2);
    expect(await knowledge.article('three-d-secure')).toBeNull();
    expect(await foundArticles(knowledge, 'PAY-311 bank check')).not.toContain('three-d-secure');

    embedder.embedded.length = 0;
    expect(await knowledge.importArticles([workspace.source])).toMatchObject({ chunks: 4, reusedChunks: 4 });
    expect(embedder.embedded).toEqual([]);
  });

  // Catches: a search for past cases that costs the embedder's time with each message although there are none.
  it('embeds no question that nothing can answer', async () => {
    const embedder = createHashedEmbedder();
    const knowledge = workspace.open({ embedder });
    await knowledge.importArticles([workspace.source]);
    embedder.embedded.length = 0;
    const request = requestFor('return an item');
    expect(await knowledge.search({ ...request, pool: 'cases' })).toEqual({
      passages: [],
      confidence: 0,
      isAnswerable: false,
      mode: 'hybrid',
    });
    expect(embedder.embedded).toEqual([]);
    await knowledge.search(request);
    expect(embedder.embedded).not.toEqual([]);
  });

  it('shifts the place of unchanged words without embedding them again', async () => {
    const embedder = createHashedEmbedder();
    const knowledge = workspace.open({ embedder });
    await knowledge.importArticles([workspace.source]);
    embedder.embedded.length = 0;
    const text = articlesForTests['returns/return-policy.md'];
    await workspace.put(
      'returns/return-policy.md',
      text.replace('## Exceptions', '## New part\n\nSome words.\n\n## Exceptions'),
    );
    await knowledge.importArticles([workspace.source]);
    expect(embedder.embedded).toHaveLength(1);
    const found = await knowledge.search(requestFor('headphones returned'));
    const article = await knowledge.article('return-policy');
    const passage = found.passages.find(({ text: words }) => words.startsWith('Headphones'));
    expect(passage && article?.markdown.slice(passage.span.start, passage.span.end)).toBe(passage?.text);
  });

  it('shows each reader only what is for them', async () => {
    const knowledge = workspace.open();
    await knowledge.importArticles([workspace.source]);
    expect(await foundArticles(knowledge, 'goodwill for return customers')).not.toContain('goodwill');
    expect(await foundArticles(knowledge, 'goodwill', { audiences: ['internal'] })).toEqual(['goodwill']);
    expect(await foundArticles(knowledge, 'Rückgabe Tage', { language: 'de' })).toEqual(['rueckgabe']);
    expect(await foundArticles(knowledge, 'rückgabe', { language: null })).toContain('rueckgabe');
    expect(
      await foundArticles(knowledge, 'return an item', { excludeArticleIds: ['return-policy'] }),
    ).not.toContain('return-policy');
    expect(await foundArticles(knowledge, 'return', { audiences: [] })).toEqual([]);
  });

  it('finds a code however it is written', async () => {
    const knowledge = workspace.open({ embedder: null });
    await knowledge.importArticles([workspace.source]);
    for (const query of ['PAY-311', 'error pay-311?', 'what is PAY311']) {
      expect(await foundArticles(knowledge, query)).toEqual(['three-d-secure']);
    }
  });

  it.each([
    ['comparing all', 1000],
    ['an index file', 0],
  ])('finds what is asked for in a title alone by %s, also after titles changed', async (_, exactBelow) => {
    // More articles say the words, in text and title, than a search looks at.
    const many = Array.from({ length: 130 }, (_item, i) => `hints/h${String(i)}.md`);
    for (const name of many)
      await workspace.put(
        name,
        `---\ntitle: Hints on lanterns ${name}\n---\nWarm lanterns, warm lanterns.\n`,
      );
    const rest = Array.from({ length: 80 }, (_item, i) => `word${String(i)}`).join(' ');
    const put = (title: string): Promise<void> =>
      workspace.put('own.md', `---\ntitle: ${title}\n---\nOther ${rest}.\n`);
    const isFound = async (knowledge: ReturnType<TestWorkspace['open']>, query: string): Promise<boolean> =>
      (await knowledge.trace(requestFor(query))).articles.has('own');
    await put('Warm lanterns');
    const knowledge = workspace.open({ exactBelow });
    await knowledge.importArticles([workspace.source]);
    expect(await isFound(knowledge, 'warm lanterns')).toBe(true);
    await put('Cold baskets');
    await knowledge.importArticles([workspace.source]);
    expect(await isFound(knowledge, 'warm lanterns')).toBe(false);
    await put('Lanterns warm');
    await knowledge.importArticles([workspace.source]);
    await workspace.close(knowledge);
    expect(await isFound(workspace.open({ exactBelow }), 'warm lanterns')).toBe(true);
  });

  it('puts an article that is past its date behind one that is not', async () => {
    await workspace.put(
      'a/old.md',
      '---\ntitle: Holiday opening hours\nvalidUntil: 2026-01-31\n---\nWe open at nine on holidays.',
    );
    await workspace.put('a/new.md', '---\ntitle: Opening hours\n---\nOn holidays the shop opens at ten.');
    const knowledge = workspace.open();
    await knowledge.importArticles([workspace.source]);
    expect((await foundArticles(knowledge, 'holiday opening hours')).slice(0, 2)).toEqual(['new', 'old']);
  });

  it.each([
    ['FTS5 syntax', '"AND NEAR( * ^ OR NOT col: {x} -title:'],
    ['a lone quote', '"'],
    ['empty text', ''],
    ['white space', ' \n\t '],
    ['stop words only', 'how are you and what is it'],
    ['emoji', '😀🎉👩‍👩‍👧'],
    ['right to left', 'كم يوما لدي لإرجاع المنتج؟ ‏return'],
    ['a null character', 'return\u0000 item'],
    ['half of a pair', '\uD83D return \uDE00'],
    ['100 kB of words', 'please return my item because the parcel is late. '.repeat(2000)],
    ['100 kB without a space', 'x'.repeat(100_000)],
    ['100 kB of different words', Array.from({ length: 14_000 }, (_, i) => `word${i}`).join(' ')],
  ])('survives %s as a query', async (_, query) => {
    const knowledge = workspace.open();
    await knowledge.importArticles([workspace.source]);
    const { passages, confidence } = await knowledge.search(requestFor(query));
    expect(passages.length).toBeLessThanOrEqual(5);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it('says nothing is answerable where nothing was found', async () => {
    const knowledge = workspace.open();
    expect(await knowledge.search(requestFor('return'))).toEqual({
      passages: [],
      confidence: 0,
      isAnswerable: false,
      mode: expect.any(String) as string,
    });
  });

  it('answers by words and says why when the embedder is missing, and catches up when it is back', async () => {
    const without = workspace.open({ embedder: null, reason: 'no files' });
    await without.importArticles([workspace.source]);
    await without.settled();
    expect(without.status()).toEqual({ state: 'lexical_only', articles: 4, chunks: 5, reason: 'no files' });
    expect(await without.search(requestFor('return an item'))).toMatchObject({ mode: 'lexical' });
    await workspace.close(without);

    const embedder = createHashedEmbedder();
    const back = workspace.open({ embedder });
    await back.settled();
    // Five passages and four titles.
    expect(embedder.embedded).toHaveLength(9);
    expect(await back.search(requestFor('return an item'))).toMatchObject({ mode: 'hybrid' });
  });

  it('never mixes vectors of two embedders', async () => {
    const first = workspace.open();
    await first.importArticles([workspace.source]);
    await workspace.close(first);
    const other = createHashedEmbedder('other');
    const second = workspace.open({ embedder: other });
    await second.settled();
    expect(other.embedded).toHaveLength(9);
    expect(second.status()).toMatchObject({ state: 'ready', embedder: 'other' });
  });

  it('goes on answering from the old articles while an import runs, then swaps at once', async () => {
    let isImporting = false;
    const during: string[][] = [];
    const embedder = createHashedEmbedder('hashed', async () => {
      if (!isImporting) return;
      isImporting = false;
      during.push(
        await foundArticles(knowledge, 'holiday hours'),
        await foundArticles(knowledge, 'return an item'),
      );
    });
    const knowledge = workspace.open({ embedder });
    await knowledge.importArticles([workspace.source]);
    await workspace.put('a/hours.md', '---\ntitle: Holiday hours\n---\nWe open at nine.');
    isImporting = true;
    await knowledge.importArticles([workspace.source]);
    expect(during[0]).not.toContain('hours');
    expect(during[1]).toContain('return-policy');
    expect(await foundArticles(knowledge, 'holiday hours')).toContain('hours');
  });

  it('takes over what another process on the same folder imported', async () => {
    const app = workspace.open();
    await app.settled();
    const commandLine = workspace.open();
    await commandLine.importArticles([workspace.source]);
    expect(await foundArticles(app, 'return an item')).toContain('return-policy');
    await app.settled();
    expect(app.status()).toMatchObject({ state: 'ready', articles: 4 });
  });

  it('leaves everything as it was when an import is cancelled', async () => {
    const knowledge = workspace.open();
    await knowledge.importArticles([workspace.source]);
    await workspace.put('a/hours.md', 'We open at nine.');
    await expect(knowledge.importArticles([workspace.source], AbortSignal.abort())).rejects.toMatchObject({
      error: { code: 'SUGGESTION_CANCELLED' },
    });
    expect(await knowledge.article('hours')).toBeNull();
    await expect(knowledge.search(requestFor('return'), AbortSignal.abort())).rejects.toMatchObject({
      error: { code: 'SUGGESTION_CANCELLED' },
    });
  });

  it('names a folder it cannot use', () => {
    expect(() => workspace.open({ workspaceDir: '/dev/null/workspace' })).toThrow(
      /could not be written to disk.*\/dev\/null/,
    );
  });
});
