import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { HelpdeskPanel } from './pages/helpdesk-panel.js';
import { seriousIssues } from './probes/accessibility.js';
import { docxOf, pdfOf, pictureOf } from './probes/customer-files.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';

const screens = path.join(repoRoot, 'test-results/screens');
const ORDER = 'HP-104244';
const invoice = pdfOf([
  ['Invoice 2026-118', `Order ${ORDER}`, 'Femke de Vries', 'Wool blanket 89.00 EUR'],
  ['Paid by card on 3 November.', 'Keizersgracht 12, Amsterdam'],
]);

let rt: RequestTracker | string;
test.beforeAll(async () => {
  // A fresh machine installs Request Tracker first.
  test.setTimeout(600_000);
  rt = await startRequestTracker();
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
});

/** Shows the window in every look, and that nothing is cut off and nothing wrong for a screen reader in any. */
async function lookAt(
  desk: Desk,
  name: string,
  theme: 'light' | 'dark',
  layout: 'full' | 'beside',
): Promise<void> {
  await desk.look({ layout, theme });
  await desk.page.screenshot({ path: path.join(screens, `attachments-${name}-${layout}-${theme}.png`) });
  expect(
    await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0);
  expect.soft(await seriousIssues(desk.page), `${name} ${layout} ${theme}`).toEqual([]);
}

/** With the keyboard: Tab until the control has the focus, then Enter. */
async function press(page: Page, control: Locator): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
  await page.keyboard.press('Enter');
}

// Catches a file that is loaded unasked, a text that never reaches the card or outlives its removal, and a fault without a way on.
test('a rep looks at, saves and uses the files of a customer, by keyboard', async ({ stage }) => {
  test.skip(typeof rt === 'string', typeof rt === 'string' ? `Request Tracker: ${rt}` : '');
  if (typeof rt === 'string') return;
  const helpdesk = rt;
  test.setTimeout(240_000);
  await mkdir(screens, { recursive: true });
  const ticket = await helpdesk.opens('Papers for you', 'Hello, I will send you the papers of my order.');
  await helpdesk.says(ticket, 'Where is my parcel? Its number is in the file.', [
    { name: 'invoice.pdf', mediaType: 'application/pdf', bytes: invoice },
    { name: 'blanket.png', mediaType: 'image/png', bytes: await pictureOf() },
    {
      name: 'letter.docx',
      mediaType: 'application/octet-stream',
      bytes: await docxOf(['The blanket is for my son.']),
    },
    { name: 'locked.pdf', mediaType: 'application/pdf', bytes: pdfOf([['Secret']], true) },
    { name: 'broken.pdf', mediaType: 'application/pdf', bytes: invoice.subarray(0, 60) },
    { name: 'drawing.png', mediaType: 'image/png', bytes: Buffer.from('<svg onload="alert(1)"/>') },
    {
      name: 'log.txt',
      mediaType: 'text/plain',
      bytes: Buffer.alloc(5 * 1024 * 1024 + 10, 'a line of a log\n'),
    },
  ]);
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const panel = new HelpdeskPanel(page);
  await panel.connect(helpdesk);
  await expect(page.getByRole('heading', { name: 'Papers for you' })).toBeVisible();
  await desk.card.finished();
  const button = (name: string): Locator => desk.messages.getByRole('button', { name, exact: true });
  const row = (name: string): Locator =>
    desk.messages.getByRole('list', { name: 'Attachments' }).getByRole('listitem').filter({ hasText: name });
  const chips = desk.card.root.getByRole('list', { name: 'Files this card was made with' });

  await test.step('they are listed, and nothing is loaded', async () => {
    await expect(row('invoice.pdf')).toBeVisible();
    await expect(desk.messages.locator('img')).toHaveCount(0);
    await expect(desk.card.root).not.toContainText(ORDER);
    await desk.press('u');
    await expect(button('Use as context: invoice.pdf')).toBeFocused();
  });

  await test.step('an image is shown when asked for, and goes again', async () => {
    await press(page, button('Show: blanket.png'));
    const image = desk.messages.getByRole('img', { name: 'Image: blanket.png' });
    await expect(image).toBeVisible();
    expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(1000);
    await lookAt(desk, 'image', 'light', 'full');
    await desk.press('u');
    await press(page, button('Hide: blanket.png'));
    await expect(image).toHaveCount(0);
  });

  await test.step('the text of an invoice makes the card know the order', async () => {
    const before = await desk.card.finished();
    await desk.press('u');
    await press(page, button('Use as context: invoice.pdf'));
    await expect(chips).toContainText('Uses invoice.pdf (2 pages)');
    await desk.card.finishedAfter(before);
    await expect(desk.card.root).toContainText(ORDER);
    await expect(desk.card.facts).toBeVisible();
    await expect(button('Stop using: invoice.pdf')).toBeFocused();
  });

  await test.step('each fault says what to do', async () => {
    const said = async (action: string, name: string, words: RegExp): Promise<void> => {
      await desk.press('u');
      await press(page, button(`${action}: ${name}`));
      await expect(row(name).getByRole('status')).toContainText(words, { timeout: 30_000 });
    };
    await said('Use as context', 'locked.pdf', /protected by a password.*copy without one/u);
    await said('Use as context', 'broken.pdf', /cannot be read.*send it again/u);
    await said('Use as context', 'log.txt', /larger than can be opened here.*more than 5 MB.*Save it/u);
    await said('Show', 'drawing.png', /not an image.*program you trust/u);
    for (const theme of ['light', 'dark'] as const) await lookAt(desk, 'thread', theme, 'full');
    await expect(chips.getByRole('listitem')).toHaveCount(1);
  });

  await test.step('a file is saved where the rep says', async () => {
    const target = path.join(stage.home, 'invoice.pdf');
    await desk.cuecard.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await desk.press('u');
    await press(page, button('Save…: invoice.pdf'));
    await expect(row('invoice.pdf').getByRole('status')).toContainText(`Saved as ${target}`);
    expect((await readFile(target)).equals(invoice)).toBe(true);
    expect((await stat(target)).mode & 0o077).toBe(0);
  });

  await test.step('beside the helpdesk the chip is on the card', async () => {
    for (const theme of ['light', 'dark'] as const) await lookAt(desk, 'card', theme, 'beside');
    await desk.press('u');
    await expect(page.getByRole('dialog').getByText('invoice.pdf', { exact: true })).toBeVisible();
    for (const theme of ['light', 'dark'] as const) await lookAt(desk, 'sheet', theme, 'beside');
    await page.keyboard.press('Escape');
    await desk.look({ layout: 'full', theme: 'light' });
  });

  await test.step('a helpdesk that is away is said, and what was read stays', async () => {
    await helpdesk.stop();
    await desk.press('u');
    await press(page, button('Use as context: letter.docx'));
    await expect(row('letter.docx').getByRole('status')).toContainText('The helpdesk does not answer.', {
      timeout: 60_000,
    });
    await expect(chips).toContainText('invoice.pdf');
    await helpdesk.again();
  });

  await test.step('without the file the card knows nothing of it', async () => {
    const before = await desk.card.finished();
    await press(page, desk.card.root.getByRole('button', { name: 'Stop using: invoice.pdf' }));
    await expect(chips).toHaveCount(0);
    await desk.card.finishedAfter(before);
    await expect(desk.card.root).not.toContainText(ORDER);
  });

  await test.step('no word of a file lies readable on the disk', async () => {
    for (const entry of await readdir(stage.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === 'invoice.pdf') continue;
      const content = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
      expect(content.includes('Paid by card on 3 November'), entry.name).toBe(false);
    }
  });
});
