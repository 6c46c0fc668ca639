import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from './fixtures.js';
import { repoRoot } from './launch.js';
import { HelpdeskPanel } from './pages/helpdesk-panel.js';
import { seriousIssues } from './probes/accessibility.js';
import { startRequestTracker, type RequestTracker } from './probes/request-tracker.js';

const screens = path.join(repoRoot, 'test-results/screens');
let rt: RequestTracker | string;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  rt = await startRequestTracker();
});
test.afterAll(async () => {
  if (rt && typeof rt !== 'string') await rt.close();
});

/** The lead's switch, as the team's folder has it. */
async function allowSending(home: string): Promise<void> {
  const all = await readdir(home, { recursive: true, withFileTypes: true });
  const entry = all.find(({ name }) => name === 'team.json');
  if (!entry) throw new Error('There is no team in the data folder.');
  const file = path.join(entry.parentPath, entry.name);
  const team = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...team, sending: 'ask' }));
}

// Catches a reply that reaches a customer by one key, without the team's leave, without a question, or twice.
test('a reply goes out from here only where the team allows it, and asks each time', async ({ stage }) => {
  test.skip(typeof rt === 'string', typeof rt === 'string' ? `Request Tracker: ${rt}` : '');
  if (typeof rt === 'string') return;
  const helpdesk = rt;
  test.setTimeout(180_000);
  await mkdir(screens, { recursive: true });
  const ticket = await helpdesk.opens('Late parcel', 'My parcel HP-104233 does not move.');
  const sentReplies = async (): Promise<string[]> =>
    (await helpdesk.spoken(ticket)).filter(({ type }) => type === 'Correspond').map(({ content }) => content);
  const before = await stage.open({ play: ['01-order-status'] });
  await before.cuecard.close();
  await allowSending(stage.home);
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const panel = new HelpdeskPanel(page);
  await panel.connect(helpdesk);
  await expect(page.getByRole('heading', { name: 'Late parcel' })).toBeVisible();
  const send = page.getByRole('button', { name: 'Send…' });
  const question = page.getByRole('group', { name: 'Send this reply to Femke de Vries now?' });

  await test.step('the usual key sends nothing', async () => {
    await desk.press('w');
    await page.keyboard.insertText('Your parcel arrives on Friday.');
    await page.keyboard.press('Control+Enter');
    await desk.expectNotice('Reply copied.');
    expect(await sentReplies()).toEqual([]);
  });

  await test.step('it says to whom it would go, and the answer that sends nothing has the focus', async () => {
    await panel.walkTo(send);
    await page.keyboard.press('Enter');
    await expect(question).toContainText('femke.devries@example.com');
    await expect(question.getByRole('button', { name: 'Do not send' })).toBeFocused();
    for (const layout of ['full', 'beside'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await desk.look({ layout, theme });
        expect(
          await page.locator('.composer-foot').evaluate((foot) => foot.scrollWidth - foot.clientWidth),
        ).toBe(0);
        await page.screenshot({ path: path.join(screens, `sending-${layout}-${theme}.png`) });
        expect.soft(await seriousIssues(page), `${layout} ${theme}`).toEqual([]);
      }
    await desk.look({ layout: 'full', theme: 'light' });
    await question.getByRole('button', { name: 'Do not send' }).press('Enter');
    await expect(question).toBeHidden();
    await expect(desk.composer.field).toHaveValue('Your parcel arrives on Friday.');
    expect(await sentReplies()).toEqual([]);
  });

  await test.step('on yes it goes out once', async () => {
    await send.press('Enter');
    await question.getByRole('button', { name: 'Send now' }).press('Enter');
    await desk.expectNotice('Reply sent.');
    await expect(desk.composer.field).toHaveValue('');
    expect(await sentReplies()).toEqual([expect.stringContaining('Your parcel arrives on Friday.')]);
    await expect(desk.messages).toContainText('Your parcel arrives on Friday.');
    expect(await helpdesk.sentMail()).toContain('Your parcel arrives on Friday.');
  });
});
