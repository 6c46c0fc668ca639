import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { bundleWorkerForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { DEMO_ARTICLES } from '../engine/demo-knowledge-for-tests.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import {
  embeddingServiceForTests,
  type Fault,
  type ServiceForTests,
} from '../models/embedding-service-for-tests.js';
import { onnxFolderForTests } from '../models/onnx-folder-for-tests.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { addKbCommands } from './kb.js';

let bundle: TestBundle;
let bundledDir: string;
let service: ServiceForTests;
let dir: string;
let workspace: string;
beforeAll(async () => {
  bundle = await bundleWorkerForTests();
  bundledDir = await embedderDirForTests();
});
afterAll(() => bundle.remove());
beforeEach(async () => {
  service = await embeddingServiceForTests();
  dir = fs.mkdtempSync(path.join(tmpdir(), 'cuecard-kb-embedder-'));
  workspace = path.join(dir, 'team');
  await cuecard('import', path.join(DEMO_ARTICLES, 'returns'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await service.close();
  fs.rmSync(dir, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Code and detail of the error the command line would print. */
  readonly error: { readonly code?: string; readonly detail?: string; readonly exitCode?: number } | null;
}

/** Runs `cuecard kb ...` in this process on the workspace of the test. */
async function cuecard(...args: readonly string[]): Promise<Ended> {
  let code = -1;
  const written = { out: '', err: '' };
  const into = (where: keyof typeof written) => (text: string | Uint8Array) => {
    written[where] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  const program = new Command('cuecard').exitOverride();
  const resources: Partial<ResourceLocations> = { engineWorkerFile: bundle.file, embedderDir: bundledDir };
  addKbCommands(program, resources as ResourceLocations, (ended) => (code = ended));
  let error: Ended['error'] = null;
  try {
    await program.parseAsync(['kb', ...args, '--workspace', workspace], { from: 'user' });
  } catch (cause) {
    error = (cause as { error?: Ended['error'] }).error ?? (cause as { exitCode: number });
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
  return { code, ...written, error };
}

const useService = (...more: readonly string[]): Promise<Ended> =>
  cuecard('embedder', 'openai', '--url', service.baseUrl, '--model', 'tiny', ...more);
const chosen = (): unknown => JSON.parse(fs.readFileSync(path.join(workspace, 'embedder.json'), 'utf8'));
const status =
  (code: number): Fault =>
  (_, response) => {
    response.writeHead(code).end('{}');
    return true;
  };

it('changes to a service, says what is sent where, and back, each time with all passages embedded', async () => {
  const before = await cuecard('embedder');
  expect(before).toMatchObject({ code: 0, err: '' });
  expect(before.out).toMatch(/^Search model: bundled .*\nIn use; (\d+) of \1 passages are embedded\.\n$/);

  vi.stubEnv('TINY_KEY', 'a secret');
  const changed = await useService('--key-variable', 'TINY_KEY', '--query-prefix', 'query: ');
  expect(changed).toMatchObject({ code: 0, error: null });
  expect(changed.out).toContain('Tested: 48 numbers a text');
  expect(changed.out).toContain(`every question are sent to ${new URL(service.baseUrl).host}`);
  expect(changed.out).toMatch(/In use; (\d+) of \1 passages/);
  expect(service.requests.every(({ key }) => key === 'Bearer a secret')).toBe(true);
  expect(chosen()).toMatchObject({ dimensions: 48, keyVariable: 'TINY_KEY', queryPrefix: 'query: ' });
  expect(fs.readFileSync(path.join(workspace, 'embedder.json'), 'utf8')).not.toContain('a secret');

  // What comes in afterwards is embedded by the chosen one.
  const sent = service.requests.length;
  fs.writeFileSync(path.join(dir, 'kayak.md'), '# Kayaks\n\nA kayak is repaired in ten days.\n');
  expect(await cuecard('add', path.join(dir, 'kayak.md'))).toMatchObject({ code: 0 });
  expect(
    service.requests
      .slice(sent)
      .flatMap(({ input }) => input)
      .join(),
  ).toContain('kayak is repaired');

  const back = await cuecard('embedder', 'bundled', '--json');
  expect(JSON.parse(back.out)).toMatchObject({ settings: { kind: 'bundled' }, problem: null });
  const { passages, embedded } = JSON.parse(back.out) as Record<string, number>;
  expect(embedded).toBe(passages);
});

it('changes to a model folder', async () => {
  const folder = await onnxFolderForTests('bge-tiny');
  const ended = await cuecard('embedder', 'onnx', folder);
  expect(ended).toMatchObject({ code: 0, error: null });
  expect(chosen()).toEqual({ kind: 'onnx_directory', dir: folder });
  fs.rmSync(path.dirname(folder), { recursive: true });
  // The folder is gone by now: said, with what to do, and nothing is changed.
  const gone = await cuecard('embedder');
  expect(gone.err).toMatch(/EMBEDDER_FOLDER_UNUSABLE.*\n.*\n.*Choose a folder with/);
  expect(gone.out).toContain(folder);
});

it.each([
  ['a refused key', [status(401)], [], 'EMBEDDER_REFUSED', 'HTTP 401'],
  ['another count of numbers than asked for', [], ['--dimensions', '32'], 'EMBEDDER_BAD_ANSWER', 'got 48'],
  ['a key that is not set', [], ['--key-variable', 'NOT_SET_HERE'], 'EMBEDDER_KEY_MISSING', 'NOT_SET_HERE'],
] as const)('keeps nothing of a service with %s', async (_, faults, options, code, detail) => {
  service.faults.push(...faults);
  const { error } = await useService(...options);
  expect(error).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
  expect(fs.existsSync(path.join(workspace, 'embedder.json'))).toBe(false);
});

it('says that a port is dead, and that an address is none or holds a password', async () => {
  await service.close();
  expect((await useService()).error).toMatchObject({ code: 'EMBEDDER_UNREACHABLE' });
  for (const url of ['localhost', 'http://me:secret@localhost/v1', 'http://localhost/v1?key=secret']) {
    const ended = await cuecard('embedder', 'openai', '--url', url, '--model', 'tiny');
    expect(ended.error).toMatchObject({ exitCode: 1 });
    expect(ended.err).toContain('--url');
    expect(ended.err).not.toContain('secret');
  }
  expect(fs.existsSync(path.join(workspace, 'embedder.json'))).toBe(false);
});

it('ends with a reason when the service stops answering on the way, and goes on from there', async () => {
  // The trial is answered, the first batch of passages is not.
  service.faults.push(() => false, status(403));
  const ended = await useService();
  expect(ended.error).toMatchObject({ code: 'EMBEDDER_REFUSED' });
  expect((await cuecard('embedder')).out).toMatch(/until all are, this answers: bundled/);
  const again = await useService();
  expect(again).toMatchObject({ code: 0, error: null });
  expect(again.out).toMatch(/In use; (\d+) of \1 passages/);
});

it('warns of a file that cannot be read, uses the bundled model, and keeps the file', async () => {
  const file = path.join(workspace, 'embedder.json');
  fs.writeFileSync(file, '{"kind":"telepathy"}');
  const shown = await cuecard('embedder');
  expect(shown.err).toContain('WORKSPACE_EMBEDDER_UNREADABLE');
  expect(shown.out).toContain('Search model: bundled');
  expect((await cuecard('sources')).err).toContain('WORKSPACE_EMBEDDER_UNREADABLE');
  expect(fs.readFileSync(file, 'utf8')).toBe('{"kind":"telepathy"}');
  await cuecard('embedder', 'bundled');
  expect(chosen()).toEqual({ kind: 'bundled' });
  expect(fs.readFileSync(path.join(workspace, 'embedder.unreadable-1.json'), 'utf8')).toContain('telepathy');
});
