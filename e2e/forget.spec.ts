import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';

const screens = path.join(repoRoot, 'test-results/screens');
/** Words of the customer that stand nowhere else in the demo. */
const WORDS = 'I ordered a linen duvet cover and pillowcases';
const TORN = 'My quilt came with a tear along its seam';

/** Files under the folder that hold the words. */
async function filesWith(words: string, dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if ((await readFile(file).catch(() => Buffer.of())).includes(words)) found.push(path.relative(dir, file));
  }
  return found;
}

// Catches: a customer who is gone from the list and still lies in a database, a log of writes, or on the screen.
test('a rep forgets a customer with the keyboard, and no file of the desk knows them any more', async ({
  stage,
}) => {
  test.setTimeout(90_000);
  await mkdir(screens, { recursive: true });
  const desk = await stage.open({ play: ['01-order-status', '03-return-with-typos'] });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await desk.openCard('Femke de Vries');
  await page.locator('textarea').first().fill('A reply about the duvet in progress');
  await page.keyboard.press('Escape');
  await expect.poll(() => filesWith(WORDS, stage.home)).not.toEqual([]);

  await test.step('it says what goes and what stays; nothing goes on no', async () => {
    const open = page.getByRole('button', { name: 'Forget this customer' });
    await open.focus();
    await page.keyboard.press('Enter');
    const question = page.getByRole('group', { name: 'Forget Femke de Vries?' });
    await expect(question).toContainText('1 conversation with this customer');
    await expect(question.getByRole('button', { name: 'Keep' })).toBeFocused();
    for (const layout of ['full', 'beside'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await desk.look({ layout, theme });
        if (layout === 'beside') await page.keyboard.press('o');
        await page.screenshot({ path: path.join(screens, `forget-${layout}-${theme}.png`) });
        expect.soft(await seriousIssues(page), `${layout} ${theme}`).toEqual([]);
        if (layout === 'beside') await page.keyboard.press('Escape');
      }
    await desk.look({ layout: 'full', theme: 'light' });
    await question.getByRole('button', { name: 'Keep' }).press('Enter');
    await expect(question).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Where is my duvet cover?' })).toBeVisible();
  });

  await test.step('on yes the conversation gives way to the next, and its draft with it', async () => {
    await page.getByRole('button', { name: 'Forget this customer' }).press('Enter');
    await page.getByRole('button', { name: 'Forget', exact: true }).press('Enter');
    await expect(page.getByText('Forgotten: 1 conversation.').first()).toBeVisible();
    await expect(page.getByText('Femke de Vries')).toHaveCount(0);
    await expect(page.getByText('Siobhan Kearney').first()).toBeVisible();
    await expect(page.locator('textarea').first()).toHaveValue('');
  });

  await test.step('no file of the desk holds a word of it', async () => {
    expect(await filesWith(WORDS, stage.home)).toEqual([]);
    await desk.cuecard.close();
    expect(await filesWith(WORDS, stage.home)).toEqual([]);
  });
});

/** Listens on this machine. @returns the port. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

/** A port that nobody listens on right now. */
async function freePort(): Promise<string> {
  const server = net.createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** What a web app of today keeps of a conversation it shows; on its first page, nothing. */
const KEEPS = `(async () => {
  const words = ${JSON.stringify(TORN)};
  localStorage.setItem('c-1', words);
  sessionStorage.setItem('c-1', words);
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open('desk', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('conversations');
    asked.onsuccess = () => resolve(asked.result);
  });
  await new Promise((resolve) => {
    const writing = database.transaction('conversations', 'readwrite');
    writing.objectStore('conversations').put(words, 'c-1');
    writing.oncomplete = resolve;
  });
  await (await caches.open('desk')).put('/api/c-1', new Response(words));
  // It writes as long as it is there.
  addEventListener('pagehide', () => localStorage.setItem('c-1', words));
  await fetch('/kept');
})()`;

// Catches: a customer who is gone from Cuecard and still lies in what the helpdesk's own web app keeps inside it, also where it is not open;
// and a rep who is signed out though a cookie signs them in.
test('what the helpdesk’s web app keeps goes with the customer, its cookies stay', async ({ stage }) => {
  test.setTimeout(120_000);
  /** The cookies that came with each request of the page. */
  const asked = { '/': [] as string[], '/kept': [] as string[] };
  const helpdesk = http.createServer(({ url = '', headers }, response) => {
    if (url === '/' || url === '/kept') asked[url].push(headers.cookie ?? '');
    response.setHeader('set-cookie', 'session=rhea; Max-Age=100000').setHeader('content-type', 'text/html');
    if (url === '/conversations/c-1') response.setHeader('cache-control', 'max-age=1000');
    response.end(url === '/conversations/c-1' ? `<p>${TORN}</p><script>${KEEPS}</script>` : 'Welcome');
  });
  const baseUrl = `http://127.0.0.1:${await listen(helpdesk)}`;
  const port = await freePort();
  const secret = 'a-secret-of-thirty-letters-12345';
  const address = `${baseUrl}/conversations/c-1`;
  const tell = (messageId: string): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ event: 'conversation.started', conversationId: 'c-1', at: new Date().toISOString() },
        ...{ subject: 'Quilt', customer: { name: 'Ines Prado', email: 'ines@customer.test' }, url: address },
        message: { id: messageId, author: { role: 'customer', name: 'Ines Prado' }, text: `${TORN}.` },
      }),
    }).then(({ status }) => status);
  const connection = {
    ...{ id: 'webhook-1', kind: 'webhook' as const, name: 'Desk', baseUrl },
    options: { port },
  };
  async function showConversation(desk: Desk, messageId: string): Promise<void> {
    expect(await tell(messageId)).toBe(200);
    await expect(desk.page.getByText('Ines Prado').first()).toBeVisible();
    const before = asked['/kept'].length;
    await ask(desk.page, 'view.open', { connectionId: connection.id, url: address });
    await expect.poll(() => asked['/kept'].length).toBe(before + 1);
    await expect.poll(() => filesWith(TORN, path.join(stage.home, 'window'))).not.toEqual([]);
  }
  async function forget({ page }: Desk): Promise<void> {
    await page.getByRole('button', { name: 'Forget this customer' }).press('Enter');
    await expect(page.getByRole('group', { name: 'Forget Ines Prado?' })).toContainText(
      'you may have to sign in again',
    );
    await page.screenshot({ path: path.join(screens, 'forget-view.png') });
    await page.getByRole('button', { name: 'Forget', exact: true }).press('Enter');
    await expect(page.getByText('Forgotten: 1 conversation.').first()).toBeVisible();
  }

  const desk = await stage.open({ play: ['01-order-status'] });
  await desk.openCard('Femke de Vries');
  await desk.card.finished();
  await ask(desk.page, 'helpdesk.save', { connection, token: secret });
  await test.step('the page is open: it begins afresh at its first page', async () => {
    await showConversation(desk, 'm-1');
    // The page goes on while the narrow layout does not show it.
    await desk.look({ layout: 'beside', theme: 'light' });
    await desk.page.keyboard.press('o');
    await forget(desk);
    await expect.poll(() => asked['/']).toEqual(['session=rhea']);
    expect(await filesWith(TORN, stage.home)).toEqual([]);
  });
  await test.step('the page is not open since Cuecard was started', async () => {
    await ask(desk.page, 'view.close', undefined);
    await desk.look({ layout: 'full', theme: 'light' });
    await showConversation(desk, 'm-2');
    await desk.cuecard.close();
    expect(await filesWith(TORN, path.join(stage.home, 'window'))).not.toEqual([]);
    const again = await stage.open({ play: ['01-order-status'] });
    // Without a keychain nothing of a helpdesk outlives the process but what its pages keep.
    await ask(again.page, 'helpdesk.save', { connection, token: secret });
    await expect.poll(() => tell('m-3').catch(() => 0)).toBe(200);
    await expect(again.page.getByText('Ines Prado').first()).toBeVisible();
    await forget(again);
    expect(await filesWith(TORN, stage.home)).toEqual([]);
    await ask(again.page, 'view.open', { connectionId: connection.id, url: null });
    await expect.poll(() => asked['/']).toEqual(['session=rhea', 'session=rhea']);
    await again.cuecard.close();
    expect(await filesWith(TORN, stage.home)).toEqual([]);
  });
  helpdesk.close();
  helpdesk.closeAllConnections();
});
