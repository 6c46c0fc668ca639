import { existsSync } from 'node:fs';
import { copyFile, mkdir, open as openFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { LocalKnowledgeBase } from './local-knowledge-base.js';
import { createTestWorkspace, foundArticles, requestFor, type TestWorkspace } from './workspace-for-tests.js';

describe('The files of a workspace', () => {
  let workspace: TestWorkspace;
  beforeEach(async () => {
    workspace = await createTestWorkspace();
  });
  afterEach(() => workspace.dispose());

  describe('with an index file', () => {
    const indexed = { exactBelow: 0 };
    const indexFile = async (ending: '.hnsw' | '.json', kind = 'passages'): Promise<string> => {
      const names = (await readdir(workspace.workspaceDir)).filter((name) => name.startsWith('index'));
      const stamps = names.filter((name) => name.endsWith('.json'));
      expect(names).toHaveLength(4);
      for (const stamp of stamps) {
        const file = path.join(workspace.workspaceDir, stamp);
        const read = JSON.parse(await readFile(file, 'utf8')) as { kind: string; file: string };
        if (read.kind === kind)
          return ending === '.json' ? file : path.join(workspace.workspaceDir, read.file);
      }
      throw new Error(`There is no index of ${kind}.`);
    };
    const statuses = (knowledge: LocalKnowledgeBase): KnowledgeStatus['state'][] => {
      const seen: KnowledgeStatus['state'][] = [];
      knowledge.onStatusChanged(({ state }) => seen.push(state));
      return seen;
    };

    it('answers from the HNSW file and reads it again after a restart', async () => {
      const first = workspace.open(indexed);
      await first.importArticles([workspace.source]);
      expect(await first.search(requestFor('return an item'))).toMatchObject({ mode: 'hybrid' });
      const before = await stat(await indexFile('.hnsw'));
      await workspace.close(first);
      const again = workspace.open(indexed);
      const seen = statuses(again);
      await again.settled();
      expect(seen).toEqual(['ready']);
      expect((await stat(await indexFile('.hnsw'))).mtimeMs).toBe(before.mtimeMs);
      expect(await foundArticles(again, 'return an item')).toContain('return-policy');
    });

    it('follows changed and removed articles through its file, also after a restart', async () => {
      const first = workspace.open(indexed);
      await first.importArticles([workspace.source]);
      for (let i = 0; i < 12; i++)
        await workspace.put(`more/a${i}.md`, `Number ${i} tells of cushions and curtains.`);
      await first.importArticles([workspace.source]);
      await rm(path.join(workspace.source, 'more/a3.md'));
      await workspace.put('more/a4.md', 'Number 4 tells of lanterns.');
      await first.importArticles([workspace.source]);
      const expected = await foundArticles(first, 'lanterns');
      expect(expected[0]).toBe('a4');
      expect(await foundArticles(first, 'Number 3 tells of cushions', { limit: 20 })).not.toContain('a3');
      await workspace.close(first);
      const again = workspace.open(indexed);
      expect(await foundArticles(again, 'lanterns')).toEqual(expected);
      expect(await foundArticles(again, 'Number 3 tells of cushions', { limit: 20 })).not.toContain('a3');
    });

    it.each(['passages', 'titles'])(
      'builds a damaged or lost file of %s again from the database',
      async (kind) => {
        const first = workspace.open(indexed);
        await first.importArticles([workspace.source]);
        await workspace.close(first);
        const file = await indexFile('.hnsw', kind);
        const stamp = await indexFile('.json', kind);
        const whole = await readFile(file);
        for (const damage of [
          () => writeFile(file, Buffer.alloc(whole.length, 7)),
          () => writeFile(file, whole.subarray(0, 100)),
          () => rm(file),
          () => writeFile(stamp, 'nonsense'),
        ]) {
          await damage();
          const knowledge = workspace.open(indexed);
          const seen = statuses(knowledge);
          expect(await foundArticles(knowledge, 'return an item')).toContain('return-policy');
          await knowledge.settled();
          expect(seen).toContain('indexing');
          expect(seen.at(-1)).toBe('ready');
          expect(await readFile(file)).toEqual(whole);
          await workspace.close(knowledge);
        }
      },
    );
  });

  describe('with a damaged database', () => {
    const file = (): string => path.join(workspace.workspaceDir, 'knowledge.db');
    const refuse = async (reason: RegExp): Promise<void> => {
      const before = await readFile(file());
      let refused: unknown;
      try {
        workspace.open();
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
      const knowledge = workspace.open();
      await knowledge.importArticles([workspace.source]);
      await workspace.close(knowledge);
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
      const copy = path.join(workspace.source, 'copy');
      await mkdir(copy);
      await copyFile(file(), path.join(copy, 'knowledge.db'));
      const knowledge = workspace.open({ workspaceDir: copy });
      expect(await foundArticles(knowledge, 'return an item')).toContain('return-policy');
      expect(existsSync(`${file()}-wal`) && (await stat(`${file()}-wal`)).size > 0).toBe(false);
    });
  });
});
