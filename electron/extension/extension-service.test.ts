import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readPairingCode } from '../../shared/contracts/browser-extension.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { KeyVault } from '../models/key-vault.js';
import { createExtensionService, type ExtensionService } from './extension-service.js';
import { createPairing } from './pairing.js';

const OURS = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`;
const OTHER = `chrome-extension://${'p'.repeat(32)}`;
const FIREFOX = 'moz-extension://0b5c2a4e-8f14-4f6f-9c0e-0a5f2b7d9e11';
const DESK = 'https://desk.example';

let dir: string;
let secrets: Map<string, string>;
let open: ExtensionService[];
let pages: string[];

const vault = (canStore = true): KeyVault => ({
  canStore: () => canStore,
  read: (name) => secrets.get(name) ?? null,
  placeOf: (name) => (secrets.has(name) ? 'stored' : 'none'),
  keep: (name, key) => void secrets.set(name, key),
  forget: (name) => void secrets.delete(name),
});

async function start(port?: number): Promise<ExtensionService> {
  const file = path.join(dir, 'pairing.json');
  if (port !== undefined && !fs.existsSync(file))
    fs.writeFileSync(file, JSON.stringify({ port, origin: null }));
  const service = createExtensionService({
    pairing: createPairing(file, vault()),
    origins: () => [DESK],
    onPage: (url) => pages.push(url),
    onChanged: () => undefined,
    now: () => new Date(),
    log: silentLogger,
  });
  open.push(service);
  await service.set(true);
  return service;
}

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly origin?: string | null;
  readonly token?: string;
  readonly host?: string;
  readonly type?: string;
  readonly body?: string;
}
interface Got {
  readonly status: number;
  readonly body: unknown;
  readonly headers: http.IncomingHttpHeaders;
}

const agent = new http.Agent({ keepAlive: false, maxSockets: 8 });

/** Any request, also one no browser would send. */
function send(service: ExtensionService, sent: Sent = {}): Promise<Got> {
  const code = readPairingCode(service.code() ?? '');
  const { port = 0, token: right = '' } = code ?? {};
  const { origin = OURS, token = right, method = 'POST' } = sent;
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...{ host: '127.0.0.1', port, path: sent.path ?? '/v1/pair', method, agent },
        headers: {
          ...(origin === null ? {} : { origin }),
          host: sent.host ?? `127.0.0.1:${String(port)}`,
          'content-type': sent.type ?? 'application/json',
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text), headers: response.headers }),
        );
      },
    );
    request.on('error', reject);
    request.end(method === 'POST' ? (sent.body ?? '{}') : undefined);
  });
}

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-extension-'));
  secrets = new Map();
  [open, pages] = [[], []];
});
afterEach(async () => {
  await Promise.all(open.map((service) => service.close()));
  fs.rmSync(dir, { recursive: true, force: true });
});

describe('the endpoint of the browser extension', () => {
  // Catches: an extension that is paired and never heard.
  it('pairs the extension that has the code, and hears of its pages', async () => {
    const service = await start();
    expect(service.view()).toMatchObject({ state: 'waiting', origin: null, heardAt: null });
    expect(await send(service)).toMatchObject({ status: 200, body: { app: 'cuecard', origins: [DESK] } });
    expect(service.view()).toMatchObject({ state: 'paired', origin: OURS });
    const page = await send(service, { path: '/v1/page', body: `{"url":"${DESK}/t/1"}` });
    expect(page).toMatchObject({ status: 200, body: { origins: [DESK] } });
    expect(pages).toEqual([`${DESK}/t/1`]);
  });

  // Catches: a page, a name that was pointed at this computer, a form, a wrong token that is let in; and CORS that would let a page read.
  it.each<[string, Sent, number]>([
    ['a web page', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: null }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['something like an extension', { origin: `${OURS}.evil.example` }, 403],
    ['a name pointed at this computer', { host: 'evil.example:47615' }, 403],
    ['this computer by name', { host: 'localhost' }, 403],
    ['a question before a request', { method: 'OPTIONS', origin: 'https://evil.example' }, 403],
    ['a look at it', { method: 'GET' }, 405],
    ['a form', { type: 'text/plain' }, 415],
    ['no token', { token: '' }, 401],
    ['a token that is nearly right', { token: 'x'.repeat(43) }, 401],
    ['another place', { path: '/v1/everything' }, 404],
    ['another place by its parent', { path: '/v1/pair/../page' }, 404],
    ['too long a body', { body: `{"a":"${'a'.repeat(5_000)}"}` }, 413],
    ['no JSON', { body: 'url=1' }, 422],
    ['more than was asked for', { body: '{"token":"x"}' }, 422],
  ])('refuses %s', async (_, sent, status) => {
    const service = await start();
    const got = await send(service, sent);
    expect(got.status).toBe(status);
    expect(Object.keys(got.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(JSON.stringify(got.body)).not.toContain(readPairingCode(service.code() ?? '')?.token ?? '?');
    expect(pages).toEqual([]);
    expect(service.view()).toMatchObject({ state: 'waiting', heardAt: null });
  });

  // Catches: a second extension that learnt the code, and pages of other places that come in.
  it('believes one extension only, and only pages of connected helpdesks', async () => {
    const service = await start();
    expect(await send(service, { path: '/v1/page', body: `{"url":"${DESK}/t/1"}` })).toMatchObject({
      status: 403,
      body: { error: 'not_paired' },
    });
    await send(service, { origin: FIREFOX });
    expect(service.view().origin).toBe(FIREFOX);
    expect(await send(service, { origin: OTHER })).toMatchObject({
      status: 403,
      body: { error: 'other_extension' },
    });
    for (const url of ['https://bank.example/', 'javascript:1', 'not an address', `${DESK}.evil.example/t/1`])
      expect(
        await send(service, { origin: FIREFOX, path: '/v1/page', body: JSON.stringify({ url }) }),
      ).toMatchObject({ status: 422 });
    expect(pages).toEqual([]);
  });

  // Catches: a pairing that is gone after a restart, and one that goes on after it was forgotten.
  it('keeps the pairing over a restart until it is forgotten', async () => {
    const first = await start();
    await send(first);
    const code = first.code();
    await first.close();
    const again = await start();
    expect(again.code()).toBe(code);
    expect(again.view()).toMatchObject({ state: 'paired', origin: OURS });
    const file = fs.readFileSync(path.join(dir, 'pairing.json'), 'utf8');
    expect(file).not.toContain(readPairingCode(code ?? '')?.token ?? '?');
    const old = readPairingCode(code ?? '')?.token ?? '';
    expect(again.forget()).toMatchObject({ state: 'waiting', origin: null });
    expect(await send(again, { token: old })).toMatchObject({ status: 401 });
    expect(await send(again, { origin: OTHER })).toMatchObject({ status: 200 });
  });

  // Catches: a machine without a keychain where the extension of yesterday is pinned and its token gone, so that nobody can pair.
  it('begins anew where the token was not kept', async () => {
    const first = await start();
    await send(first);
    await first.close();
    secrets.clear();
    const again = await start();
    expect(again.view()).toMatchObject({ state: 'waiting', origin: null });
    expect(await send(again, { origin: OTHER })).toMatchObject({ status: 200 });
  });

  // Catches: an app that does not start because another program has the port, and a port that changes every time.
  it('goes to another port where its own is taken, says so, and stays there', async () => {
    const squatter = http.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    fs.writeFileSync(path.join(dir, 'pairing.json'), JSON.stringify({ port, origin: OURS }));
    secrets.set('cuecard:browser-extension', 'a'.repeat(43));
    const service = await start();
    const moved = readPairingCode(service.code() ?? '')?.port;
    expect(moved).not.toBe(port);
    expect(service.view()).toMatchObject({ state: 'paired', hasMoved: true });
    await send(service);
    expect(service.view().hasMoved).toBe(false);
    await service.close();
    squatter.close();
    expect(readPairingCode((await start()).code() ?? '')?.port).toBe(moved);
  });

  // Catches: a port that stays open after the rep turned it off.
  it('listens only while it is wanted', async () => {
    const service = await start();
    const { port = 0 } = readPairingCode(service.code() ?? '') ?? {};
    await service.set(false);
    expect(service.view().state).toBe('off');
    expect(service.code()).toBeNull();
    await expect(fetch(`http://127.0.0.1:${String(port)}/v1/pair`)).rejects.toThrow();
    await Promise.all([service.set(true), service.set(false), service.set(true)]);
    expect(service.view().state).toBe('waiting');
  });

  // Catches: an app that proves nothing, that proves to web pages, or that asks for the token before it proved anything.
  it('proves that it knows the token to an extension that does not tell it', async () => {
    const service = await start();
    const { port = 0, token = '' } = readPairingCode(service.code() ?? '') ?? {};
    const nonce = 'ab'.repeat(32);
    const ask = { path: '/v1/prove', token: '', body: JSON.stringify({ nonce }) };
    const proof = createHmac('sha256', token)
      .update(`cuecard ${String(port)} ${nonce}`)
      .digest('hex');
    expect(await send(service, ask)).toMatchObject({ status: 200, body: { app: 'cuecard', proof } });
    expect((await send(service, ask)).body).not.toHaveProperty('origins');
    expect(service.view()).toMatchObject({ state: 'waiting', heardAt: null });
    for (const [change, status] of [
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: null }, 403],
      [{ host: 'localhost' }, 403],
      [{ method: 'GET' }, 405],
      [{ type: 'text/plain' }, 415],
      [{ body: '{}' }, 422],
      [{ body: '{"nonce":"short"}' }, 422],
    ] as const)
      expect(await send(service, { ...ask, ...change })).toMatchObject({ status });
  });

  // Catches: proofs asked for without end, and a stranger without the token who so keeps the extension out.
  it('gives a stranger few proofs and goes on hearing its extension', async () => {
    const service = await start();
    const ask = { path: '/v1/prove', token: '', body: JSON.stringify({ nonce: 'ab'.repeat(32) }) };
    const got = await Promise.all(Array.from({ length: 80 }, () => send(service, ask)));
    expect(got.map(({ status }) => status)).toContain(429);
    expect(await send(service)).toMatchObject({ status: 200 });
  });

  // Catches: an extension gone wild that keeps the app busy.
  it('asks one that talks too much to stop', async () => {
    const service = await start();
    const got = await Promise.all(Array.from({ length: 80 }, () => send(service)));
    const statuses = got.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(40);
    expect(statuses).toContain(429);
  });
});
