import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';

const screens = path.join(repoRoot, 'test-results/screens');
const play = ['03-return-with-typos', '18-change-address-after-shipping'];
/** Two presses closer together are a double click, and do nothing. */
const NO_DOUBLE_CLICK_MS = 600;

async function lookAt(desk: Desk, name: string): Promise<void> {
  for (const layout of ['full', 'beside'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await desk.look({ layout, theme });
      // The other layout has a card of its own, which may just be taking the place of the first.
      await expect(() => desk.card.part('Changes').scrollIntoViewIfNeeded({ timeout: 2_000 })).toPass();
      await desk.page.screenshot({ path: path.join(screens, `actions-${name}-${layout}-${theme}.png`) });
      expect(
        await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect.soft(await seriousIssues(desk.page), `${name} ${layout} ${theme}`).toEqual([]);
    }
  await desk.look({ layout: 'full', theme: 'light' });
}

// Catches a change that is made by one key, a refund that is made twice, and a reply that does not know what was done.
test('a rep approves what the card proposes and starts a refund by hand, with the keyboard alone', async ({
  stage,
}) => {
  test.setTimeout(120_000);
  await mkdir(screens, { recursive: true });
  const desk = await stage.open({ play });
  const { card, page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const changes = card.part('Changes');
  const rows = changes.getByRole('list', { name: 'Changes' }).locator('.action');

  await test.step('a proposed change waits, and says exactly what it would do', async () => {
    await desk.openCard('Siobhan Kearney');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('Register a return of order HP-104228 and make its label.');
    await page.keyboard.press('d');
    await expect(changes.getByRole('button', { name: /^Return label/ })).toBeFocused();
    await expect(changes.getByText('The exact call')).toBeVisible();
    await lookAt(desk, 'waiting');
  });

  await test.step('one press, or a double click, does nothing; Esc takes the first one back', async () => {
    const approve = changes.getByRole('button', { name: /^Approve: Return label|^Press again/ });
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(approve).toHaveText('Press again to do it');
    await page.keyboard.press('Escape');
    await expect(approve).toContainText('Approve: Return label');
    await expect(rows.first()).toHaveAttribute('data-status', 'waiting_for_rep');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(NO_DOUBLE_CLICK_MS);
    await page.keyboard.press('Enter');
    await expect(rows.first()).toHaveAttribute('data-status', 'succeeded');
    await expect(rows.first()).toContainText('RT-04228');
  });

  await test.step('the reply is made again and says what was done', async () => {
    await expect(card.reply).toContainText('Your return of order HP-104228 has the number RT-04228');
    await expect(rows).toHaveCount(1);
  });

  await test.step('a refund is started by hand; too much is refused before anything happens', async () => {
    await changes.getByRole('button', { name: 'Start a change' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const form = changes.getByRole('form', { name: /^Refund/ });
    await form.getByLabel('Order').fill('HP-104228');
    await form.getByLabel('Amount').fill('80');
    await form.getByLabel('Reason').fill('Too bright');
    await page.keyboard.press('Enter');
    const refund = rows.nth(1);
    await expect(refund).toContainText('Only 79.00 EUR of order HP-104228 is left to refund.');
    await expect(refund.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
    await refund.getByLabel('Amount').fill('20.00');
    await page.keyboard.press('Enter');
    await expect(refund).toContainText(
      'Refund 20.00 EUR, a part of order HP-104228 (79.00 EUR), to Mastercard.',
    );
    await lookAt(desk, 'refund');
    const approve = refund.getByRole('button', { name: /^Approve: Refund|^Press again/ });
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(NO_DOUBLE_CLICK_MS);
    await page.keyboard.press('Enter');
    await expect(refund).toHaveAttribute('data-status', 'succeeded');
    await expect(card.reply).toContainText(
      'We have refunded 20.00 EUR of order HP-104228 to your Mastercard',
    );
    await expect(card.reply).toContainText('The refund number is RF-HP-104228-2000.');
    await lookAt(desk, 'done');
  });

  await test.step('what cannot be done says why, and offers no approval', async () => {
    await desk.openCard('Wouter Smit');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('its address cannot be changed any more');
  });

  await test.step('all of it is there after a restart', async () => {
    await desk.close();
    const again = await stage.open({ play });
    await again.openCard('Siobhan Kearney');
    const kept = again.card.part('Changes').locator('.action');
    await expect(kept).toHaveCount(2);
    await expect(kept.nth(1)).toHaveAttribute('data-status', 'succeeded');
  });
});
