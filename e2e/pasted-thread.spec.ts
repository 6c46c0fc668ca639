import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { seriousIssues } from './probes/accessibility.js';

const screens = path.join(repoRoot, 'test-results/screens');
const mail = [
  'Still nothing. Where is my order HP-104233?',
  '',
  'On Tue, 24 Nov 2026 at 10:12, Harbour & Pine Support <support@harbourpine.example> wrote:',
  '> Your parcel is on its way.',
  '>',
  '> On Mon, 23 Nov 2026 at 09:00, Femke de Vries <femke.devries@example.com> wrote:',
  '>> Is HP-104233 sent?',
].join('\n');

// Catches: a thread nobody can paste by keyboard, one that gets no card, and one that cannot be deleted.
test('a copied thread becomes a conversation with a card', async ({ stage }) => {
  await mkdir(screens, { recursive: true });
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  const { page } = desk;
  await expect(desk.inbox.rows).toHaveCount(1);
  const dialog = desk.dialog('Go to conversation');

  await test.step('it is pasted, offered as a conversation, and opened by Enter', async () => {
    await desk.press('g o');
    await page.keyboard.insertText(mail);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Open as a conversation' })).toBeVisible();
    expect(await seriousIssues(page)).toEqual([]);
    await page.screenshot({ path: path.join(screens, 'pasted-offer.png') });
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('the rep sees who said what, and the card answers with the order’s facts', async () => {
    await expect(desk.inbox.rows).toHaveCount(2);
    await expect(desk.messages.getByText('Is HP-104233 sent?')).toBeVisible();
    await expect(desk.messages.getByText('Your parcel is on its way.')).toBeVisible();
    await expect(page.locator('.conversation-head')).toContainText('femke.devries@example.com');
    await expect(page.locator('.conversation-head')).toContainText('Pasted thread');
    await desk.card.finished();
    await expect(page.locator('.card')).toContainText('HP-104233');
    await page.screenshot({ path: path.join(screens, 'pasted-thread.png') });
  });

  await test.step('the same text again is the same conversation; what is an address is none', async () => {
    await page.locator('.card').click();
    await desk.press('g o');
    await page.keyboard.insertText(mail);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(desk.inbox.rows).toHaveCount(2);
    await desk.press('g o');
    await page.keyboard.insertText('https://desk.example/tickets/1');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('No helpdesk is connected yet.');
    await page.keyboard.press('Escape');
  });

  await test.step('it is deleted with its customer', async () => {
    await page.getByRole('button', { name: 'Forget this customer' }).click();
    await page
      .getByRole('button', { name: /^Forget/ })
      .last()
      .click();
    await expect(desk.inbox.rows).toHaveCount(1);
    await expect(page.getByText('Is HP-104233 sent?')).toHaveCount(0);
  });
});
