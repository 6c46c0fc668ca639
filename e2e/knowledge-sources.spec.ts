import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { EventPayload } from '../shared/contracts/ipc/index.js';
import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';

const play = ['01-order-status'];

/** A small handbook: two articles that say the same, one out of date, one for the team only, a table, a broken file. */
async function writeHandbook(home: string): Promise<string> {
  const dir = path.join(home, 'handbook');
  await mkdir(dir, { recursive: true });
  const same =
    'Repairs of a kayak take ten working days after it has reached our workshop in Bergen, and we write to you on the day it leaves.';
  const files: Record<string, string> = {
    'kayak-repair.md': `---\ntitle: Kayak repairs\nbrand: Fjordline\n---\n${same}\n`,
    'kayak-service.md': `---\ntitle: Kayak service\nbrand: Fjordline\n---\n${same}\n`,
    'paddle-week.md':
      '---\ntitle: Paddle week prices\nvalid_until: 2025-06-30\nsource: https://help.example/paddle\n---\nDuring the paddle week every carbon paddle costs 79.00 EUR.\n',
    'kayak-goodwill.md':
      '---\ntitle: Kayak goodwill\naudience: internal\nowner: Kari\n---\nOffer up to 40.00 EUR when a kayak repair is late.\n',
    'faq.csv': 'question,answer\nCan I rent a kayak?,"Yes, from May to September in Bergen."\n',
    'broken.pdf': '%PDF-1.7\nthis is no PDF after all',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  return dir;
}

/** Opens the sources and adds a folder as a rep does; only the system's own dialog is answered for them. */
async function addFolder(desk: Desk, dir: string): Promise<void> {
  const { page, cuecard } = desk;
  await cuecard.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, dir);
  await desk.press('g d');
  await expect(desk.dialog('Knowledge')).toBeVisible();
  await page.getByRole('button', { name: 'Add folder' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Add and import' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(desk.dialog('Knowledge').getByText('Last import')).toBeVisible();
}

// Catches an import whose course, result or problems the rep cannot see, and a panel only a mouse can work.
test('a folder becomes knowledge, with all that could not be read and all that is there twice', async ({
  stage,
}) => {
  const desk = await stage.open({ play });
  const { page } = desk;
  const dir = await writeHandbook(stage.home);
  await addFolder(desk, dir);
  const panel = desk.dialog('Knowledge');
  await expect(panel.getByRole('list', { name: 'Sources' }).getByRole('listitem')).toContainText('handbook');
  await expect(panel.getByRole('list', { name: 'Could not be read' })).toContainText('broken.pdf');
  const twice = panel.getByRole('list', { name: 'Passages that say the same' });
  await expect(twice).toContainText('Same words');
  await twice.getByRole('button', { name: 'Open passage in Kayak service' }).click();
  await expect(page.locator('mark').first()).toContainText('ten working days');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(panel.getByText('Last import')).toBeVisible();

  await test.step('a change of a watched file is taken over by itself', async () => {
    await writeFile(path.join(dir, 'sail-repair.md'), '# Sail repairs\n\nSails are mended in Oslo.\n');
    await expect
      .poll(async () => (await ask(page, 'knowledge.list', undefined)).map(({ title }) => title), {
        timeout: 20_000,
      })
      .toContain('Sail repairs');
  });

  await test.step('removing asks once, and Enter alone keeps', async () => {
    await page.getByRole('button', { name: 'Remove handbook' }).click();
    await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('list', { name: 'Sources' })).toContainText('handbook');
    await page.getByRole('button', { name: 'Remove handbook' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(panel.getByText('No sources yet')).toBeVisible();
    const titles = (await ask(page, 'knowledge.list', undefined)).map(({ title }) => title);
    expect(titles).not.toContain('Kayak repairs');
  });
});

// Catches a button that is somewhere else when the click comes: an import that begins or ends moves nothing.
test('a running import has its own place and moves no source', async ({ stage }) => {
  const desk = await stage.open({ play });
  const panel = desk.dialog('Knowledge');
  await addFolder(desk, await writeHandbook(stage.home));
  const bar = panel.getByRole('progressbar', { name: 'Import progress' });
  await expect(bar).toBeHidden();
  const remove = panel.getByRole('button', { name: 'Remove handbook' });
  const before = await remove.boundingBox();
  // Told by main as for any import, but held still for as long as it takes to look.
  const tell = (activity: EventPayload<'knowledge.import_progress'>['activity']) =>
    desk.cuecard.app.evaluate(({ BrowserWindow }, told) => {
      for (const window of BrowserWindow.getAllWindows())
        window.webContents.send('cuecard.event', 'knowledge.import_progress', { activity: told });
    }, activity);
  const progress = { phase: 'embedding', done: 3, total: 9, perSecond: 4, remainingMs: 1500 } as const;
  await tell({ state: 'running', path: '/a/handbook', progress, waiting: 1, canStop: true });
  await expect(bar).toBeVisible();
  expect(await remove.boundingBox()).toEqual(before);
  await tell({ state: 'resting' });
  await expect(bar).toBeHidden();
  expect(await remove.boundingBox()).toEqual(before);
});

// Catches internal text that reaches the reply by one key, and an expired article that looks like any other.
test('expired articles are marked, and internal text needs a second step', async ({ stage }) => {
  const desk = await stage.open({ play });
  const { page, composer } = desk;
  await desk.openCard('Femke de Vries');
  await addFolder(desk, await writeHandbook(stage.home));
  await page.getByRole('radio', { name: 'Articles' }).first().check();
  const search = page.getByRole('searchbox', { name: 'Search the knowledge' });
  await search.fill('carbon paddle price in the paddle week');
  // The list of all articles has rows of the same names, without a passage.
  const passages = desk.dialog('Knowledge').getByRole('list', { name: /passage/ });
  const row = passages.getByRole('button', { name: /Paddle week prices/ });
  await expect(row).toContainText('Expired 30 Jun 2025');
  await row.click();
  await page.getByRole('button', { name: 'Copy source address' }).click();
  expect(await desk.clipboard()).toBe('https://help.example/paddle');
  await page.getByRole('button', { name: 'Back to the list' }).click();

  await search.fill('goodwill when a kayak repair is late');
  await passages.getByRole('button', { name: /Kayak goodwill/ }).click();
  await page.getByRole('button', { name: 'Insert into reply' }).click();
  const question = desk.dialog('Internal: not for customers');
  await expect(question).toContainText('Kayak goodwill');
  expect(await seriousIssues(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  expect(await page.locator('textarea').first().inputValue()).toBe('');
  await page.getByRole('button', { name: 'Insert into reply' }).click();
  await page.keyboard.press('y');
  await expect(question).toBeHidden();
  await desk.backToInbox();
  await expect(composer.field).toHaveValue(/40\.00 EUR/);
});

// Catches a failed import that says nothing, or nothing of what to do.
test('a source that is gone says so and stops nothing else', async ({ stage }) => {
  const desk = await stage.open({ play });
  const dir = await writeHandbook(stage.home);
  await rm(dir, { recursive: true });
  await ask(desk.page, 'knowledge.add_source', { path: dir, pool: 'articles', isWatched: false });
  await desk.expectNotice(/The import failed/);
  await desk.press('g d');
  await expect(desk.dialog('Knowledge')).toContainText('Check the path and try again.');
});
