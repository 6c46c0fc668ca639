import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { downloadOfficialRuntime, isRememberedUnreachable } from './electron-official.mjs';

describe('the official Electron', () => {
  let folder: string;
  let server: Server | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuecard-electron-'));
    vi.stubEnv('CUECARD_CACHE', join(folder, 'cuecard'));
    vi.stubEnv('electron_config_cache', join(folder, 'zips'));
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    server?.close();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const mirror = async (body: string, status = 200): Promise<string> => {
    const listening = createServer((_, response) => response.writeHead(status).end(body));
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
  };

  it('is refused when a mirror gives another file', async () => {
    // Bug: a mirror that was broken into would run its code on every machine that set Cuecard up.
    vi.stubEnv('ELECTRON_MIRROR', await mirror('not Electron'));
    await expect(downloadOfficialRuntime()).rejects.toMatchObject({ name: 'SetupError', exitCode: 14 });
    expect(await readdir(join(folder, 'cuecard', 'electron'))).toEqual([]);
  });

  it('is not asked for again for a while when its host cannot be reached', async () => {
    // Bug: behind a closed network each start would wait for the same host.
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/');
    expect(await downloadOfficialRuntime()).toHaveProperty('problem');
    expect(await isRememberedUnreachable()).toBe(true);
    // Bug: a mirror named afterwards would be ignored.
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:2/');
    expect(await isRememberedUnreachable()).toBe(false);
  });

  it('is given up, not awaited, when a mirror lacks this version', async () => {
    // Bug: a half-made folder would be taken for a runtime by the next start.
    vi.stubEnv('ELECTRON_MIRROR', await mirror('', 404));
    expect(await downloadOfficialRuntime()).toHaveProperty('problem');
    expect(await readdir(join(folder, 'cuecard', 'electron'))).toEqual(['unreachable.json']);
  });
});
