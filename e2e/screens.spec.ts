import path from 'node:path';

import { expect, sharedDesk, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { screensFolder } from './probes/screens-folder.js';

let folder: string;
const desk = sharedDesk({});

const scenes: Record<string, (desk: Desk) => Promise<void>> = {
  '': (it) => it.openCard('Siobhan Kearney'),
  '-source': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('1');
    await expect(it.sources.passage.first()).toBeInViewport();
  },
  '-handover': (it) => it.openCard('Thijs Bakker'),
  '-withheld': (it) => it.openCard('Jasper Mulder'),
  '-decisions': (it) => it.decisions.open(),
  '-knowledge': async (it) => {
    await it.press('/');
    await it.page
      .getByRole('searchbox', { name: 'Search the knowledge' })
      .fill('what may I offer as goodwill');
    await expect(it.dialog('Knowledge')).toContainText('passages');
  },
};

test.beforeAll(async () => {
  folder = await screensFolder();
  await decideSomething(desk());
});

/** Two decisions, so that the list of them has something to show. */
async function decideSomething(it: Desk): Promise<void> {
  await it.openCard('Pierre Lemoine');
  await it.press('e');
  await it.page.keyboard.press('Control+End');
  await it.page.keyboard.type('\nI have put a note on your order.');
  await it.page.keyboard.press('Control+Enter');
  await expect(it.composer.field).toHaveValue('');
  await it.page.keyboard.press('Escape');
  await it.openCard('Priya Raman');
  await it.press('r');
  await expect(it.dialog('Why is this suggestion not good?')).toBeVisible();
  await it.page.keyboard.press('4');
  await it.page.keyboard.press('Enter');
  await expect(it.page.getByRole('dialog')).toHaveCount(0);
}

for (const layout of ['full', 'beside'] as const)
  for (const theme of ['light', 'dark'] as const)
    // Catches a layout that breaks: nothing may be cut off at the side in any look.
    test(`the window looks as it should, ${layout} and ${theme}`, { tag: '@screens' }, async () => {
      const { page } = desk();
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const [name, open] of Object.entries(scenes)) {
        await desk().look({ layout: 'full' });
        await open(desk());
        await desk().look({ layout, theme });
        await desk().expectNoNotice();
        await page.screenshot({ path: path.join(folder, `${layout}-${theme}${name}.png`), caret: 'hide' });
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        await desk().look({ layout: 'full' });
        await desk().backToInbox();
      }
    });
