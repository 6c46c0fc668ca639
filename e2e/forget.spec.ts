import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { seriousIssues } from './probes/accessibility.js';

const screens = path.join(repoRoot, 'test-results/screens');
/** Words of the customer that stand nowhere else in the demo. */
const WORDS = 'I ordered a linen duvet cover and pillowcases';

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
