import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { HUB_HEADER } from '../../shared/contracts/hub/define-endpoint.js';
import type { AppErrorException } from '../../shared/errors/app-error.js';
import { bundleWorkerForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { readInvitation } from '../sync/join.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { addFeedbackCommands } from './feedback-export.js';
import { addKbCommands } from './kb.js';
import { addMembersCommands } from './members.js';
import { addReleasesCommands } from './releases.js';

/** Ctrl-C, as often as a test likes. */
const ctrlC = vi.hoisted(() => ({ controller: new AbortController() }));
vi.mock('./interruption.js', async (original) => ({
  ...(await original<typeof import('./interruption.js')>()),
  interruption: () => ctrlC.controller.signal,
}));

let bundle: TestBundle;
let embedderDir: string;
let hub: TestHub;
let url: string;
let dir: string;
let articles: string;
beforeAll(async () => {
  [bundle, embedderDir, hub] = await Promise.all([
    bundleWorkerForTests(),
    embedderDirForTests(),
    startTestHub({ store: 'pglite' }),
  ]);
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await hub.close();
  await bundle.remove();
});
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(tmpdir(), 'cuecard-hub-commands-'));
  articles = path.join(dir, 'help');
  ctrlC.controller = new AbortController();
  fs.mkdirSync(path.join(articles, 'team'), { recursive: true });
  write('returns.md', '# Returns\n\nYou have 30 days to return an item.\n');
  write('delivery.md', '# Delivery\n\nIt takes 3 days.\n');
  write('team/out-of-scope.json', '["weather"]');
  url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
  vi.stubEnv('CUECARD_HUB_URL', url);
  vi.stubEnv('CUECARD_HUB_KEY', hub.hubKey);
  vi.stubEnv('CUECARD_HUB_WORKSPACE', (await hub.addWorkspace()).id);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(dir, { recursive: true });
});

const write = (name: string, text: string): void => fs.writeFileSync(path.join(articles, name), text);

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Of the error the command line would print. */
  readonly failure: string | null;
  readonly detail: string | undefined;
}

const realFetch = globalThis.fetch;

/** Runs `cuecard ...` in this process. */
const cuecard = (...args: readonly string[]): Promise<Ended> => cuecardWith(() => undefined)(...args);

/** The same, told of what goes to standard error while it runs. */
const cuecardWith =
  (onError: (text: string) => void) =>
  async (...args: readonly string[]): Promise<Ended> => {
    let code = -1;
    const written = { out: '', err: '' };
    const into = (where: keyof typeof written) => (text: string | Uint8Array) => {
      const said = typeof text === 'string' ? text : Buffer.from(text).toString();
      written[where] += said;
      if (where === 'err') onError(said);
      return true;
    };
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
      vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
    ];
    const program = new Command('cuecard').exitOverride();
    const resources: Partial<ResourceLocations> = { engineWorkerFile: bundle.file, embedderDir };
    const finish = (ended: number): void => void (code = ended);
    addKbCommands(program, resources as ResourceLocations, finish);
    addReleasesCommands(program, finish);
    addMembersCommands(program, finish);
    addFeedbackCommands(program, finish);
    let failure: string | null = null;
    let detail: string | undefined;
    try {
      await program.parseAsync([...args], { from: 'user' });
    } catch (cause) {
      const { error } = cause as Partial<AppErrorException>;
      failure = error?.code ?? String(cause);
      detail = error?.detail;
    } finally {
      spies.forEach((spy) => spy.mockRestore());
    }
    return { code, ...written, failure, detail };
  };
const json = async <T>(...args: readonly string[]): Promise<T> => {
  const { out, failure } = await cuecard(...args, '--json');
  expect(failure).toBeNull();
  return JSON.parse(out) as T;
};

describe('cuecard kb publish', () => {
  it('publishes a folder with its team, then what changed and nothing else, then nothing', async () => {
    const first = await json('kb', 'publish', articles, '--notes', 'first');
    expect(first).toMatchObject({ number: 1, segmentsSent: 3, isNew: true });
    expect(first).toMatchObject({ articles: { added: 2, changed: 0, removed: 0 } });
    write('returns.md', '# Returns\n\nYou have 45 days to return an item.\n');
    fs.rmSync(path.join(articles, 'team'), { recursive: true });
    const second = await cuecard('kb', 'publish', articles);
    expect(second).toMatchObject({ code: 0, failure: null });
    expect(second.out).toMatch(
      /^Release 2 is published\. Articles: 0 added, 1 changed, 0 removed\. Sent: 1 parts, 0\.0\d MB\.\nEverybody runs release 2\.\n$/,
    );
    expect(await cuecard('kb', 'publish', articles)).toMatchObject({
      code: 0,
      out: 'Nothing to publish: release 2 has this content already.\nEverybody runs release 2.\n',
    });
    const diff = await cuecard('releases', 'diff', '1', '2');
    expect(diff.out).toMatch(/^Changed: article\/returns {2}Returns\n@@ /);
    expect(diff.out).toContain(
      '\n-You have 30 days to return an item.\n+You have 45 days to return an item.\n',
    );
  });

  it('lets a canary go to some first, then to everybody, and brings a release back', async () => {
    expect(await cuecard('kb', 'publish', articles, '--canary', '10')).toMatchObject({
      failure: 'RELEASE_NONE_ASSIGNED',
    });
    await json('kb', 'publish', articles);
    expect(await cuecard('releases', 'canary', '1', '10')).toMatchObject({ failure: 'RELEASE_RUN_BY_ALL' });
    write('returns.md', '# Returns\n\nYou have 45 days to return an item.\n');
    const tried = await json('kb', 'publish', articles, '--canary', '10');
    expect(tried).toMatchObject({
      number: 2,
      rollout: { kind: 'canary', stable: 1, canary: 2, percent: 10 },
    });
    expect((await cuecard('releases', 'pause')).out).toMatch(/^10 % run release 2, the others 1; paused/);
    expect((await cuecard('kb', 'publish', articles, '--canary', '40')).out).toContain('40 % run release 2');
    write('returns.md', '# Returns\n\nYou have 60 days to return an item.\n');
    expect(await cuecard('kb', 'publish', articles)).toMatchObject({ failure: 'RELEASE_CANARY_RUNS' });
    expect(await cuecard('kb', 'publish', articles, '--canary', '10')).toMatchObject({
      failure: 'RELEASE_CANARY_RUNS',
    });
    expect((await json<{ releases: unknown[] }>('releases', 'list')).releases).toHaveLength(2);
    expect((await cuecard('releases', 'promote')).out).toBe('Everybody runs release 2.\n');
    expect(await cuecard('releases', 'promote')).toMatchObject({ failure: 'RELEASE_NO_CANARY' });
    expect((await cuecard('releases', 'rollback', '1')).out).toBe(
      'Release 3 has the content of 1 and goes to everybody.\n',
    );
    const listed = await json<{ releases: { number: number; restores: number | null }[] }>(
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
    write('broken.pdf', 'no PDF');
    const strict = await cuecard('kb', 'publish', articles, '--strict');
    expect(strict).toMatchObject({ failure: 'RELEASE_FILES_UNREAD' });
    expect(strict.err).toContain('broken.pdf: It is not a PDF');
    expect(strict.err).not.toContain('out-of-scope.json');
    expect(await json('kb', 'publish', articles)).toMatchObject({ number: 1, articlesChanged: 2 });
  });

  it('keeps the article of a file that cannot be read any more, and of one whose folder cannot be opened', async () => {
    write('team/shifts.md', '# Shifts\n\nThe day begins at 8.\n');
    fs.mkdirSync(path.join(articles, 'more'));
    write('more/lanterns.md', '# Lanterns\n\nThey burn for eight hours.\n');
    await json('kb', 'publish', articles);
    write('returns.md', '\u0000\u0001\u0000');
    write('delivery.md', '# Delivery\n\nIt takes 4 days.\n');
    const kept = await cuecard('kb', 'publish', articles);
    expect(kept.err).toContain('returns.md: The file is binary');
    expect(kept.out).toContain('Articles: 0 added, 1 changed, 0 removed.');
    fs.rmSync(path.join(articles, 'more'), { recursive: true });
    fs.symlinkSync(dir, path.join(articles, 'more'));
    expect(await cuecard('kb', 'publish', articles)).toMatchObject({
      failure: 'RELEASE_REMOVES_UNREAD',
      detail: `1 of 4 articles would go; they may be in ${path.join(articles, 'more')}`,
    });
    expect(await json('kb', 'publish', articles, '--allow-removal')).toMatchObject({
      articles: { added: 0, changed: 0, removed: 1 },
    });
  });

  it('refuses a folder that would take most articles away', async () => {
    for (let i = 0; i < 6; i++)
      write(`number-${String(i)}.md`, `# Number ${String(i)}\n\nIt is ${String(i)}.\n`);
    await json('kb', 'publish', articles);
    const wrong = path.join(dir, 'wrong');
    fs.mkdirSync(wrong);
    fs.copyFileSync(path.join(articles, 'returns.md'), path.join(wrong, 'returns.md'));
    expect(await cuecard('kb', 'publish', wrong)).toMatchObject({
      failure: 'RELEASE_REMOVES_MANY',
      detail: '7 of 8 articles would go',
      out: '',
    });
    expect(await json('kb', 'publish', wrong, '--allow-removal')).toMatchObject({
      number: 2,
      articles: { removed: 7 },
    });
  });

  it('says what Ctrl-C left: nothing published, or perhaps all of it', async () => {
    const stopAt = (step: string) => cuecardWith((text) => text.startsWith(step) && ctrlC.controller.abort());
    expect(await stopAt('Uploading')('kb', 'publish', articles)).toMatchObject({
      code: 130,
      err: expect.stringMatching(
        /Stopped; nothing was published\. What was sent is not sent again\.\n$/,
      ) as string,
    });
    ctrlC.controller = new AbortController();
    expect(await stopAt('Publishing')('kb', 'publish', articles)).toMatchObject({
      code: 130,
      err: expect.stringMatching(
        /Stopped\. It may have been published; see "cuecard releases list"\.\n$/,
      ) as string,
    });
  });

  it('says at once that nobody is there, and waits for a hub that was', async () => {
    vi.stubEnv('CUECARD_HUB_URL', 'http://127.0.0.1:9');
    for (const command of [
      ['kb', 'publish', articles],
      ['kb', 'publish', articles, '--canary', '10'],
      ['releases', 'rollback', '1'],
    ])
      expect(await cuecard(...command)).toMatchObject({ failure: 'HUB_NOT_REACHED' });
    vi.stubEnv('CUECARD_HUB_URL', url);
    await json('kb', 'publish', articles);
    write('delivery.md', '# Delivery\n\nIt takes 4 days.\n');
    const cut = new Set<string>();
    // Cuts off the first request of every kind but the one that finds out whether somebody is there.
    vi.stubGlobal('fetch', (asked: URL, init: RequestInit) => {
      const request = `${String(init.method)} ${asked.pathname}`;
      if (asked.pathname === '/v1/me' || cut.has(request)) return realFetch(asked, init);
      cut.add(request);
      return Promise.reject(new TypeError('fetch failed'));
    });
    expect(await json('kb', 'publish', articles, '--canary', '10')).toMatchObject({
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
    expect(await cuecard('releases', 'list')).toMatchObject({ failure, detail });
  });

  it('needs the key of the hub before it reads anything', async () => {
    vi.stubEnv('CUECARD_HUB_KEY', 'a key of another hub');
    expect(await cuecard('releases', 'list')).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    expect(await cuecard('kb', 'publish', articles)).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    vi.stubEnv('CUECARD_HUB_KEY', '');
    expect(await cuecard('kb', 'publish', articles)).toMatchObject({ failure: 'HUB_KEY_REFUSED' });
    expect(fs.readdirSync(dir)).toEqual(['help']);
  });
});

it('invites, lists and revokes members', async () => {
  const made = await cuecard(
    'members',
    'invite',
    'Ada Lind',
    '--role',
    'lead',
    '--email',
    'ada@example.test',
  );
  expect(made.out).toMatch(
    /^Invite for Ada Lind \(lead\), good once, until .* UTC: ([A-Z0-9]{4}-){2}[A-Z0-9]{4}\nTo be pasted in Cuecard: http/,
  );
  const [, link] = /: (\S+)\n$/.exec(made.out) ?? [];
  const { hubUrl, code } = readInvitation(link ?? '');
  expect(hubUrl).toBe(url);
  const joined = await hub.request(null, 'POST', '/v1/join', { code, deviceName: 'laptop' });
  const { member } = joined.json<{ member: { id: string } }>();
  expect((await cuecard('members', 'revoke', member.id, '--wipe')).out).toBe('Ada Lind is wiped.\n');
  expect((await cuecard('members', 'list')).out).toMatch(/Ada Lind .*ada@example\.test +lead +wiped/);
});

it('cancels an invite, which lets nobody in then', async () => {
  const { invite, code, link } = await json<{ invite: { id: string }; code: string; link: string }>(
    ...['members', 'invite', 'Ada Lind'],
  );
  expect(link).toBe(`${url}#${code}`);
  expect((await cuecard('members', 'list')).out).toContain(invite.id);
  expect((await cuecard('members', 'cancel', invite.id)).out).toMatch(/^The invite is cancelled/);
  expect((await cuecard('members', 'list')).out).not.toContain(invite.id);
  const refused = await hub.request(null, 'POST', '/v1/join', { code, deviceName: 'laptop' });
  expect(refused.statusCode).toBe(401);
  expect(await cuecard('members', 'cancel', invite.id)).toMatchObject({ failure: 'HUB_NOT_FOUND' });
});

it('exports the feedback of a hub: of none, the names of the columns', async () => {
  const exported = await cuecard('feedback', 'export');
  expect(exported).toMatchObject({ code: 0, failure: null });
  expect(exported.out.trimEnd().split('\n')).toEqual([expect.stringMatching(/^\uFEFF?id(,\w+)+$/)]);
});

describe('cuecard feedback export', () => {
  let server: Server;
  let asked: string | undefined;
  let isCut: boolean;
  beforeEach(async () => {
    isCut = false;
    // What matters here is the stream, and that it may be cut.
    server = createServer((request, response) => {
      asked = request.url;
      response.writeHead(200, { [HUB_HEADER]: '1', 'content-type': 'text/plain' });
      response.write('id,action\n');
      setTimeout(() => (isCut ? response.destroy() : response.end('1,edited\n')), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('CUECARD_HUB_URL', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('writes to standard output, redacted unless that is switched off', async () => {
    expect(await cuecard('feedback', 'export')).toMatchObject({ code: 0, out: 'id,action\n1,edited\n' });
    expect(asked).toBe('/v1/feedback/export?format=csv&redact=true');
    await cuecard('feedback', 'export', '--format', 'preference', '--no-redact', '--since', '2026-11-01');
    expect(asked).toBe(
      '/v1/feedback/export?format=preference&redact=false&since=2026-11-01T00%3A00%3A00.000Z',
    );
  });

  it('writes a file whole, or leaves the one that was there', async () => {
    const out = path.join(dir, 'feedback.csv');
    expect(await cuecard('feedback', 'export', '--out', out)).toMatchObject({ code: 0, out: '' });
    expect(fs.readFileSync(out, 'utf8')).toBe('id,action\n1,edited\n');
    fs.writeFileSync(out, 'before');
    isCut = true;
    expect(await cuecard('feedback', 'export', '--out', out)).toMatchObject({ failure: 'HUB_NOT_REACHED' });
    expect(fs.readFileSync(out, 'utf8')).toBe('before');
    expect(fs.readdirSync(dir).sort()).toEqual(['feedback.csv', 'help']);
    const nowhere = path.join(dir, 'nowhere', 'feedback.csv');
    isCut = false;
    expect(await cuecard('feedback', 'export', '--out', nowhere)).toMatchObject({
      failure: 'FEEDBACK_NOT_EXPORTED',
    });
  });
});
