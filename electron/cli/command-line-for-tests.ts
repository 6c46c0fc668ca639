import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import type { AppErrorException } from '../../shared/errors/app-error.js';
import { bundleWorkerForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { addFeedbackCommands } from './feedback-export.js';
import { addKbCommands } from './kb.js';
import { addMembersCommands } from './members.js';
import { addReleasesCommands } from './releases.js';

/** What a command left. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Of the error the command line would print. */
  readonly failure: string | null;
  readonly detail: string | undefined;
}

/** The command line in this process, a hub that knows its key, and for each test a workspace there and a folder of two articles. */
export interface TestCommandLine {
  readonly hub: TestHub;
  readonly url: string;
  readonly dir: string;
  readonly articles: string;
  /** Writes a file of the folder of articles. */
  write(name: string, content: string | Buffer): void;
  cuecard(...args: readonly string[]): Promise<Ended>;
  /** The same, with somebody told of what goes to standard error meanwhile. */
  watched(onError: (text: string) => void, ...args: readonly string[]): Promise<Ended>;
  json<T>(...args: readonly string[]): Promise<T>;
}

/** One hub for a file of tests. */
export function commandLineForTests(): TestCommandLine {
  let bundle: TestBundle;
  let embedderDir: string;
  const cli = {
    write(name: string, content: string | Buffer) {
      fs.mkdirSync(path.dirname(path.join(cli.articles, name)), { recursive: true });
      fs.writeFileSync(path.join(cli.articles, name), content);
    },
    cuecard: (...args: readonly string[]) => cli.watched(() => undefined, ...args),
    watched: (onError: (text: string) => void, ...args: readonly string[]) =>
      run({ engineWorkerFile: bundle.file, embedderDir }, args, onError),
    async json<T>(...args: readonly string[]): Promise<T> {
      const { out, failure } = await cli.cuecard(...args, '--json');
      expect(failure).toBeNull();
      return JSON.parse(out) as T;
    },
  } as { -readonly [K in keyof TestCommandLine]: TestCommandLine[K] };

  beforeAll(async () => {
    [bundle, embedderDir, cli.hub] = await Promise.all([
      bundleWorkerForTests(),
      embedderDirForTests(),
      startTestHub({ store: 'pglite' }),
    ]);
    await cli.hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
    cli.url = `http://127.0.0.1:${String((cli.hub.hub.app.server.address() as AddressInfo).port)}`;
  });
  afterAll(async () => {
    await cli.hub.close();
    await bundle.remove();
  });
  beforeEach(async () => {
    cli.dir = fs.mkdtempSync(path.join(tmpdir(), 'cuecard-hub-commands-'));
    cli.articles = path.join(cli.dir, 'help');
    cli.write('returns.md', '# Returns\n\nYou have 30 days to return an item.\n');
    cli.write('delivery.md', '# Delivery\n\nIt takes 3 days.\n');
    cli.write('team/out-of-scope.json', '["weather"]');
    vi.stubEnv('CUECARD_HUB_URL', cli.url);
    vi.stubEnv('CUECARD_HUB_KEY', cli.hub.hubKey);
    vi.stubEnv('CUECARD_HUB_WORKSPACE', (await cli.hub.addWorkspace()).id);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(cli.dir, { recursive: true });
  });
  return cli;
}

/** Runs `cuecard ...` in this process. */
async function run(
  resources: Partial<ResourceLocations>,
  args: readonly string[],
  onError: (text: string) => void,
): Promise<Ended> {
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
}
