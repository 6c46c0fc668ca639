import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open as openFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from './hashed-embedder-for-tests.js';
import {
  openLocalKnowledgeBase,
  type LocalKnowledgeBase,
  type LocalKnowledgeBaseDeps,
} from './local-knowledge-base.js';

const articles = {
  'returns/return-policy.md':
    '---\ntitle: How long you have to return an item\nupdated: 2026-09-14\n---\nYou have 30 days to return an item.\n\n## Exceptions\n\nHeadphones must be returned within 14 days.\n',
  'payment/three-d-secure.md':
    '---\ntitle: The 3-D Secure check\n---\nError code PAY-311 means that the bank check was not completed.\n',
  'internal/goodwill.md':
    '---\ntitle: Goodwill limits\naudience: internal\n---\nOffer up to 15.00 EUR as goodwill to return customers.\n',
  'hilfe/rueckgabe.md': '---\ntitle: Rückgabe\nlanguage: de\n---\nSie haben 30 Tage für die Rückgabe.\n',
};

describe('The knowledge of a workspace', () => {
  let dir: string;
  let source: string;
  let workspaceDir: string;
  const opened: LocalKnowledgeBase[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-kb-'));
    source = path.join(dir, 'articles');
    workspaceDir = path.join(dir, 'workspace');
    for (const [name, text] of Object.entries(articles)) await put(name, text);
  });
  afterEach(async () => {
    for (const knowledge of opened.splice(0)) await knowledge.close();
    await rm(dir, { recursive: true, force: true });
  });

  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true });
    await writeFile(path.join(source, name), text);
  };
  const open = (deps: Partial<LocalKnowledgeBaseDeps> = {}): LocalKnowledgeBase => {
    const knowledge = openLocalKnowledgeBase({
      workspaceDir,
      embedder: createHashedEmbedder(),
      log: silentLogger,
      today: () => '2026-11-20',
      ...deps,
    });
    opened.push(knowledge);
    return knowledge;
  };
  const close = (knowledge: LocalKnowledgeBase): Promise<void> => {
    opened.splice(opened.indexOf(knowledge), 1);
    return knowledge.close();
  };
  const request = (query: string, more = {}) => ({
    query,
    limit: 5,
    audiences: ['public' as const],
    language: 'en',
    ...more,
  });
  const idsOf = async (knowledge: LocalKnowledgeBase, query: string, more = {}): Promise<string[]> =>
    (await knowledge.search(request(query, more))).passages.map(({ articleId }) => articleId);

  it('imports a folder, answers from it, and knows all of it after a restart', async () => {
    const first = open();
    expect(await first.importArticles([source])).toEqual({
      articles: 4,
      chunks: 5,
      reusedChunks: 0,
      removedArticles: 0,
      failures: [],
    });
    expect(await idsOf(first, 'return an item')).toContain('return-policy');
    await close(first);

    const embedder = createHashedEmbedder();
    const again = open({ embedder });
    await again.settled();
    expect(embedder.embedded).toEqual([]);
    expect(again.status()).toEqual({ state: 'ready', articles: 4, chunks: 5, embedder: 'hashed' });
    expect((await again.list()).map(({ id }) => id).toSorted()).toEqual(
      ['goodwill', 'return-policy', 'rueckgabe', 'three-d-secure'].toSorted(),
    );
    const [passage] = (await again.search(request('how many days to return an item'))).passages;
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
    const knowledge = open({ embedder });
    await knowledge.importArticles([source]);
    embedder.embedded.length = 0;

    const changed = articles['returns/return-policy.md'].replace('within 14 days', 'within 10 days');
    await put('returns/return-policy.md', changed.replace('You have', 'Good news. You have'));
    await rm(path.join(source, 'payment'), { recursive: true });
    expect(await knowledge.importArticles([source])).toMatchObject({
      articles: 3,
      chunks: 4,
      removedArticles: 1,
    });
    expect(embedder.embedded).toHaveLength(2);
    expect(await knowledge.article('three-d-secure')).toBeNull();
    expect(await idsOf(knowledge, 'PAY-311 bank check')).not.toContain('three-d-secure');

    embedder.embedded.length = 0;
    expect(await knowledge.importArticles([source])).toMatchObject({ chunks: 4, reusedChunks: 4 });
    expect(embedder.embedded).toEqual([]);
  });

  it('shifts the place of unchanged words without embedding them again', async () => {
    const embedder = createHashedEmbedder();
    const knowledge = open({ embedder });
    await knowledge.importArticles([source]);
    embedder.embedded.length = 0;
    const text = articles['returns/return-policy.md'];
    await put(
      'returns/return-policy.md',
      text.replace('## Exceptions', '## New part\n\nSome words.\n\n## Exceptions'),
    );
    await knowledge.importArticles([source]);
    expect(embedder.embedded).toHaveLength(1);
    const found = await knowledge.search(request('headphones returned'));
    const article = await knowledge.article('return-policy');
    const passage = found.passages.find(({ text: words }) => words.startsWith('Headphones'));
    expect(passage && article?.markdown.slice(passage.span.start, passage.span.end)).toBe(passage?.text);
  });

  it('shows each reader only what is for them', async () => {
    const knowledge = open();
    await knowledge.importArticles([source]);
    expect(await idsOf(knowledge, 'goodwill for return customers')).not.toContain('goodwill');
    expect(await idsOf(knowledge, 'goodwill', { audiences: ['internal'] })).toEqual(['goodwill']);
    expect(await idsOf(knowledge, 'Rückgabe Tage', { language: 'de' })).toEqual(['rueckgabe']);
    expect(await idsOf(knowledge, 'rückgabe', { language: null })).toContain('rueckgabe');
    expect(await idsOf(knowledge, 'return an item', { excludeArticleIds: ['return-policy'] })).not.toContain(
      'return-policy',
    );
    expect(await idsOf(knowledge, 'return', { audiences: [] })).toEqual([]);
  });

  it('finds a code however it is written', async () => {
    const knowledge = open({ embedder: null });
    await knowledge.importArticles([source]);
    for (const query of ['PAY-311', 'error pay-311?', 'what is PAY311']) {
      expect(await idsOf(knowledge, query)).toEqual(['three-d-secure']);
    }
  });

  it('puts an article that is past its date behind one that is not', async () => {
    await put(
      'a/old.md',
      '---\ntitle: Holiday opening hours\nvalidUntil: 2026-01-31\n---\nWe open at nine on holidays.',
    );
    await put('a/new.md', '---\ntitle: Opening hours\n---\nOn holidays the shop opens at ten.');
    const knowledge = open();
    await knowledge.importArticles([source]);
    expect((await idsOf(knowledge, 'holiday opening hours')).slice(0, 2)).toEqual(['new', 'old']);
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
    const knowledge = open();
    await knowledge.importArticles([source]);
    const { passages, confidence } = await knowledge.search(request(query));
    expect(passages.length).toBeLessThanOrEqual(5);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it('says nothing is answerable where nothing was found', async () => {
    const knowledge = open();
    expect(await knowledge.search(request('return'))).toEqual({
      passages: [],
      confidence: 0,
      isAnswerable: false,
      mode: expect.any(String) as string,
    });
  });

  it('answers by words and says why when the embedder is missing, and catches up when it is back', async () => {
    const without = open({ embedder: null, reason: 'no files' });
    await without.importArticles([source]);
    await without.settled();
    expect(without.status()).toEqual({ state: 'lexical_only', articles: 4, chunks: 5, reason: 'no files' });
    expect(await without.search(request('return an item'))).toMatchObject({ mode: 'lexical' });
    await close(without);

    const embedder = createHashedEmbedder();
    const back = open({ embedder });
    await back.settled();
    expect(embedder.embedded).toHaveLength(5);
    expect(await back.search(request('return an item'))).toMatchObject({ mode: 'hybrid' });
  });

  it('never mixes vectors of two embedders', async () => {
    const first = open();
    await first.importArticles([source]);
    await close(first);
    const other = createHashedEmbedder('other');
    const second = open({ embedder: other });
    await second.settled();
    expect(other.embedded).toHaveLength(5);
    expect(second.status()).toMatchObject({ state: 'ready', embedder: 'other' });
  });

  it('goes on answering from the old articles while an import runs, then swaps at once', async () => {
    let isImporting = false;
    const during: string[][] = [];
    const embedder = createHashedEmbedder('hashed', async () => {
      if (!isImporting) return;
      isImporting = false;
      during.push(await idsOf(knowledge, 'holiday hours'), await idsOf(knowledge, 'return an item'));
    });
    const knowledge = open({ embedder });
    await knowledge.importArticles([source]);
    await put('a/hours.md', '---\ntitle: Holiday hours\n---\nWe open at nine.');
    isImporting = true;
    await knowledge.importArticles([source]);
    expect(during[0]).not.toContain('hours');
    expect(during[1]).toContain('return-policy');
    expect(await idsOf(knowledge, 'holiday hours')).toContain('hours');
  });

  it('takes over what another process on the same folder imported', async () => {
    const app = open();
    await app.settled();
    const commandLine = open();
    await commandLine.importArticles([source]);
    expect(await idsOf(app, 'return an item')).toContain('return-policy');
    await app.settled();
    expect(app.status()).toMatchObject({ state: 'ready', articles: 4 });
  });

  it('leaves everything as it was when an import is cancelled', async () => {
    const knowledge = open();
    await knowledge.importArticles([source]);
    await put('a/hours.md', 'We open at nine.');
    await expect(knowledge.importArticles([source], AbortSignal.abort())).rejects.toMatchObject({
      error: { code: 'SUGGESTION_CANCELLED' },
    });
    expect(await knowledge.article('hours')).toBeNull();
    await expect(knowledge.search(request('return'), AbortSignal.abort())).rejects.toMatchObject({
      error: { code: 'SUGGESTION_CANCELLED' },
    });
  });

  describe('with an index file', () => {
    const indexed = { exactBelow: 0 };
    const statuses = (knowledge: LocalKnowledgeBase): KnowledgeStatus['state'][] => {
      const seen: KnowledgeStatus['state'][] = [];
      knowledge.onStatusChanged(({ state }) => seen.push(state));
      return seen;
    };

    it('answers from the HNSW file and reads it again after a restart', async () => {
      const first = open(indexed);
      await first.importArticles([source]);
      expect(await first.search(request('return an item'))).toMatchObject({ mode: 'hybrid' });
      const before = await stat(path.join(workspaceDir, 'index.hnsw'));
      await close(first);
      const again = open(indexed);
      const seen = statuses(again);
      await again.settled();
      expect(seen).toEqual(['ready']);
      expect((await stat(path.join(workspaceDir, 'index.hnsw'))).mtimeMs).toBe(before.mtimeMs);
      expect(await idsOf(again, 'return an item')).toContain('return-policy');
    });

    it('follows changed and removed articles through its file, also after a restart', async () => {
      const first = open(indexed);
      await first.importArticles([source]);
      for (let i = 0; i < 12; i++) await put(`more/a${i}.md`, `Number ${i} tells of cushions and curtains.`);
      await first.importArticles([source]);
      await rm(path.join(source, 'more/a3.md'));
      await put('more/a4.md', 'Number 4 tells of lanterns.');
      await first.importArticles([source]);
      const expected = await idsOf(first, 'lanterns');
      expect(expected[0]).toBe('a4');
      expect(await idsOf(first, 'Number 3 tells of cushions', { limit: 20 })).not.toContain('a3');
      await close(first);
      const again = open(indexed);
      expect(await idsOf(again, 'lanterns')).toEqual(expected);
      expect(await idsOf(again, 'Number 3 tells of cushions', { limit: 20 })).not.toContain('a3');
    });

    it('builds a damaged or lost file again from the database', async () => {
      const first = open(indexed);
      await first.importArticles([source]);
      await close(first);
      const file = path.join(workspaceDir, 'index.hnsw');
      const whole = await readFile(file);
      for (const damage of [
        () => writeFile(file, Buffer.alloc(whole.length, 7)),
        () => writeFile(file, whole.subarray(0, 100)),
        () => rm(file),
        () => writeFile(path.join(workspaceDir, 'index.json'), 'nonsense'),
      ]) {
        await damage();
        const knowledge = open(indexed);
        const seen = statuses(knowledge);
        expect(await idsOf(knowledge, 'return an item')).toContain('return-policy');
        await knowledge.settled();
        expect(seen).toContain('indexing');
        expect(seen.at(-1)).toBe('ready');
        expect(await readFile(file)).toEqual(whole);
        await close(knowledge);
      }
    });
  });

  describe('with a damaged database', () => {
    const file = (): string => path.join(workspaceDir, 'knowledge.db');
    const refuse = async (reason: RegExp): Promise<void> => {
      const before = await readFile(file());
      let refused: unknown;
      try {
        open();
      } catch (cause) {
        refused = cause;
      }
      expect(refused).toMatchObject({ error: { code: 'KNOWLEDGE_DATABASE_CORRUPT' } });
      const { detail } = (refused as { error: { detail: string } }).error;
      expect(detail).toContain(file());
      expect(detail).toMatch(reason);
      expect(await readFile(file())).toEqual(before);
    };

    beforeEach(async () => {
      const knowledge = open();
      await knowledge.importArticles([source]);
      await close(knowledge);
    });

    it('refuses a file that is no database, and leaves it', async () => {
      await writeFile(file(), 'This is not a database. '.repeat(500));
      await refuse(/not a database/);
    });

    it('refuses a file with overwritten pages, and leaves it', async () => {
      const handle = await openFile(file(), 'r+');
      await handle.write(Buffer.alloc(3 * 4096, 0xee), 0, 3 * 4096, 4096 * 2);
      await handle.close();
      await refuse(/./);
    });

    it('refuses a file of a newer version, and leaves it', async () => {
      const bytes = await readFile(file());
      bytes.writeUInt32BE(99, 60);
      await writeFile(file(), bytes);
      await refuse(/newer version/);
    });

    it('is whole in one file after closing, so that a copy of the folder is the knowledge', async () => {
      const copy = path.join(dir, 'copy');
      await mkdir(copy);
      await copyFile(file(), path.join(copy, 'knowledge.db'));
      const knowledge = open({ workspaceDir: copy });
      expect(await idsOf(knowledge, 'return an item')).toContain('return-policy');
      expect(existsSync(`${file()}-wal`) && (await stat(`${file()}-wal`)).size > 0).toBe(false);
    });
  });

  it('names a folder it cannot use', () => {
    expect(() => open({ workspaceDir: '/dev/null/workspace' })).toThrow(
      /could not be written to disk.*\/dev\/null/,
    );
  });
});
