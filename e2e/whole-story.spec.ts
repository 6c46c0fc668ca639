import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { HelpdeskPanel } from './pages/helpdesk-panel.js';
import { TeamPanel } from './pages/team-panel.js';
import { startDemoHub } from './probes/demo-hub.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';
import { startVendure, type Vendure } from './probes/vendure.js';

const screens = path.join(repoRoot, 'test-results/screens');
/** Two presses closer together are a double click, and do nothing. */
const NO_DOUBLE_CLICK_MS = 600;

let rt: RequestTracker | string;
let shop: Vendure | string;
test.beforeAll(async () => {
  // A fresh machine installs both first.
  test.setTimeout(900_000);
  [rt, shop] = await Promise.all([startRequestTracker(), startVendure()]);
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
  if (shop && typeof shop !== 'string') await shop.close();
});

// Catches any seam between helpdesk, card, business system, approval, reply and hub that only a whole case shows.
test('a stuck parcel, from the customer’s mail to the refund in the reply and the feedback at the hub', async ({
  stage,
}) => {
  const missing = [rt, shop].filter((peer) => typeof peer === 'string').join(' ');
  test.skip(missing !== '', missing);
  if (typeof rt === 'string' || typeof shop === 'string') return;
  const [helpdesk, vendure] = [rt, shop];
  test.setTimeout(240_000);
  await mkdir(screens, { recursive: true });
  const hub = await startDemoHub(stage.home);
  const desk = await stage.open({ play: ['01-order-status'], demoHub: hub.url });
  const { page, card } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const changes = card.part('Changes');

  await test.step('the helpdesk and the shop are connected, with the keyboard', async () => {
    await expect(new TeamPanel(page).statusItem).toHaveText(/^Release 1 · /, { timeout: 60_000 });
    const panel = new HelpdeskPanel(page);
    await panel.open();
    await panel.press('Add a helpdesk');
    await panel.type('Address', helpdesk.url);
    await panel.type('Queue', 'Orders');
    await panel.type('Authentication token', helpdesk.token);
    await panel.press('Save');
    await expect(panel.rows).toHaveAttribute('data-state', 'polling');
    await page.keyboard.press('Escape');
    const business = desk.dialog('Business systems');
    await desk.press('g b');
    await expect(business).toContainText('Orders come from the demo shop.');
    await page.keyboard.press('Enter');
    await business.getByLabel('Address').fill(vendure.url);
    await business.getByLabel('Administrator').fill(vendure.user);
    await business.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await expect(business.getByRole('status')).toContainText('refuses the sign-in');
    await business.getByLabel('Password').fill(vendure.password);
    await page.keyboard.press('Enter');
    await expect(business.getByRole('status')).toContainText('the shop holds 3 orders');
    await page.screenshot({ path: path.join(screens, 'business-form.png') });
    await business.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(business).toContainText('Orders are looked up in Vendure.');
    await page.keyboard.press('Escape');
  });

  const ticket = await test.step('the rep opens the ticket a customer wrote by mail', async () => {
    await helpdesk.mails('Linen duvet cover', 'Hello, is my linen duvet cover shipped yet? Best, Femke');
    const number = await helpdesk.newest();
    await desk.press('g o');
    await page.keyboard.insertText(`${helpdesk.url}/Ticket/Display.html?id=${number}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Linen duvet cover' })).toBeVisible();
    await card.finished();
    return number;
  });

  await test.step('the next mail about the stuck parcel gets a cited reply with the tracking state', async () => {
    const before = await card.runId();
    await helpdesk.mails('Linen duvet cover', 'My parcel of order HP-204233 is stuck. Where is it?', ticket);
    const mailedAt = performance.now();
    await card.finishedAfter(before);
    await expect(card.facts).toContainText('PW4410177700NL');
    const tookMs = performance.now() - mailedAt;
    process.stdout.write(`mail stored to card with its tracking state: ${tookMs.toFixed(0)} ms\n`);
    await expect(card.reply).toContainText('PW4410177700NL');
    await expect(card.reply).toContainText('Postway');
    await desk.press('c');
    await desk.expectNotice('Reply copied.');
    await helpdesk.answers(ticket, await desk.clipboard());
    await expect(desk.messages).toContainText('PW4410177700NL');
  });

  await test.step('the customer insists; a partial refund is approved and paid once', async () => {
    const before = await card.runId();
    const words = 'One of the mugs in order HP-204233 arrived broken. I want 20 EUR back, please refund me.';
    await helpdesk.mails('Linen duvet cover', words, ticket);
    await card.finishedAfter(before);
    const refund = changes
      .getByRole('list', { name: 'Changes' })
      .locator('.action')
      .filter({ hasText: 'Refund' });
    await expect(refund).toContainText('Refund 20.00 EUR, a part of order HP-204233 (212.95 EUR), to iDEAL.');
    await desk.press('d');
    await expect(refund).toContainText('Up to 100.00 EUR you may approve alone.');
    await page.screenshot({ path: path.join(screens, 'story-approval.png') });
    const approve = refund.getByRole('button', { name: /^Approve: Refund|^Press again/ });
    await approve.press('Enter');
    await page.waitForTimeout(NO_DOUBLE_CLICK_MS);
    await approve.press('Enter');
    await expect(refund).toHaveAttribute('data-status', 'succeeded');
    expect(await vendure.refunded('HP-204233')).toEqual([2000]);
  });

  await test.step('the reply says it with the number of the payment, and goes out from the helpdesk', async () => {
    await expect(card.reply).toContainText(
      'We have started the refund of 20.00 EUR for order HP-204233 to your iDEAL',
    );
    await expect(card.reply).toContainText(/The refund number is refund \d+\./);
    await page.screenshot({ path: path.join(screens, 'story-reply.png') });
    await desk.press('i');
    await expect(desk.composer.field).toHaveValue(/started the refund of 20.00 EUR/);
    await page.keyboard.press('Control+Enter');
    await desk.expectNotice('Reply copied.');
    let copied = '';
    await expect(async () => {
      copied = await desk.clipboard();
      expect(copied).toContain('20.00 EUR');
    }).toPass({ timeout: 15_000 });
    await helpdesk.answers(ticket, copied);
    await expect.poll(() => helpdesk.sentMail()).toContain('The refund number is refund');
  });

  await test.step('the decision is at the hub', async () => {
    const received = async (): Promise<string[]> => {
      const { feedback } = await ask(page, 'lead.feedback', { filter: {}, before: null });
      return feedback.map(({ event }) => event.feedback.draftText);
    };
    await expect.poll(async () => (await received()).join('\n'), { timeout: 30_000 }).toContain('refund');
  });
  await desk.close();
  await hub.stop();
  await rm(path.join(stage.home, 'demo-hub'), { recursive: true, force: true });
});
