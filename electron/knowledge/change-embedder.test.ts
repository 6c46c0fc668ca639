import { readdir } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHashedEmbedder, type HashedEmbedder } from './hashed-embedder-for-tests.js';
import type { LocalKnowledgeBase } from './local-knowledge-base.js';
import { createTestWorkspace, requestFor, type TestWorkspace } from './workspace-for-tests.js';

const folder = (dir: string): EmbedderSettings => ({ kind: 'onnx_directory', dir });

/** Five passages and the titles of their four articles. */
const TEXTS = 9;
/** An index of passages and one of titles. */
const KINDS = 2;

describe('A change of embedder', () => {
  let workspace: TestWorkspace;
  beforeEach(async () => {
    workspace = await createTestWorkspace();
    const first = open(createHashedEmbedder('old'), 'old');
    await first.importArticles([workspace.source]);
    await workspace.close(first);
  });
  afterEach(() => workspace.dispose());

  /** Opens with an embedder; the one called `old` can be opened again from its settings. */
  const open = (embedder: HashedEmbedder, dir: string, before = createHashedEmbedder('old')) =>
    workspace.open({
      embedder,
      embedderSettings: folder(dir),
      openPrevious: (settings) => {
        expect(settings).toEqual(folder('old'));
        return Promise.resolve(before);
      },
      exactBelow: 0,
    });
  const search = (knowledge: LocalKnowledgeBase) => knowledge.search(requestFor('return an item'));
  const indexFiles = async (): Promise<number> =>
    (await readdir(workspace.workspaceDir)).filter((name) => name.endsWith('.hnsw')).length;
  /** Holds the first batch until it is let go. */
  const gate = () => {
    let release: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (release = resolve));
    return { opened, release };
  };

  it('lets the old one answer until the new one has embedded all, then swaps and removes what is old', async () => {
    const { opened, release } = gate();
    const before = createHashedEmbedder('old');
    const knowledge = open(
      createHashedEmbedder('new', () => opened),
      'new',
      before,
    );
    expect(await search(knowledge)).toMatchObject({ mode: 'hybrid' });
    expect(before.embedded).toContain('return an item');
    expect(knowledge.status()).toMatchObject({ state: 'indexing', done: 0, total: TEXTS });
    release();
    await knowledge.settled();
    expect(knowledge.status()).toMatchObject({ state: 'ready', embedder: 'new', chunks: 5 });
    const asked = before.embedded.length;
    expect(await search(knowledge)).toMatchObject({ mode: 'hybrid' });
    expect(before.embedded).toHaveLength(asked);
    expect(await indexFiles()).toBe(KINDS);
    await workspace.close(knowledge);

    const again = createHashedEmbedder('new');
    const reopened = open(again, 'new');
    await reopened.settled();
    expect(again.embedded).toEqual([]);
  });

  it('takes over an import that comes in between, without losing or doubling a passage', async () => {
    const { opened, release } = gate();
    const next = createHashedEmbedder('new', () => opened);
    const knowledge = open(next, 'new');
    await search(knowledge);
    await workspace.put('more/lanterns.md', 'Lanterns burn for eight hours.');
    const imported = knowledge.importArticles([workspace.source]);
    await imported;
    const found = await knowledge.search(requestFor('lanterns'));
    expect(found.mode).toBe('hybrid');
    expect(found.passages[0]?.articleId).toBe('lanterns');
    release();
    await knowledge.settled();
    expect(knowledge.status()).toMatchObject({ state: 'ready', embedder: 'new', chunks: 6 });
    expect(next.embedded.filter((text) => text.includes('Lanterns burn'))).toHaveLength(1);
    expect((await knowledge.search(requestFor('lanterns'))).passages[0]?.articleId).toBe('lanterns');
  });

  it('goes on after a stop where it was, the old one still answering', async () => {
    const many = Array.from(
      { length: 200 },
      (_, i) => `## Part ${String(i)}\n\nCushion number ${String(i)}.`,
    );
    await workspace.put('more/cushions.md', many.join('\n\n'));
    const first = open(createHashedEmbedder('old'), 'old');
    await first.importArticles([workspace.source]);
    await workspace.close(first);

    let batches = 0;
    const stopped = gate();
    const interrupted = createHashedEmbedder('new', async () => {
      if (++batches === 3) {
        stopped.release();
        throw new AppErrorException('EMBEDDER_REFUSED');
      }
      return Promise.resolve();
    });
    const knowledge = open(interrupted, 'new');
    await stopped.opened;
    await knowledge.settled();
    expect(knowledge.status()).toMatchObject({
      state: 'ready',
      embedder: 'old',
      changeProblem: { code: 'EMBEDDER_REFUSED' },
    });
    expect(await search(knowledge)).toMatchObject({ mode: 'hybrid' });
    await workspace.close(knowledge);

    const rest = createHashedEmbedder('new');
    const resumed = open(rest, 'new');
    expect(await search(resumed)).toMatchObject({ mode: 'hybrid' });
    await resumed.settled();
    expect(resumed.status()).toEqual({ state: 'ready', articles: 5, chunks: 205, embedder: 'new' });
    expect(rest.embedded).toHaveLength(TEXTS + 201 - 128);
  });

  it('can be taken back before it is done', async () => {
    const { opened, release } = gate();
    const knowledge = open(
      createHashedEmbedder('new', () => opened),
      'new',
    );
    await search(knowledge);
    release();
    await workspace.close(knowledge);
    const old = createHashedEmbedder('old');
    const back = open(old, 'old');
    await back.settled();
    expect(await search(back)).toMatchObject({ mode: 'hybrid' });
    expect(old.embedded).toEqual(['return an item']);
    expect(await indexFiles()).toBe(KINDS);
  });

  it('answers by words and what is embedded so far where the old one cannot be opened any more', async () => {
    const knowledge = workspace.open({
      embedder: createHashedEmbedder('new'),
      embedderSettings: folder('new'),
      openPrevious: () => Promise.reject(new Error('gone')),
      exactBelow: 0,
    });
    expect((await search(knowledge)).passages.map(({ articleId }) => articleId)).toContain('return-policy');
    await knowledge.settled();
    expect(knowledge.status()).toMatchObject({ state: 'ready', embedder: 'new' });
    expect(await indexFiles()).toBe(KINDS);
  });

  it('leaves the words to search by when the service behind the embedder does not answer', async () => {
    let isDown = false;
    const knowledge = open(
      createHashedEmbedder('new', () =>
        isDown ? Promise.reject(new AppErrorException('EMBEDDER_UNREACHABLE')) : Promise.resolve(),
      ),
      'new',
    );
    await knowledge.settled();
    isDown = true;
    const found = await search(knowledge);
    expect(found.mode).toBe('lexical');
    expect(found.passages.map(({ articleId }) => articleId)).toContain('return-policy');
  });
});
