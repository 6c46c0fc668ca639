import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { HelpdeskPanel } from './pages/helpdesk-panel.js';
import { startImapServer, type ImapServer } from './probes/imap-server.js';

const screens = path.join(repoRoot, 'test-results/screens');

let server: ImapServer | string;
test.beforeAll(async () => {
  // A fresh machine installs the mail server first.
  test.setTimeout(600_000);
  server = await startImapServer();
});
test.afterAll(async () => {
  if (server && typeof server !== 'string') await server.close();
});

// Catches a mailbox that cannot be connected from the window, a mail that does not come in, and a reply that does not reach the drafts.
test('a rep answers the mail of a real mailbox with a draft', async ({ stage }) => {
  test.skip(typeof server === 'string', typeof server === 'string' ? `Mail server: ${server}` : '');
  if (typeof server === 'string') return;
  const mailbox = server;
  test.setTimeout(240_000);
  await mkdir(screens, { recursive: true });
  await mailbox.arrives(
    'm1@example.com',
    'Where is HP-104233?',
    'My parcel HP-104233 does not move. Where is it?',
  );
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page } = desk;
  const panel = new HelpdeskPanel(page);

  await test.step('it is connected', async () => {
    await panel.open();
    await panel.press('Add a helpdesk');
    await panel.field('Helpdesk').selectOption('Mailbox');
    await panel.type('Address', 'https://imap.example.com');
    await panel.press('Test connection');
    await expect(panel.status).toContainText('Enter imaps://');
    await panel.type('Address', mailbox.url);
    await panel.type('User name', mailbox.user);
    await panel.type('Password', mailbox.password);
    await panel.press('Test connection');
    await expect(panel.status).toContainText('Conversations: 1, mails: 1.');
    for (const layout of ['full', 'beside'] as const) {
      await desk.look({ layout, theme: 'light' });
      await page.screenshot({ path: path.join(screens, `mailbox-form-${layout}.png`) });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
    await desk.look({ layout: 'full', theme: 'light' });
    await panel.press('Save');
    await expect(panel.rows).toHaveAttribute('data-state', 'live');
    await page.keyboard.press('Escape');
  });

  await test.step('its mail has a card, and the next one comes by itself', async () => {
    await expect(page.getByRole('heading', { name: 'Where is HP-104233?' })).toBeVisible();
    const before = await desk.card.finished();
    await mailbox.arrives(
      'm2@example.com',
      'Re: Where is HP-104233?',
      'Can a neighbour take it?',
      'm1@example.com',
    );
    await expect(desk.messages).toContainText('Can a neighbour take it?');
    await desk.card.finishedAfter(before);
  });

  await test.step('the reply waits in the drafts, once', async () => {
    await desk.press('w');
    await page.keyboard.insertText('Your parcel is on its way.');
    await page.keyboard.press('Control+Enter');
    await desk.expectNotice('Saved as a draft in the helpdesk.');
    const drafts = await mailbox.mails('Drafts');
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toContain('In-Reply-To: <m2@example.com>');
    expect(await mailbox.mails('Sent')).toEqual([]);
    await expect(page.getByRole('button', { name: 'Add as note' })).toHaveCount(0);
  });
});
