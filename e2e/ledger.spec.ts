import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { startEmbeddingService } from './probes/embedding-service.js';

const KEY = 'key-of-the-e2e-service';
const shots = path.join(repoRoot, 'test-results', 'ledger');

/** A picture of the ledger as it is, narrow and wide, light and dark. */
async function picture(desk: Desk, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  for (const width of [420, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ reducedMotion: 'reduce' });
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), colorScheme);
      await desk.page.screenshot({ path: path.join(shots, `${name}-${String(width)}-${colorScheme}.png`) });
      expect(
        await desk.dialog('Ledger').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth),
      ).toBeLessThanOrEqual(0);
    }
}

/** Two keys within a second, which a busy machine may not manage the first time. */
const openWithKeys = (desk: Desk): Promise<void> =>
  expect(async () => {
    await desk.press('g p');
    await expect(desk.dialog('Ledger')).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });

// Catches a request nobody is shown, a private value that leaves all the same, and a ledger only a mouse can read.
test('the ledger shows what left, byte for byte, with the keyboard alone', async ({ stage }) => {
  const service = await startEmbeddingService(KEY);
  service.letThrough();
  try {
    const desk = await stage.open({ play: ['01-order-status'] });
    const { page } = desk;
    const ledger = desk.dialog('Ledger');
    const status = page.locator('.status-bar .ledger-status');

    await test.step('with nothing in it, it says what will be', async () => {
      await expect(status).toHaveAttribute('data-state', 'nothing');
      await openWithKeys(desk);
      await expect(ledger).toContainText('Nothing has left this computer');
      await picture(desk, 'empty');
      expect(await seriousIssues(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    await ask(page, 'embedder.use', {
      draft: { kind: 'openai_compatible', baseUrl: service.address, model: 'tiny', keyVariable: null },
      key: KEY,
    });
    await expect
      .poll(
        async () => {
          const found = await ask(page, 'knowledge.status', undefined);
          return found.state === 'ready' ? found.embedder : found.state;
        },
        { timeout: 60_000 },
      )
      .toContain('127.0.0.1/tiny/64');
    const search = (query: string) =>
      ask(page, 'knowledge.search', {
        query,
        ...({ pool: 'articles', brand: null, product: null, withInternal: false } as const),
      });
    await search('My name is Ada Lovelace, how long do I have to return a lamp?');

    await test.step('the newest request stands first, and shows what was replaced', async () => {
      expect(service.texts.join('\n')).toContain('[NAME_1]');
      expect(service.texts.join('\n')).not.toMatch(/Ada|Lovelace/);
      await expect(status).toContainText('0 private values');
      await openWithKeys(desk);
      const list = ledger.getByRole('listbox', { name: 'Requests, newest first' });
      await expect(list.getByRole('option').first()).toContainText('1 replaced');
      for (let step = 0; step < 20; step++) {
        if (await list.evaluate((element) => element === document.activeElement)) break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('ArrowDown');
      const detail = ledger.getByRole('region', { name: 'Request', exact: true });
      await expect(detail.getByRole('group', { name: 'What was sent' })).toContainText('"input":["');
      await expect(detail.locator('mark')).toHaveText(['[NAME_1]']);
      await expect(detail).toContainText('HTTP 200');
      await expect(ledger).not.toContainText(KEY);
      await picture(desk, 'request');
      expect(await seriousIssues(page)).toEqual([]);
    });

    await test.step('what may leave is set in words, and holds', async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await ledger.getByRole('tab', { name: 'What may leave' }).click();
      await picture(desk, 'settings');
      expect(await seriousIssues(page)).toEqual([]);
      await ledger.getByRole('radio', { name: 'Send nothing' }).check();
      await expect(ledger.getByRole('radio', { name: 'Send nothing' })).toBeChecked();
      const before = service.texts.length;
      const found = await search('how long do I have to return a lamp');
      expect(found.mode).toBe('lexical');
      expect(service.texts).toHaveLength(before);
    });
  } finally {
    await service.close();
  }
});
