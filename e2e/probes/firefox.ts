import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';

import { repoRoot } from '../launch.js';
import { endPeer, runPeer } from './peer-process.js';

/** The rep's own Firefox, with the built extension in it. */
export interface Firefox {
  /** Where the extension's pages are. */
  readonly origin: string;
  readonly open: (url: string) => Promise<void>;
  /** Opens a tab that is in front then. */
  readonly openTab: (url: string) => Promise<void>;
  /** To the first tab. */
  readonly back: () => Promise<void>;
  /** Runs in the first tab. @returns what a string is. */
  readonly evaluate: (expression: string) => Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly type: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
}

/** Asks by WebDriver BiDi (w3c.github.io/webdriver-bidi), which Firefox speaks itself. */
type Ask = (method: string, params: object) => Promise<Record<string, unknown>>;

/** Starts it on a profile nobody used before; gives why this machine cannot have it instead. */
export async function startFirefox(): Promise<Firefox | string> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'cuecard-firefox-'));
  const found = await runPeer<{ readonly executable: string }>('firefox', home, '0');
  if (typeof found === 'string') {
    await rm(home, { recursive: true, force: true });
    return found;
  }
  await endPeer(found.child);
  const profile = path.join(home, 'profile');
  await mkdir(profile);
  const args = [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port',
    '0',
    'about:blank',
  ];
  const child = spawn(found.ready.executable, args, { env: { ...process.env, HOME: home } });
  const address = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stderr.on('data', (part: Buffer) => {
      printed += part.toString();
      const listening = /BiDi listening on (ws:\S+)/u.exec(printed)?.[1];
      if (listening !== undefined) resolve(listening);
    });
    child.once('exit', () => reject(new Error(`Firefox ended before it was ready:\n${printed}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  const ask = askOver(socket);
  await ask('session.new', { capabilities: {} });
  const extensionData = { type: 'path', path: path.join(repoRoot, 'build/extension-firefox') };
  const { extension } = await ask('webExtension.install', { extensionData });
  const origin = `moz-extension://${await idOfPages(profile, String(extension))}`;
  const { contexts } = (await ask('browsingContext.getTree', {})) as { contexts: [{ context: string }] };
  const [{ context }] = contexts;
  const navigate = async (tab: unknown, url: string): Promise<void> => {
    await ask('browsingContext.navigate', { context: tab, url, wait: 'complete' });
  };
  return {
    origin,
    open: (url) => navigate(context, url),
    openTab: async (url) => navigate((await ask('browsingContext.create', { type: 'tab' }))['context'], url),
    async back() {
      await ask('browsingContext.activate', { context });
    },
    async evaluate(expression) {
      const params = { expression, target: { context }, awaitPromise: true };
      const { result } = (await ask('script.evaluate', params)) as { result?: { value?: string } };
      return result?.value ?? '';
    },
    async close() {
      socket.close();
      const over = once(child, 'exit');
      child.kill();
      await over;
      await rm(home, { recursive: true, force: true });
    },
  };
}

function askOver(socket: WebSocket): Ask {
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = waiting.size + 1;
      waiting.set(id, ({ type, message, result }) => {
        if (type === 'success') resolve(result ?? {});
        else reject(new Error(`${method}: ${message ?? ''}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}

/** Firefox gives the pages of an extension another id in each profile, and writes it there a moment after. */
async function idOfPages(profile: string, extension: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const kept = await readFile(path.join(profile, 'prefs.js'), 'utf8').catch(() => '');
    const ids = /webextensions\.uuids", "(.*)"\);/u.exec(kept)?.[1]?.replaceAll('\\"', '"');
    const id = (JSON.parse(ids ?? '{}') as Record<string, string>)[extension];
    if (id !== undefined) return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Firefox does not say where the pages of the extension are.');
}
