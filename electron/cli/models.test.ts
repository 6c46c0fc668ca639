import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { LLMock } from '@copilotkit/aimock';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { AppErrorException } from '../../shared/errors/app-error.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { ensureWorkspace } from '../workspace/workspace.js';
import { addModelCommands } from './models.js';

let server: LLMock;
let dir: string;
beforeEach(async () => {
  server = await LLMock.create({ port: 0, host: '127.0.0.1', strict: true });
  dir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-models-')), 'workspace');
  ensureWorkspace(dir, 'Test');
  vi.stubEnv('CHAT_KEY', 'key-1234');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  fs.rmSync(path.dirname(dir), { recursive: true });
  await server.stop();
});

/** Runs `cuecard models ...`; gives what it printed, or the code of its error. */
async function models(...args: readonly string[]): Promise<string> {
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const program = new Command('cuecard').exitOverride();
  addModelCommands(program, {} as ResourceLocations, () => undefined);
  try {
    await program.parseAsync(['models', ...args, '--workspace', dir], { from: 'user' });
    return out;
  } catch (cause) {
    return (cause as Partial<AppErrorException>).error?.code ?? String(cause);
  } finally {
    spy.mockRestore();
  }
}

// Catches a choice that is kept though it does not work, and a key in the file.
it('tests a model, uses it, tests it again and turns it off', async () => {
  const use = ['use', 'openai', '--model', 'gpt-5-mini', '--url', `${server.url}/v1`];
  expect(await models('list')).toContain('Chat models: none');
  expect(await models(...use)).toBe('MODEL_KEY_MISSING');
  server.nextRequestError(401, { message: 'Incorrect API key', code: 'invalid_api_key' });
  expect(await models(...use, '--key-variable', 'CHAT_KEY')).toBe('MODEL_KEY_NOT_ACCEPTED');
  expect(await models('test')).toBe('MODELS_NONE_CHOSEN');
  server.on({}, { content: 'ready' });
  expect(await models(...use, '--key-variable', 'CHAT_KEY')).toMatch(
    /^Chat models: on\n {2}gpt-5-mini at http.*\/v1 \(writes, key in CHAT_KEY\)\nWorks: first words after \d+ ms/,
  );
  expect(fs.readFileSync(path.join(dir, 'models.json'), 'utf8')).not.toContain('key-1234');
  expect(await models('test')).toMatch(/^gpt-5-mini: Works: .* tokens, \$0\.0000\d\d \(prices of /);
  expect(await models('off')).toContain('Chat models: off');
  expect(JSON.parse(await models('list', '--json'))).toMatchObject({
    settings: { isOn: false, main: ['main'] },
  });
  expect(server.getRequests()).toHaveLength(3);
});
