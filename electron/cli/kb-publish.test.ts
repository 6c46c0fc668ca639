import fs from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { commandLineForTests } from './command-line-for-tests.js';

/** Ctrl-C, as often as a test likes. */
const ctrlC = vi.hoisted(() => ({ controller: new AbortController() }));
vi.mock('./interruption.js', async (original) => ({
  ...(await original<typeof import('./interruption.js')>()),
  interruption: () => ctrlC.controller.signal,
}));
beforeEach(() => {
  ctrlC.controller = new AbortController();
});

const cli = commandLineForTests();
const realFetch = globalThis.fetch;

describe('cuecard kb publish', () => {
  it('publishes a folder with its team, then what changed and nothing else, then nothing', async () => {
    const first = await cli.json('kb', 'publish', cli.articles, '--notes', 'first');
    expect(first).toMatchObject({ number: 1, segmentsSent: 3, isNew: true });
    expect(first).toMatchObject({ articles: { added: 2, changed: 0, removed: 0 } });
    cli.write('returns.md', '# Returns\n\nYou have 45 days to return an item.\n');
    fs.rmSync(path.join(cli.articles, 'team'), { recursive: true });
    const second = await cli.cuecard('kb', 'publish', cli.articles);
    expect(second).toMatchObject({ code: 0, failure: null });
    expect(second.out).toMatch(
      /^Release 2 is published\. Articles: 0 added, 1 changed, 0 removed\. Sent: 1 parts, 0\.0\d MB\.\nEverybody runs release 2\.\n$/,
    );
    expect(await cli.cuecard('kb', 'publish', cli.articles)).toMatchObject({
      code: 0,
      out: 'Nothing to publish: release 2 has this content already.\nEverybody runs release 2.\n',
    });
    const diff = await cli.cuecard('releases', 'diff', '1', '2');
    expect(diff.out).toMatch(/^Changed: article\/returns {2}Returns\n@@ /);
    expect(diff.out).toContain(
      '\n-You have 30 days to return an item.\n+You have 45 days to return an item.\n',
    );
  });

  it('lets a canary go to some first, then to everybody, and brings a release back', async () => {
    expect(await cli.cuecard('kb', 'publish', cli.articles, '--canary', '10')).toMatchObject({
      failure: 'RELEASE_NONE_ASSIGNED',
    });
    await cli.json('kb', 'publish', cli.articles);
    expect(await cli.cuecard('releases', 'canary', '1', '10')).toMatchObject({
      failure: 'RELEASE_RUN_BY_ALL',
    });
    cli.write('returns.md', '# Returns\n\nYou have 45 days to return an item.\n');
    const tried = await cli.json('kb', 'publish', cli.articles, '--canary', '10');
    expect(tried).toMatchObject({
      number: 2,
      rollout: { kind: 'canary', stable: 1, canary: 2, percent: 10 },
    });
    expect((await cli.cuecard('releases', 'pause')).out).toMatch(/^10 % run release 2, the others 1; paused/);
    expect((await cli.cuecard('kb', 'publish', cli.articles, '--canary', '40')).out).toContain(
      '40 % run release 2',
    );
    cli.write('returns.md', '# Returns\n\nYou have 60 days to return an item.\n');
    expect(await cli.cuecard('kb', 'publish', cli.articles)).toMatchObject({
      failure: 'RELEASE_CANARY_RUNS',
    });
    expect(await cli.cuecard('kb', 'publish', cli.articles, '--canary', '10')).toMatchObject({
      failure: 'RELEASE_CANARY_RUNS',
    });
    expect((await cli.json<{ releases: unknown[] }>('releases', 'list')).releases).toHaveLength(2);
    expect((await cli.cuecard('releases', 'promote')).out).toBe('Everybody runs release 2.\n');
    expect(await cli.cuecard('releases', 'promote')).toMatchObject({ failure: 'RELEASE_NO_CANARY' });
    expect((await cli.cuecard('releases', 'rollback', '1')).out).toBe(
      'Release 3 has the content of 1 and goes to everybody.\n',
    );
    const listed = await cli.json<{ releases: { number: number; restores: number | null }[] }>(
      'releases',
      'list',
    );
    expect(listed.releases.map(({ number, restores }) => [number, restores])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
  });

  it('publishes nothing where a file cannot be read, when it is to be strict, and names the file', async () => {
    cli.write('broken.pdf', 'no PDF');
    const strict = await cli.cuecard('kb', 'publish', cli.articles, '--strict');
    expect(strict).toMatchObject({ failure: 'RELEASE_FILES_UNREAD' });
    expect(strict.err).toContain('broken.pdf: It is not a PDF');
    expect(strict.err).not.toContain('out-of-scope.json');
    expect(await cli.json('kb', 'publish', cli.articles)).toMatchObject({ number: 1, articlesChanged: 2 });
  });

  it('keeps the article of a file that cannot be read any more, and of one whose folder cannot be opened', async () => {
    cli.write('team/shifts.md', '# Shifts\n\nThe day begins at 8.\n');
    cli.write('more/lanterns.md', '# Lanterns\n\nThey burn for eight hours.\n');
    await cli.json('kb', 'publish', cli.articles);
    for (const name of ['returns.md', 'team/shifts.md'])
      cli.write(name, Buffer.from([0, 1, 0, 0, 2, 0, 0, 0, 3]));
    cli.write('delivery.md', '# Delivery\n\nIt takes 4 days.\n');
    const kept = await cli.cuecard('kb', 'publish', cli.articles);
    expect(kept.err).toContain('returns.md: The file is binary');
    expect(kept.err).toContain('shifts.md: The file is binary');
    expect(kept.out).toContain('Articles: 0 added, 1 changed, 0 removed.');
    fs.rmSync(path.join(cli.articles, 'more'), { recursive: true });
    fs.symlinkSync(cli.dir, path.join(cli.articles, 'more'));
    expect(await cli.cuecard('kb', 'publish', cli.articles)).toMatchObject({
      failure: 'RELEASE_REMOVES_UNREAD',
      detail: `1 of 4 articles would go; they may be in ${path.join(cli.articles, 'more')}`,
    });
    expect(await cli.json('kb', 'publish', cli.articles, '--allow-removal')).toMatchObject({
      articles: { added: 0, changed: 0, removed: 1 },
    });
  });

  it('refuses a folder that would take most articles away', async () => {
    for (let i = 0; i < 6; i++)
      cli.write(`number-${String(i)}.md`, `# Number ${String(i)}\n\nIt is ${String(i)}.\n`);
    await cli.json('kb', 'publish', cli.articles);
    const wrong = path.join(cli.dir, 'wrong');
    fs.mkdirSync(wrong);
    fs.copyFileSync(path.join(cli.articles, 'returns.md'), path.join(wrong, 'returns.md'));
    expect(await cli.cuecard('kb', 'publish', wrong)).toMatchObject({
      failure: 'RELEASE_REMOVES_MANY',
      detail: '7 of 8 articles would go',
      out: '',
    });
    expect(await cli.json('kb', 'publish', wrong, '--allow-removal')).toMatchObject({
      number: 2,
      articles: { removed: 7 },
    });
  });

  it('says what Ctrl-C left: nothing published, or perhaps all of it', async () => {
    const stopAt = (step: string) =>
      cli.watched((text) => text.startsWith(step) && ctrlC.controller.abort(), 'kb', 'publish', cli.articles);
    expect(await stopAt('Uploading')).toMatchObject({
      code: 130,
      err: expect.stringMatching(
        /Stopped; nothing was published\. What was sent is not sent again\.\n$/,
      ) as string,
    });
    ctrlC.controller = new AbortController();
    expect(await stopAt('Publishing')).toMatchObject({
      code: 130,
      err: expect.stringMatching(
        /Stopped\. It may have been published; see "cuecard releases list"\.\n$/,
      ) as string,
    });
  });

  it('says at once that nobody is there, and waits for a hub that was', async () => {
    vi.stubEnv('CUECARD_HUB_URL', 'http://127.0.0.1:9');
    for (const command of [
      ['kb', 'publish', cli.articles],
      ['kb', 'publish', cli.articles, '--canary', '10'],
      ['releases', 'rollback', '1'],
    ])
      expect(await cli.cuecard(...command)).toMatchObject({ failure: 'HUB_NOT_REACHED' });
    vi.stubEnv('CUECARD_HUB_URL', cli.url);
    await cli.json('kb', 'publish', cli.articles);
    cli.write('delivery.md', '# Delivery\n\nIt takes 4 days.\n');
    const cut = new Set<string>();
    // Cuts off the first request of every kind but the one that finds out whether somebody is there.
    vi.stubGlobal('fetch', (asked: URL, init: RequestInit) => {
      const request = `${String(init.method)} ${asked.pathname}`;
      if (asked.pathname === '/v1/me' || cut.has(request)) return realFetch(asked, init);
      cut.add(request);
      return Promise.reject(new TypeError('fetch failed'));
    });
    expect(await cli.json('kb', 'publish', cli.articles, '--canary', '10')).toMatchObject({
      number: 2,
      rollout: { kind: 'canary', canary: 2 },
    });
    vi.unstubAllGlobals();
    expect([...cut]).toEqual(
      expect.arrayContaining(['GET /v1/rollout', 'GET /v1/releases', 'PUT /v1/rollout']),
    );
  });

  it.each([
    ['http://127.0.0.1:1', 'HUB_NOT_REACHED', 'no hub can be at a port that is reserved for something else'],
    ['http://example.com', 'HUB_ADDRESS_INVALID', 'use https'],
  ])('says what is wrong with the address %s', async (address, failure, detail) => {
    vi.stubEnv('CUECARD_HUB_URL', address);
    expect(await cli.cuecard('releases', 'list')).toMatchObject({ failure, detail });
  });

  it('needs the key of the hub before it reads anything', async () => {
    vi.stubEnv('CUECARD_HUB_KEY', 'a key of another hub');
    expect(await cli.cuecard('releases', 'list')).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    expect(await cli.cuecard('kb', 'publish', cli.articles)).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    vi.stubEnv('CUECARD_HUB_KEY', '');
    expect(await cli.cuecard('kb', 'publish', cli.articles)).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    expect(fs.readdirSync(cli.dir)).toEqual(['help']);
  });
});
