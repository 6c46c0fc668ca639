import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ToolServer } from '../../../shared/domain/tool-server.js';
import { AppErrorException, errorCodeOf } from '../../../shared/errors/app-error.js';
import { withAddress } from '../business-address.js';
import type { ConnectedSystem } from '../connected-system.js';
import { teamProfile } from '../profile-for-tests.js';
import { connectMcp } from './connect-mcp.js';

const FILES = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
const EVERYTHING = fileURLToPath(
  import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'),
);
/** A program whose tools end it, answer without end, or answer. */
const FRAGILE = `
const say = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
const tool = (name) => ({ name, inputSchema: { type: 'object' }, annotations: { readOnlyHint: name !== 'break' } });
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize')
    return say(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'f', version: '1' } });
  if (method === 'tools/list') return say(id, { tools: ['die', 'flood', 'hours', 'break'].map(tool) });
  if (method !== 'tools/call') return;
  if (params.name === 'die' || params.name === 'break') return process.exit(1);
  const text = params.name === 'flood' ? 'x'.repeat(3_000_000) : 'Open on Monday.';
  say(id, { content: [{ type: 'text', text }] });
});`;
const { signal } = new AbortController();
const customer = { name: 'Femke', email: 'femke@example.com' };
const context = { profile: teamProfile, now: () => new Date('2026-11-27T12:00:00Z') };

let dir: string;
let list: ToolServer[];
const opened: ConnectedSystem[] = [];
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-mcp-'));
  fs.writeFileSync(path.join(dir, 'hours.txt'), 'Open on Monday.');
  list = [
    {
      ...{ name: 'files', title: 'Files', command: process.execPath, env: [] },
      args: [FILES, dir],
    },
    {
      ...{ name: 'everything', title: 'Everything', command: process.execPath, env: ['CUECARD_GIVEN'] },
      args: [EVERYTHING, 'stdio'],
      secretIn: 'SHOP_TOKEN',
    },
    {
      ...{ name: 'fragile', title: 'Fragile', command: process.execPath, env: [] },
      args: ['-e', FRAGILE],
    },
    { ...{ name: 'gone', title: 'Gone', command: path.join(dir, 'gone'), env: [] }, args: [] },
  ];
});
afterEach(async () => {
  for (const connected of opened.splice(0)) await connected.close();
  fs.rmSync(dir, { recursive: true });
});

async function connected(name: string, args = ''): Promise<ConnectedSystem> {
  const make = (options: Record<string, string>) => {
    const made = connectMcp(
      {
        ...{ id: 'mcp-1', kind: 'mcp', name, baseUrl: `team:${name}` },
        options: { arguments: args, ...options },
      },
      { secret: () => 'secret-of-rep', fetch, toolServers: () => list },
    );
    opened.push(made);
    return made;
  };
  return make({ ...(await make({}).discover?.(signal)) });
}
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', errorCodeOf);

describe('the filesystem server of the protocol', () => {
  it('looks at once, and writes after an approval', async () => {
    const files = await connected('files');
    const read = files.tools(context).find(({ name }) => name === 'files_read_text_file') ?? expect.fail();
    const found = await read.run({ input: { path: path.join(dir, 'hours.txt') }, customer, signal });
    expect(found).toMatchObject({ status: 'succeeded', facts: [{ value: 'Open on Monday.' }] });
    const outside = await read.run({ input: { path: '/etc/hostname' }, customer, signal });
    expect(outside.status).toBe('not_found');

    expect(files.tools(context).some(({ name }) => name === 'files_write_file')).toBe(false);
    const write = files.writeTools(context).find(({ name }) => name === 'files_write_file') ?? expect.fail();
    const input = { path: path.join(dir, 'note.txt'), content: 'Call back.' };
    const preview = await write.preview({ input, customer, signal });
    expect(preview).toMatchObject({ call: `tools/call write_file ${JSON.stringify(input)}` });
    expect(fs.existsSync(input.path)).toBe(false);
    expect((await write.run({ input, customer, signal, key: 'act-1' })).status).toBe('succeeded');
    expect(fs.readFileSync(input.path, 'utf8')).toBe('Call back.');
  });
});

describe('the server with everything', () => {
  it('gives structured content, sums and errors', async () => {
    const all = await connected('everything');
    const run = async (name: string, input: Record<string, string>) =>
      (all.tools(context).find((one) => one.name === `everything_${name}`) ?? expect.fail(name)).run({
        input,
        customer,
        signal,
      });
    expect(await run('get_structured_content', { location: 'Chicago' })).toMatchObject({
      status: 'succeeded',
      facts: [
        { key: 'get_structured_content.temperature', value: '36' },
        { label: 'conditions', value: 'Light rain / drizzle' },
        { value: '82' },
      ],
    });
    expect(await run('get_sum', { a: '2', b: '3.5' })).toMatchObject({
      facts: [{ value: expect.stringContaining('5.5') as string }],
    });
    expect((await run('get_structured_content', { location: 'Utrecht' })).status).toBe('not_found');
  });

  // Catches: secrets of the rep's own environment given to a program that has no business with them.
  it('gets the environment the list names, the rep’s secret where it belongs, and nothing else', async () => {
    Object.assign(process.env, { CUECARD_GIVEN: 'yes', CUECARD_KEPT: 'no' });
    const all = await connected('everything');
    const print = all.tools(context).find(({ name }) => name === 'everything_get_env') ?? expect.fail();
    const outcome = await print.run({ input: {}, customer, signal });
    const said = JSON.stringify(outcome);
    expect(said).toContain('CUECARD_GIVEN');
    expect(said).toContain('secret-of-rep');
    expect(said).not.toContain('CUECARD_KEPT');
  });
});

describe('a program that breaks', () => {
  // Catches: a card that waits for a program that ended, an answer without end, and a program that is not started again.
  it('fails at once, and is started again by the next question', async () => {
    const fragile = await connected('fragile');
    const ask = async (name: string): Promise<unknown> => {
      const tool = fragile.tools(context).find((one) => one.name === `fragile_${name}`) ?? expect.fail(name);
      const since = Date.now();
      const outcome = await tool.run({ input: {}, customer, signal }).catch(errorCodeOf);
      expect(Date.now() - since).toBeLessThan(6_000);
      return outcome;
    };
    const answer = { status: 'succeeded', facts: [{ value: 'Open on Monday.' }] };
    expect(await ask('hours')).toMatchObject(answer);
    expect(await ask('die')).toBe('BUSINESS_UNREACHABLE');
    expect(await ask('hours')).toMatchObject(answer);
    expect(await ask('flood')).toBe('BUSINESS_UNREACHABLE');
    expect(await ask('hours')).toMatchObject(answer);
  });

  // Catches: a change whose program ended in the middle told as not made.
  it('leaves it open whether a change was made', async () => {
    const fragile = await connected('fragile');
    const [change] = fragile.writeTools(context);
    const made = change?.run({ input: {}, customer, signal, key: 'act-1' }) ?? expect.fail('no change');
    expect(await made.catch(errorCodeOf)).toBe('BUSINESS_UNREACHABLE');
  });
});

describe('the team’s list', () => {
  // Catches: any program of this computer started because somebody entered its name.
  it('is all that is started', async () => {
    expect(await codeOf(connected('other'))).toBe('BUSINESS_PROGRAM_NOT_LISTED');
    for (const baseUrl of [
      'team:../files',
      'stdio:files',
      '/bin/sh',
      'file:///bin/sh',
      'http://tools.example.com/mcp',
      'https://a:b@tools.example.com',
    ])
      expect(() => withAddress({ id: 'mcp-1', kind: 'mcp', name: 'x', baseUrl, options: {} })).toThrow(
        AppErrorException,
      );
    expect(
      withAddress({ id: 'mcp-1', kind: 'mcp', name: 'x', baseUrl: ' team:files ', options: {} }).baseUrl,
    ).toBe('team:files');
  });

  // Catches: a release that turns a program reps connected into another one.
  it('counts at every call: another program under the same name is not started', async () => {
    const files = await connected('files');
    const read = files.tools(context).find(({ name }) => name === 'files_read_text_file') ?? expect.fail();
    const ask = () => read.run({ input: { path: path.join(dir, 'hours.txt') }, customer, signal });
    expect((await ask()).status).toBe('succeeded');
    const before = list;
    list = before.map((one) => (one.name === 'files' ? { ...one, args: [...one.args, os.tmpdir()] } : one));
    expect(await ask()).toMatchObject({
      status: 'refused',
      detail: expect.stringContaining('lists another one') as string,
    });
    list = [];
    expect((await ask()).status).toBe('refused');
    list = before;
    expect((await ask()).status).toBe('succeeded');
  });

  it('may name a program that is not there', async () => {
    expect(await codeOf(connected('gone'))).toBe('BUSINESS_UNREACHABLE');
  });
});
