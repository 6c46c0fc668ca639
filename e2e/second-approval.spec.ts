import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { Locator } from '@playwright/test';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot, startCuecard, type Cuecard } from './launch.js';
import { Desk } from './pages/desk.js';
import { TeamDesk } from './pages/team-desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

const screens = path.join(repoRoot, 'test-results/screens');
const play = ['11-electronics-after-20-days', '12-mattress-trial'];
/** Two presses closer together are a double click, and do nothing. */
const NO_DOUBLE_CLICK_MS = 600;

let hub: TeamHub;
/** The lead's computer, beside the rep's that the test gets. */
let lead: { readonly desk: Desk; readonly cuecard: Cuecard; readonly home: string };
test.beforeAll(async () => {
  await mkdir(screens, { recursive: true });
  hub = await startTeamHub();
  const home = await mkdtemp(path.join(os.tmpdir(), 'cuecard-e2e-'));
  const cuecard = await startCuecard(home, { play });
  lead = { desk: new Desk(cuecard), cuecard, home };
});
test.afterAll(async () => {
  await lead.cuecard.close();
  await rm(lead.home, { recursive: true, force: true });
  await hub.close();
});

/** The change of this kind that is on the rep's card. */
const rowOf = (rep: Desk): Locator => rep.card.part('Changes').locator('.action').last();

/** Starts a refund by hand and approves it with the rep's two presses. */
async function askForRefund(rep: Desk, order: string, amount: string, why: string): Promise<Locator> {
  const changes = rep.card.part('Changes');
  await changes.getByRole('button', { name: 'Start a change' }).click();
  await rep.page.getByRole('menuitem', { name: /^Refund/ }).click();
  const form = changes.getByRole('form', { name: /^Refund/ });
  await form.getByLabel('Order').fill(order);
  await form.getByLabel('Amount').fill(amount);
  await form.getByLabel('Reason').fill('Broken on arrival');
  await rep.page.keyboard.press('Enter');
  const row = rowOf(rep);
  await expect(row).toContainText(why);
  await row.getByRole('button', { name: /^Approve and ask a lead/ }).click();
  await rep.page.waitForTimeout(NO_DOUBLE_CLICK_MS);
  await row.getByRole('button', { name: 'Press again to do it' }).click();
  await expect(row).toHaveAttribute('data-status', 'waiting_for_lead');
  return row;
}

// Catches a refund above the limit that is done without a lead, twice, or never; and a lead who does not see what they approve.
test('a lead approves a refund above the rep’s limit, and refuses another, at their own desk', async ({
  stage,
}) => {
  test.setTimeout(180_000);
  const rep = await stage.open({ play });
  const desk = new TeamDesk(lead.desk.page);
  const { page } = lead.desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });

  const card = (title: RegExp): Locator =>
    desk.root
      .getByRole('list', { name: 'Changes that wait for a lead' })
      .getByRole('listitem', { name: title });

  await test.step('the question comes to the lead by itself', async () => {
    await rep.openCard('Pierre Lemoine');
    await joinAs(rep, hub, 'Femke Bos', 'rep');
    await lead.desk.openCard('Pierre Lemoine');
    await joinAs(lead.desk, hub, 'Ada Lind', 'lead');
    const row = await askForRefund(rep, 'HP-104196', '120.00', 'Above 100.00 EUR a lead must approve.');
    await expect(row).toContainText('The leads of your team were asked.');
    await lead.desk.expectNotice('Femke Bos asks for approval');
    await lead.desk.expectNoNotice();
    await desk.open();
    await desk.root.getByRole('tab', { name: 'Approvals (1)' }).click();
    const asked = card(/Refund/);
    await expect(asked).toContainText('Femke Bos approved this and asks for a second approval');
    await expect(asked).toContainText('120.00 EUR');
    await expect(asked).toContainText('Refund 120.00 EUR, a part of order HP-104196');
    for (const layout of ['full', 'beside'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await lead.desk.look({ layout, theme });
        await asked.getByText('The exact call').click();
        await page.screenshot({
          path: path.join(screens, `approvals-${layout}-${theme}.png`),
          caret: 'hide',
        });
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        expect.soft(await seriousIssues(page), `${layout} ${theme}`).toEqual([]);
        await asked.getByText('The exact call').click();
      }
    await lead.desk.look({ layout: 'full', theme: 'light' });
  });

  await test.step('two presses of the lead, with the keyboard, and the rep’s desk does it once', async () => {
    const approve = card(/Refund/).getByRole('button', { name: /^Approve|^Press again/ });
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(approve).toHaveText('Approve');
    await expect(desk.root).toBeVisible();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(NO_DOUBLE_CLICK_MS);
    await expect(rowOf(rep)).toHaveAttribute('data-status', 'waiting_for_lead');
    const pressed = performance.now();
    await page.keyboard.press('Enter');
    await expect(rowOf(rep)).toHaveAttribute('data-status', 'succeeded', { timeout: 10_000 });
    const ms = Math.round(performance.now() - pressed);
    test.info().annotations.push({ type: 'from the lead’s press to the refund', description: `${ms} ms` });
    await expect(rowOf(rep)).toContainText('Ada Lind: approved');
    await expect(desk.root.getByRole('status')).toContainText('Approved: ');
    await expect(desk.root.getByText('Nothing waits for you')).toBeVisible();
    await expect(rep.card.reply).toContainText('We have refunded 120.00 EUR of order HP-104196');
  });

  await test.step('the log of the hub says who approved, and nothing about the customer', async () => {
    const entries = await ask(page, 'lead.audit', { before: null });
    const approved = entries.find(({ action }) => action === 'approval.approved');
    expect(approved?.actor).toContain('Ada Lind');
    expect(JSON.stringify(entries)).not.toContain('Lemoine');
    expect(JSON.stringify(entries)).not.toContain('HP-104196');
  });

  await test.step('asked while the hub is away, it says so, and a lead’s refusal comes with its reason', async () => {
    await hub.kill();
    await rep.openCard('Priya Raman');
    const row = await askForRefund(
      rep,
      'HP-104081',
      '50.00',
      'The return period of 30 days from delivery is over.',
    );
    await expect(row).toContainText('The hub cannot be reached; they are asked as soon as it is back.');
    await hub.startAgain();
    await expect(row).toContainText('The leads of your team were asked.', { timeout: 30_000 });
    const asked = card(/Refund/);
    await expect(asked).toContainText('50.00 EUR', { timeout: 30_000 });
    await asked.getByRole('button', { name: 'Refuse' }).click();
    await asked.getByLabel('Why it is refused').fill('Ask for a photo first.');
    await page.keyboard.press('Enter');
    await expect(row).toHaveAttribute('data-status', 'refused', { timeout: 10_000 });
    await expect(row).toContainText('Ask for a photo first.');
  });
});
