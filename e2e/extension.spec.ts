import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { startChromium, type Browser } from './probes/chromium.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';

const screens = path.join(repoRoot, 'test-results/screens');

let rt: RequestTracker | string;
let browser: Browser | string;
test.beforeAll(async () => {
  // A fresh machine installs both first.
  test.setTimeout(900_000);
  rt = await startRequestTracker();
  browser = await startChromium();
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
  if (browser && typeof browser !== 'string') await browser.close();
});

async function signIn(page: Page, helpdesk: RequestTracker): Promise<void> {
  await page.goto(helpdesk.url);
  await page.locator('input[name=user]').fill('rhea');
  await page.locator('input[name=pass]').fill(helpdesk.password);
  await page.locator('input[name=pass]').press('Enter');
  await expect(page.locator('input[name=pass]')).toHaveCount(0);
}

/** Which conversation the card is of. */
const expectCard = (desk: Desk, id: string) =>
  expect(desk.page.locator('.card')).toHaveAttribute('data-conversation-id', id);

const followed = (desk: Desk) => desk.page.locator('.active-status');

// Catches: an extension no browser loads, a pairing that works in tests of its parts only, a page that gets in, a card that does not follow.
test('the card follows the helpdesk page in the rep’s own browser', async ({ stage }) => {
  for (const peer of [rt, browser]) test.skip(typeof peer === 'string', typeof peer === 'string' ? peer : '');
  if (typeof rt === 'string' || typeof browser === 'string') return;
  const [helpdesk, { context, options }] = [rt, browser];
  test.setTimeout(180_000);
  await mkdir(screens, { recursive: true });
  const first = await helpdesk.opens('Where is HP-104233?', 'Where is my order HP-104233?');
  const second = await helpdesk.opens('Washing', 'How do I wash the duvet cover?');
  const desk = await stage.open({ play: ['01-order-status'] });
  await desk.openCard('Femke de Vries');
  const id = 'request_tracker-1';
  const connection = {
    ...{ id, kind: 'request_tracker' as const, name: 'Desk', baseUrl: helpdesk.url, options: {} },
  };
  await ask(desk.page, 'helpdesk.save', { connection, token: helpdesk.token });
  await expect(desk.inbox.rows).toHaveCount(2);
  const ticket = (number: string): string => `${helpdesk.url}/Ticket/Display.html?id=${number}`;
  const settings = desk.dialog('Settings');
  let code = '';

  await test.step('it is off until the rep wants it, and gives a code then', async () => {
    expect((await ask(desk.page, 'extension.read', undefined)).state).toBe('off');
    await desk.press(',');
    await settings.getByLabel('Follow the helpdesk page in my browser').check();
    await expect(settings.getByText('Waits for the extension.')).toBeVisible();
    await settings.getByRole('button', { name: 'Copy pairing code' }).click();
    await expect(settings.getByText('Pairing code copied.')).toBeVisible();
    await expect(async () => {
      code = await desk.clipboard();
      expect(code).toMatch(/^cuecard-\d+-[\w-]{43}$/u);
    }).toPass({ timeout: 15_000 });
    expect(await desk.page.content()).not.toContain(code.slice(-43));
    await desk.page.screenshot({ path: path.join(screens, 'extension-settings.png') });
    await desk.page.keyboard.press('Escape');
  });

  const page = await options();
  await test.step('the extension takes the code, and nothing that is none', async () => {
    await page.getByLabel('Pairing code').fill('cuecard-1');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('alert')).toContainText('This is no pairing code.');
    await page.getByLabel('Pairing code').fill(code);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('status')).toHaveText('Connected.');
    await expect(page.getByRole('listitem')).toHaveText(helpdesk.url);
    await expect(page.getByLabel('Pairing code')).toHaveValue('');
    expect(await seriousIssues(page)).toEqual([]);
    await page.screenshot({ path: path.join(screens, 'extension-options.png') });
    expect(await ask(desk.page, 'extension.read', undefined)).toMatchObject({
      state: 'paired',
      origin: page.url().replace('/options.html', ''),
    });
  });

  const tab = await context.newPage();
  await test.step('the card follows the tab: another ticket, and the first again', async () => {
    await signIn(tab, helpdesk);
    await tab.goto(ticket(first));
    await expectCard(desk, `${id}:${first}`);
    await expect(followed(desk)).toHaveText('Following: browser extension');
    await tab.goto(ticket(second));
    await expectCard(desk, `${id}:${second}`);
    await tab.goBack();
    await expectCard(desk, `${id}:${first}`);
  });

  await test.step('pages of other places stay in the browser, and get nothing from the app', async () => {
    const elsewhere = http.createServer((_, response) => response.end('<p>elsewhere</p>'));
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    const other = await context.newPage();
    await other.goto(`${address}/Ticket/Display.html?id=${second}`);
    const [, port = '', token = ''] = /^cuecard-(\d+)-(.+)$/u.exec(code) ?? [];
    const got = await other.evaluate(
      async ([to, secret]) => {
        const knock = (type: string) =>
          fetch(to, {
            method: 'POST',
            headers: { 'content-type': type, authorization: `Bearer ${secret}` },
            body: '{}',
          }).then(
            ({ status }) => String(status),
            () => 'nothing',
          );
        return Promise.all([knock('application/json'), knock('text/plain')]);
      },
      [`http://127.0.0.1:${port}/v1/pair`, token] as const,
    );
    expect(got).toEqual(['nothing', 'nothing']);
    await expectCard(desk, `${id}:${first}`);
    const { active } = await ask(desk.page, 'active.read', undefined);
    await other.close();
    // The browser is on the ticket's page again, and says so.
    await expect
      .poll(async () => (await ask(desk.page, 'active.read', undefined)).active?.at)
      .not.toBe(active?.at);
    elsewhere.close();
    elsewhere.closeAllConnections();
  });

  await test.step('what the rep chooses here holds until they go to a page again', async () => {
    await desk.page.locator('.card').click();
    await desk.press('k');
    await expectCard(desk, `${id}:${second}`);
    await expect(followed(desk)).toHaveText('Chosen here');
    await tab.bringToFront();
    await tab.reload();
    await tab.goto(ticket(second));
    await tab.goto(ticket(first));
    await expectCard(desk, `${id}:${first}`);
  });

  await test.step('one key stops it, and follows again', async () => {
    await desk.press('g u');
    await expect(followed(desk)).toHaveText('Not following');
    await tab.goto(ticket(second));
    await expect(tab.getByText('How do I wash the duvet cover?').first()).toBeVisible();
    await expectCard(desk, `${id}:${first}`);
    await followed(desk).click();
    await tab.goto(ticket(first));
    await tab.goto(ticket(second));
    await expectCard(desk, `${id}:${second}`);
    await expect(followed(desk)).toHaveText('Following: browser extension');
    await desk.page.screenshot({ path: path.join(screens, 'extension-following.png') });
  });

  await test.step('a forgotten pairing is over, and the extension says so', async () => {
    await desk.press(',');
    await settings.getByRole('button', { name: 'Forget pairing' }).click();
    await expect(settings.getByText('There is a new code.')).toBeVisible();
    await tab.goto(ticket(first));
    await page.bringToFront();
    await expect(page.getByRole('status')).toContainText('does not know this code.');
    await expectCard(desk, `${id}:${second}`);
    await settings.getByLabel('Follow the helpdesk page in my browser').uncheck();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('status')).toContainText('Cuecard does not answer.');
  });
});
