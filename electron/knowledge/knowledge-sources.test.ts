import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ImportProgress } from '../../shared/domain/knowledge-source.js';
import { createHashedEmbedder } from './hashed-embedder-for-tests.js';
import type { LocalKnowledgeBase } from './local-knowledge-base.js';
import { createTestWorkspace, foundArticles, type TestWorkspace } from './workspace-for-tests.js';

describe('Sources of knowledge', () => {
  let workspace: TestWorkspace;
  beforeEach(async () => {
    workspace = await createTestWorkspace();
  });
  afterEach(() => workspace.dispose());

  const folder = (name: string): string => path.join(workspace.source, name);
  const add = (knowledge: LocalKnowledgeBase, name: string, isWatched = false) =>
    knowledge.addSource({ path: folder(name), pool: 'articles', isWatched });

  it('lists what was added, across restarts, and takes articles away with their source only', async () => {
    const first = workspace.open();
    expect(await first.sources()).toEqual([]);
    expect(await first.lastReport()).toBeNull();
    await add(first, 'returns');
    await add(first, 'payment');
    await workspace.close(first);

    const knowledge = workspace.open();
    const sources = await knowledge.sources();
    expect(sources).toEqual([
      expect.objectContaining({ path: folder('payment'), articles: 1, pool: 'articles', isWatched: false }),
      expect.objectContaining({ path: folder('returns'), articles: 1 }),
    ]);
    expect(sources.every(({ importedAt }) => importedAt !== null)).toBe(true);
    await knowledge.removeSource(sources[0]?.id ?? '');
    expect((await knowledge.sources()).map((source) => source.path)).toEqual([folder('returns')]);
    expect((await knowledge.list()).map(({ id }) => id)).toEqual(['return-policy']);
    await expect(knowledge.removeSource('nothing')).rejects.toMatchObject({
      error: { code: 'KNOWLEDGE_SOURCE_UNKNOWN' },
    });
    await expect(add(knowledge, 'nowhere')).rejects.toMatchObject({
      error: { code: 'KNOWLEDGE_SOURCE_NOT_FOUND' },
    });
  });

  it('gives two sources with files of one name ids of their own, and keeps them', async () => {
    await workspace.put('a/faq.md', 'Answers about lamps.');
    await workspace.put('b/faq.md', 'Answers about chairs.');
    const knowledge = workspace.open();
    await add(knowledge, 'a');
    await add(knowledge, 'b');
    const ids = (await knowledge.list()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain('faq');
    await workspace.put('a/faq.md', 'Other answers about lamps.');
    await workspace.put('a/more/faq.md', 'A third file of that name.');
    await knowledge.syncSources(null);
    expect((await knowledge.list()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(await knowledge.article('faq')).toMatchObject({ markdown: 'Other answers about lamps.' });
  });

  it('reads only files that changed', async () => {
    const embedder = createHashedEmbedder();
    const knowledge = workspace.open({ embedder });
    await knowledge.addSource({ path: workspace.source, pool: 'articles', isWatched: false });
    await workspace.put('a/new.md', 'A new article.');
    await utimes(folder('payment/three-d-secure.md'), new Date(), new Date());
    await rm(folder('hilfe/rueckgabe.md'));
    embedder.embedded.length = 0;
    expect(await knowledge.syncSources(null)).toMatchObject({
      articles: 4,
      unchangedFiles: 2,
      removedArticles: 1,
      failures: [],
    });
    // Its passage and its title.
    expect(embedder.embedded).toHaveLength(2);
    expect(await knowledge.syncSources(null)).toMatchObject({ unchangedFiles: 4, removedArticles: 0 });
  });

  it('keeps what it read before from a file, a folder or a source that cannot be read now', async () => {
    const knowledge = workspace.open();
    await knowledge.addSource({ path: workspace.source, pool: 'articles', isWatched: false });
    await writeFile(folder('payment/three-d-secure.md'), Buffer.from([0, 1, 0, 0, 2, 0, 0, 0, 3]));
    const broken = await knowledge.syncSources(null);
    expect(broken).toMatchObject({
      articles: 4,
      failures: [
        {
          path: folder('payment/three-d-secure.md'),
          place: null,
          reason: 'The file is binary, not text. What was read from it before is kept.',
        },
      ],
    });
    expect(await knowledge.article('three-d-secure')).not.toBeNull();
    const still = await knowledge.syncSources(null);
    expect(still.failures).toEqual(broken.failures);
    await rename(workspace.source, `${workspace.source}-away`);
    expect(await knowledge.syncSources(null)).toMatchObject({
      articles: 4,
      failures: [{ reason: 'It is not there any more. What was read from it before is kept.' }],
    });
    await rename(`${workspace.source}-away`, workspace.source);
  });

  it('tells how an import goes on and that it ended, and goes on with a cancelled one', async () => {
    for (let i = 0; i < 200; i++) await workspace.put(`many/a${i}.md`, `Article ${i} tells of parcel ${i}.`);
    const controller = new AbortController();
    const seen: (ImportProgress | null)[] = [];
    let batches = 0;
    const embedder = createHashedEmbedder('hashed', () => {
      if (++batches === 2) controller.abort();
      return Promise.resolve();
    });
    const knowledge = workspace.open({ embedder });
    knowledge.onImportProgress((progress) => seen.push(progress));
    await expect(
      knowledge.addSource({ path: folder('many'), pool: 'articles', isWatched: false }, controller.signal),
    ).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    expect(seen[0]).toMatchObject({ phase: 'reading', done: 0, total: 200 });
    expect(seen.some((progress) => progress?.phase === 'embedding' && progress.total === 400)).toBe(true);
    expect(seen.at(-1)).toBeNull();
    expect(await knowledge.list()).toEqual([]);
    expect(await knowledge.sources()).toMatchObject([{ path: folder('many'), importedAt: null }]);
    const kept = embedder.embedded.length;
    expect(await knowledge.syncSources(null)).toMatchObject({ articles: 200 });
    expect(embedder.embedded).toHaveLength(400);
    expect(kept).toBeGreaterThan(0);
  });

  it('finds passages that other articles repeat, word for word or nearly, and none within one article', async () => {
    const words = (i: number): string =>
      `Send the parcel number ${i} back within thirty days of delivery and keep the receipt of the post office until the refund has reached your account, which may take up to ten working days.`;
    await workspace.put('d/one.md', `${words(1)}\n\n## Again\n\n${words(1)}`);
    await workspace.put('d/two.md', words(1).toUpperCase());
    await workspace.put('d/three.md', `${words(1)} Thank you.`);
    await workspace.put(
      'd/four.md',
      'Lamps are made of brass and must not be washed in a dish washer at all.',
    );
    const knowledge = workspace.open();
    const { duplicates, duplicateCount } = await add(knowledge, 'd');
    expect(duplicateCount).toBe(2);
    expect(duplicates.map(({ kind }) => kind)).toEqual(['exact', 'near']);
    expect(duplicates[1]?.similarity).toBeGreaterThanOrEqual(0.8);
    for (const { first, second } of duplicates) {
      expect(first.articleId).not.toBe(second.articleId);
      const article = await knowledge.article(second.articleId);
      expect(article?.markdown.slice(second.span.start, second.span.end)).toMatch(/parcel number 1/i);
    }
    expect(await knowledge.lastReport()).toMatchObject({ duplicateCount: 2 });
  });

  it('stops at the number of passages a laptop can search, and says so', async () => {
    const knowledge = workspace.open({ maxChunks: 3 });
    const report = await knowledge.addSource({ path: workspace.source, pool: 'articles', isWatched: false });
    expect(report.failures.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('holds 3 passages, which is its limit') as string,
    ]);
    expect(report.chunks).toBe(3);
  });

  describe('that are watched', () => {
    const eventually = async (check: () => Promise<boolean>): Promise<void> => {
      for (let i = 0; i < 100; i++) {
        if (await check()) return;
        await wait(100);
      }
      throw new Error('It did not happen within ten seconds.');
    };

    it('take over a saved, renamed and deleted file, also those of the time it was closed', async () => {
      const open = () => workspace.open({ followsSources: true });
      const first = open();
      await first.addSource({ path: workspace.source, pool: 'articles', isWatched: true });
      await first.settled();
      await wait(300);
      // Editors write beside the file and rename.
      await writeFile(folder('.hours.md.swp'), 'We open at nine on holidays.');
      await rename(folder('.hours.md.swp'), folder('hours.md'));
      await eventually(async () => (await foundArticles(first, 'open holidays')).includes('hours'));
      await rename(folder('hours.md'), folder('opening.md'));
      await eventually(
        async () => (await first.article('opening')) !== null && !(await first.article('hours')),
      );
      await rm(folder('opening.md'));
      await eventually(async () => (await first.article('opening')) === null);
      await workspace.close(first);

      await workspace.put('returns/later.md', 'Written while nobody looked.');
      const again = open();
      await eventually(async () => (await again.article('later')) !== null);
      const [source] = await again.sources();
      await again.updateSource(source?.id ?? '', { isWatched: false });
      await workspace.put('returns/unseen.md', 'Nobody follows any more.');
      await wait(1500);
      expect(await again.article('unseen')).toBeNull();
    });
  });
});
