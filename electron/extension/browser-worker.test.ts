import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { BrowserApi, Tab } from '../../extension/browser-api.js';
import { say } from '../../extension/app-link.js';
import { followTabs } from '../../extension/follow-tabs.js';
import { createKeeper } from '../../extension/kept-state.js';
import { extensionPaths, readPairingCode } from '../../shared/contracts/browser-extension.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createExtensionService, type ExtensionService } from './extension-service.js';
import { createPairing } from './pairing.js';

const DESK = 'https://desk.example';
const ORIGIN = `chrome-extension://${'a'.repeat(32)}`;

/** A browser with one window, as far as the extension looks at it. */
function createBrowser() {
  const hearing = { activated: [] as (() => void)[], updated: [] as ((url?: string) => void)[] };
  const focused: ((id: number) => void)[] = [];
  const areas = { local: new Map<string, unknown>(), session: new Map<string, unknown>() };
  let tab: Tab = { active: true, incognito: false, url: 'https://news.example/' };
  const area = (kept: Map<string, unknown>) => ({
    get: (key: string) => Promise.resolve(kept.has(key) ? { [key]: structuredClone(kept.get(key)) } : {}),
    set(items: Record<string, unknown>) {
      for (const [key, value] of Object.entries(items)) kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  });
  const api: BrowserApi = {
    tabs: {
      query: () => Promise.resolve([tab]),
      onActivated: { addListener: (listener) => hearing.activated.push(() => listener({})) },
      onUpdated: {
        addListener: (listener) =>
          hearing.updated.push((url) => listener(1, url === undefined ? {} : { url }, tab)),
      },
    },
    windows: { onFocusChanged: { addListener: (listener) => focused.push(listener) } },
    storage: {
      local: area(areas.local),
      session: area(areas.session),
      onChanged: { addListener: () => undefined },
    },
    action: { onClicked: { addListener: () => undefined } },
    runtime: { openOptionsPage: () => Promise.resolve() },
  };
  return {
    ...{ api, areas },
    /** The rep comes to a tab. */
    comesTo(url: string, part: Partial<Tab> = {}) {
      tab = { active: true, incognito: false, url, ...part };
      for (const tell of hearing.activated) tell();
    },
    /** The tab goes to a page. */
    goesTo(url: string) {
      tab = { ...tab, url };
      for (const tell of hearing.updated) tell(url);
    },
    focuses: (id: number) => focused.forEach((tell) => tell(id)),
    /** The worker was ended by the browser and is woken again: nothing in variables is left. */
    wakes() {
      [hearing.activated, hearing.updated, focused].forEach((list) => list.splice(0));
      followTabs(api, () => clock);
    },
  };
}

let clock: number;
let dir: string;
let app: ExtensionService;
let pages: string[];
let places: string[];
let browser: ReturnType<typeof createBrowser>;
let sent: string[];

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-worker-'));
  const secrets = new Map<string, string>();
  [pages, places, sent, clock] = [[], [DESK], [], Date.now()];
  app = createExtensionService({
    pairing: createPairing(path.join(dir, 'pairing.json'), {
      canStore: () => true,
      read: (name) => secrets.get(name) ?? null,
      placeOf: () => 'stored',
      keep: (name, key) => void secrets.set(name, key),
      forget: (name) => void secrets.delete(name),
    }),
    origins: () => places,
    onPage: (url) => pages.push(url),
    onChanged: () => undefined,
    now: () => new Date(),
    log: silentLogger,
  });
  await app.set(true);
  const real = fetch;
  // What a browser adds by itself.
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push(`${url} ${typeof init.body === 'string' ? init.body : ''}`);
    return real(url, { ...init, headers: { ...(init.headers as object), origin: ORIGIN } });
  });
  browser = createBrowser();
  browser.wakes();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await app.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** As the options page does with a pasted code. */
async function pair(): Promise<void> {
  const pairing = readPairingCode(app.code() ?? '');
  if (!pairing) throw new Error('The app gives no code.');
  const said = await say(pairing, extensionPaths.pair);
  if (said.status !== 'connected') throw new Error(said.status);
  await createKeeper(browser.api.storage).write({ ...said, pairing, isOn: true, askedAt: clock });
}

const state = () => createKeeper(browser.api.storage).read();
/** Long enough for whatever would have been sent. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

// Catches: an extension that tells nothing, tells a page twice when it loads itself again, or forgets with its worker what it was told.
it('tells the page of a connected helpdesk, once for each time the rep comes to it', async () => {
  await pair();
  browser.goesTo(`${DESK}/t/1`);
  await expect.poll(() => pages).toEqual([`${DESK}/t/1`]);
  // A browser ends no worker while it waits for an answer.
  await expect.poll(() => browser.areas.session.get('lastPage')).toBe(`${DESK}/t/1`);
  browser.wakes();
  browser.goesTo(`${DESK}/t/1`);
  await quiet();
  expect(pages).toEqual([`${DESK}/t/1`]);
  browser.goesTo(`${DESK}/t/2`);
  await expect.poll(() => pages.at(-1)).toBe(`${DESK}/t/2`);
  browser.focuses(7);
  await expect.poll(() => pages).toEqual([`${DESK}/t/1`, `${DESK}/t/2`, `${DESK}/t/2`]);
  expect((await state()).status).toBe('connected');
});

// Catches: an address of another place, of a private window, or of anything while it is off, that leaves the browser.
it('lets nothing else leave the browser', async () => {
  browser.comesTo(`${DESK}/t/1`);
  await quiet();
  expect(sent).toEqual([]);
  await pair();
  sent.length = 0;
  for (const url of [
    'https://bank.example/account',
    `${DESK}.evil.example/t/1`,
    'http://desk.example/t/1',
    'file:///home/rhea/letter.txt',
    'chrome://settings/',
    '',
  ])
    browser.comesTo(url);
  browser.comesTo(`${DESK}/t/1`, { incognito: true });
  browser.focuses(-1);
  await quiet();
  await createKeeper(browser.api.storage).write({ isOn: false });
  clock += 60_000;
  browser.comesTo(`${DESK}/t/1`);
  await quiet();
  expect(sent).toEqual([]);
  expect(pages).toEqual([]);
  expect(JSON.stringify([...browser.areas.local])).not.toContain('bank.example');
});

// Catches: a helpdesk connected after the pairing that is never followed, and one that was removed and still is.
it('asks now and then which places the app wants to hear of, without saying where the rep is', async () => {
  await pair();
  places = ['https://other.example'];
  sent.length = 0;
  clock += 31_000;
  browser.comesTo(`https://other.example/t/9`);
  await expect.poll(() => pages).toEqual(['https://other.example/t/9']);
  const told = sent.map((line) => line.replace(/^http:\/\/127\.0\.0\.1:\d+/u, ''));
  expect(told.filter((line) => !line.startsWith('/v1/prove '))).toEqual([
    '/v1/origins {}',
    '/v1/page {"url":"https://other.example/t/9"}',
  ]);
  browser.comesTo(`${DESK}/t/1`);
  await quiet();
  expect(pages).toHaveLength(1);
});

// Catches: "connected" that stands there although the app is gone, forgot the pairing, or another program answers on its port.
it('knows how it stands with the app', async () => {
  await pair();
  app.forget();
  browser.comesTo(`${DESK}/t/1`);
  await expect.poll(async () => (await state()).status).toBe('refused');
  await app.set(false);
  clock += 31_000;
  browser.comesTo(`${DESK}/t/1`);
  await expect.poll(async () => (await state()).status).toBe('unreachable');
  const other = http.createServer((_, response) => response.end('{"hello":1}')).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const said = await say({ port, token: 'a'.repeat(43) }, extensionPaths.pair);
  expect(said).toEqual({ status: 'unreachable' });
  other.close();
  other.closeAllConnections();
});

/** A program that took the app's port, and everything that reached it. */
async function squat(port: number, answerTo: (url: string, body: string) => string | Promise<string>) {
  const heard: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push(`${String(request.url)} ${JSON.stringify(request.headers)} ${body}`);
      void (async () => response.end(await answerTo(request.url ?? '', body)))();
    });
  });
  server.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { heard, port: (server.address() as AddressInfo).port, close };
}

// Catches: a token and pages that go to whoever has the port, and places of theirs that are believed and then told.
it('tells a program that took the port nothing and believes it nothing', async () => {
  await pair();
  const { pairing, origins } = await state();
  if (!pairing) throw new Error('It is not paired.');
  await app.set(false);
  const evil = JSON.stringify({ app: 'cuecard', origins: ['https://bank.example'], proof: 'a'.repeat(64) });
  const squatter = await squat(pairing.port, () => evil);
  clock += 31_000;
  browser.comesTo(`${DESK}/t/1`);
  browser.comesTo('https://bank.example/account');
  await expect.poll(async () => (await state()).status).toBe('refused');
  clock += 31_000;
  browser.comesTo('https://bank.example/account');
  await quiet();
  expect((await state()).origins).toEqual(origins);
  // What it is asked is a question without a secret, and what was asked once is not asked again.
  expect(squatter.heard.every((line) => line.startsWith('/v1/prove '))).toBe(true);
  expect(new Set(squatter.heard.map((line) => line.slice(-70))).size).toBe(squatter.heard.length);
  expect(squatter.heard.join('\n')).not.toMatch(new RegExp(`${pairing.token}|example|authorization`, 'u'));
  await squatter.close();
});

// Catches: a program on the old port that has the app, which went to another one, answer in its place.
it('does not take a proof that was made on another port', async () => {
  const pairing = readPairingCode(app.code() ?? '');
  if (!pairing) throw new Error('The app gives no code.');
  const relay = await squat(0, async (url, body) => {
    const headers = { 'content-type': 'application/json' };
    const there = `http://127.0.0.1:${String(pairing.port)}${url}`;
    return (await fetch(there, { method: 'POST', headers, body })).text();
  });
  const said = await say({ ...pairing, port: relay.port }, extensionPaths.pair);
  expect(said).toEqual({ status: 'refused' });
  expect(relay.heard).toHaveLength(1);
  expect(relay.heard[0]).not.toContain(pairing.token);
  await relay.close();
});

// Catches: pages told in the wrong order when the rep clicks faster than the app answers.
it('tells the newest page last', async () => {
  await pair();
  for (let number = 1; number <= 6; number += 1) browser.comesTo(`${DESK}/t/${String(number)}`);
  await expect.poll(() => pages.at(-1)).toBe(`${DESK}/t/6`);
  await quiet();
  expect(pages.at(-1)).toBe(`${DESK}/t/6`);
});
