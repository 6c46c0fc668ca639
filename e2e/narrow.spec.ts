import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';

/** The bars of the window that hold buttons side by side. */
const BARS = ['.card-foot', '.card-actions', '.composer-foot', '.beside-head', '.model-line'];

/** What sticks out of the bars that are there, in pixels each. */
function sticksOut({ page }: Desk): Promise<Record<string, number>> {
  return page.evaluate((bars) => {
    const out: Record<string, number> = {};
    for (const bar of bars)
      for (const element of document.querySelectorAll(bar)) {
        const box = element.getBoundingClientRect();
        const right = Math.max(
          box.left + element.scrollWidth,
          ...[...element.querySelectorAll('button')].map((button) => button.getBoundingClientRect().right),
        );
        const over = Math.round(Math.max(right - box.right, box.right - innerWidth));
        if (over > 0) out[bar] = over;
      }
    return out;
  }, BARS);
}

// Catches a button the rep cannot reach because it lies outside of the window.
test('beside the helpdesk, at 420 px and less, no button sticks out of its bar', async ({ stage }) => {
  const desk = await stage.open({
    play: ['03-return-with-typos', '06-legal-threat', '09-nothing-in-the-knowledge'],
  });
  const { page } = desk;
  await expect(desk.inbox.rows).toHaveCount(3);
  const full = { width: 1280, height: 800 };
  const customers = ['Siobhan Kearney', 'Thijs Bakker', 'Jasper Mulder'];
  for (const customer of customers) {
    await page.setViewportSize(full);
    await desk.openCard(customer);
    for (const width of [420, 380, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await expect(page.locator('.app')).toHaveAttribute('data-layout', 'beside');
      await expect.poll(() => sticksOut(desk), `${customer} at ${String(width)} px`).toEqual({});
    }
    // As somebody has it who needs larger letters.
    await page.setViewportSize({ width: 420, height: 800 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '20px'));
    await expect.poll(() => sticksOut(desk), `${customer} with larger letters`).toEqual({});
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await desk.press('w');
    await page.keyboard.type('I looked into it.');
    await expect.poll(() => sticksOut(desk), `${customer}, writing`).toEqual({});
    await page.keyboard.press('Escape');
  }
});
