import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import type { Desk } from './pages/desk.js';
import { TeamDesk } from './pages/team-desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { joinAs, publishDraft } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

const screens = path.join(repoRoot, 'test-results/screens');
const play = ['03-return-with-typos', '11-electronics-after-20-days'];
/** Two presses closer together are a double click, and do nothing. */
const NO_DOUBLE_CLICK_MS = 600;

let hub: TeamHub;
test.beforeAll(async () => {
  await mkdir(screens, { recursive: true });
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

/** The form that is open at the Team desk, in each look. */
async function lookAtForm(desk: Desk, name: string): Promise<void> {
  for (const layout of ['full', 'beside'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await desk.look({ layout, theme });
      await desk.page.screenshot({ path: path.join(screens, `playbook-${name}-${layout}-${theme}.png`) });
      expect(
        await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect.soft(await seriousIssues(desk.page), `${name} ${layout} ${theme}`).toEqual([]);
    }
  await desk.look({ layout: 'full', theme: 'light' });
}

async function lookAt(desk: Desk, name: string, part: string | RegExp): Promise<void> {
  for (const layout of ['full', 'beside'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await desk.look({ layout, theme });
      await desk.card.part(part).scrollIntoViewIfNeeded();
      await desk.page.screenshot({ path: path.join(screens, `playbook-${name}-${layout}-${theme}.png`) });
      expect(
        await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect.soft(await seriousIssues(desk.page), `${name} ${layout} ${theme}`).toEqual([]);
    }
  await desk.look({ layout: 'full', theme: 'light' });
}

/** The release that was taken over whole; null while one is coming in. */
async function releaseInForce(desk: Desk): Promise<number | null> {
  const status = await ask(desk.page, 'team.status', undefined);
  if (status.kind !== 'joined' || status.sync.activity.kind !== 'idle') return null;
  return status.sync.release?.number ?? null;
}

// Catches: a checklist that does not know what was looked up or done, a tick that is lost with the app, a rule whose source leads nowhere.
test('a rep goes through the playbook of a return with the keyboard', async ({ stage }) => {
  test.setTimeout(120_000);
  const desk = await stage.open({ play });
  const { card, page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playbook = card.part('Playbook: Return and refund');
  const step = (words: string) => playbook.getByRole('checkbox', { name: words });

  await test.step('what was looked up is ticked, what the facts rule out is not needed', async () => {
    await desk.openCard('Siobhan Kearney');
    await expect(step('Look the order up.')).toBeChecked();
    await expect(step('Check that 30 days from delivery are not over.')).toBeChecked();
    await expect(playbook.locator('[data-state="not_needed"]')).toHaveCount(2);
    await expect(playbook).toContainText(/Not needed:\s*Since delivery: \d+ days/);
    await expect(playbook).toContainText('2 of 4 done');
    await expect(playbook.locator('[data-next]')).toContainText('Make the return label');
    await lookAt(desk, 'return', /^Playbook/);
  });

  await test.step('B goes to the next step, the arrows to others, Space ticks and takes back', async () => {
    await page.keyboard.press('b');
    await expect(step('Make the return label')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(step('Tell the customer the return number')).toBeFocused();
    await page.keyboard.press('Space');
    await expect(step('Tell the customer the return number')).toBeChecked();
    await expect(playbook).toContainText('Ticked by you');
    await page.keyboard.press('Space');
    await expect(step('Tell the customer the return number')).not.toBeChecked();
    await page.keyboard.press('Space');
    await expect(playbook).toContainText('3 of 4 done');
  });

  await test.step('a step that code saw done is not taken back by hand', async () => {
    await step('Look the order up.').press('Space');
    await expect(step('Look the order up.')).toBeChecked();
  });

  await test.step('a rule shows its source, which opens at the very words', async () => {
    const changes = card.part('Changes');
    await page.keyboard.press('d');
    await expect(changes).toContainText('Within 30 days from delivery.');
    await changes.getByRole('button', { name: 'How long you have to return an item' }).click();
    const source = desk.dialog(/How long you have to return an item/);
    await expect(source.locator('mark').first()).toContainText('You have 30 days from delivery');
    await page.keyboard.press('Escape');
    await expect(source).toHaveCount(0);
  });

  await test.step('a change that was made ticks its step', async () => {
    const approve = card.part('Changes').getByRole('button', { name: /^Approve: Return label|^Press again/ });
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(NO_DOUBLE_CLICK_MS);
    await page.keyboard.press('Enter');
    await expect(step('Make the return label')).toBeChecked();
    await expect(playbook).toContainText(/Done here:\s*RT-04228/);
    await expect(playbook).toContainText('4 of 4 done');
  });

  await test.step('it stays ticked once the customer was told, when the reply says nothing of it any more', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.keyboard.press('Control+Enter');
    await expect(desk.messages).toContainText('RT-04228');
    const before = await card.runId();
    await ask(page, 'suggestion.generate', { conversationId: 'c-03', variant: 'standard' });
    await card.finishedAfter(before);
    await expect(playbook).toContainText('4 of 4 done');
    await expect(playbook).toContainText(/Done here:\s*RT-04228/);
  });

  await test.step('the ticks are there after a restart', async () => {
    await desk.close();
    const again = await stage.open({ play });
    await again.openCard('Siobhan Kearney');
    const kept = again.card.part('Playbook: Return and refund');
    await expect(kept).toContainText('4 of 4 done');
    await expect(kept).toContainText('Ticked by you');
  });
});

// Catches: an editor that takes a rule nobody can read, a trial that changes something, a playbook that does not reach the card.
test('a lead writes a rule and a playbook, tries both on a conversation, and publishes them', async ({
  stage,
}) => {
  test.setTimeout(180_000);
  const it = await stage.open({ play });
  await it.page.emulateMedia({ reducedMotion: 'reduce' });
  await it.look({ layout: 'full' });
  await it.openCard('Pierre Lemoine');
  await joinAs(it, hub, 'Ada Lind', 'lead');
  const desk = new TeamDesk(it.page);
  await desk.open();
  await desk.show('Knowledge draft');

  await test.step('a rule that cannot be read says at which column', async () => {
    await desk.field('Kind').selectOption('Tool policies');
    await desk.button('New policy').click();
    await desk.field('Tool').fill('refund_order');
    await desk.field(/^A lead approves above/).fill('50');
    await desk.button('Add a rule').click();
    const rule = desk.root.getByRole('listitem', { name: 'Rule 1' });
    await rule.getByLabel('It speaks up when').fill('order.daysSinceDelivery > soon');
    await expect(rule).toContainText('Column 27: Here stands a number, or a text in double quotes.');
    await rule.getByLabel('What the rep reads', { exact: true }).fill('Two weeks are over.');
    await expect(desk.root).toContainText('Fill in what is missing above, then try it.');
    await rule.getByLabel('It speaks up when').fill('order.daysSinceDelivery > 14 days');
    await expect(rule).toContainText('Checked by code.');
  });

  await test.step('tried on a conversation, it says what a rep would read', async () => {
    const conversation = desk.field('Conversation');
    const pierre = conversation.locator('option').filter({ hasText: 'Pierre Lemoine' });
    await conversation.selectOption((await pierre.getAttribute('value')) ?? '');
    await desk.field(/^Amount/).fill('60');
    await desk.button('Try it').click();
    const rules = desk.root.getByRole('list', { name: 'Rules', exact: true });
    await expect(rules).toContainText('Above 50.00 EUR a lead must approve.');
    await expect(rules).toContainText('Two weeks are over.');
    await lookAtForm(it, 'lead-policy');
    await desk.save();
  });

  await test.step('a condition in words stays words, and the steps are tried too', async () => {
    await desk.field('Kind').selectOption('Playbooks');
    await desk.button('New playbook').click();
    await desk.field('Name').fill('Unwanted present');
    await desk.field('For customers who want').fill('return_item');
    const first = desk.root.getByRole('listitem', { name: 'Step 1' });
    await first.getByLabel('What to do').fill('Ask who gave it.');
    await first.getByLabel('Only if').fill('it was a present');
    await expect(first).toContainText('Stays words for the rep to judge.');
    await desk.button('Add a step').click();
    const second = desk.root.getByRole('listitem', { name: 'Step 2' });
    await second.getByLabel('What to do').fill('Count the days.');
    await second.getByLabel('Done as soon as').fill('order.daysSinceDelivery is known');
    await desk.button('Try it').click();
    const steps = desk.root.getByRole('list', { name: 'Steps', exact: true });
    await expect(steps.locator('[data-state="open"]')).toContainText(
      'Ask who gave it. Only if: it was a present',
    );
    await expect(steps.locator('[data-state="done"]')).toContainText('Count the days.');
    await lookAtForm(it, 'lead-steps');
    await desk.save();
  });

  await test.step('published, both count at the rep’s card', async () => {
    await desk.button('Publish…').click();
    await expect(desk.root).toContainText('Playbook: Unwanted present');
    await expect(desk.root).toContainText('Tool refund_order');
    await publishDraft(it, 'Presents');
    await it.page.keyboard.press('Escape');
    await expect.poll(() => releaseInForce(it)).toBe(1);
    const before = await it.card.runId();
    await ask(it.page, 'suggestion.generate', { conversationId: 'c-11', variant: 'standard' });
    await it.card.finishedAfter(before);
    await expect(it.card.part('Playbook: Unwanted present')).toContainText('Only if: it was a present');
    const changes = it.card.part('Changes');
    await changes.getByRole('button', { name: 'Start a change' }).click();
    await it.page.getByRole('menuitem', { name: /^Refund/ }).click();
    const form = changes.getByRole('form', { name: /^Refund/ });
    await form.getByLabel('Order').fill('HP-104196');
    await form.getByLabel('Amount').fill('60');
    await form.getByLabel('Reason').fill('Present');
    await it.page.keyboard.press('Enter');
    await expect(changes.locator('.action').last()).toContainText('Above 50.00 EUR a lead must approve.');
  });
});
