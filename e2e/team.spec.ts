import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { TeamPanel } from './pages/team-panel.js';
import { seriousIssues } from './probes/accessibility.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

const play = ['01-order-status'];

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

/** What the first passage for a question says. */
async function answerTo(desk: Desk, query: string): Promise<string> {
  const { passages } = await ask(desk.page, 'knowledge.search', {
    ...{ query, pool: 'articles', brand: null, product: null, withInternal: false },
  });
  return passages[0]?.text ?? '';
}
const QUESTION = 'how many days do I have to return a floor lamp';
const DAYS = (days: number): string => `You have ${days} days to return a floor lamp that is unused.`;
const filesOf = (home: string): Promise<string[]> => readdir(path.join(home, 'workspaces', 'demo'));

// Catches each way a rep could be out of step with the team without knowing it, or be without answers because the hub is away.
test('a rep joins by keyboard, gets releases as they are published, works on offline, and is told when it ends', async ({
  stage,
}) => {
  const desk = await stage.open({ play });
  const { page } = desk;
  const panel = new TeamPanel(page);
  await hub.publish({ 'return-a-floor-lamp': DAYS(31) }, 'Longer returns for lamps');
  const invite = `${hub.url}#${await hub.invite('Ada Lovelace')}`;

  await test.step('words that differ keep nothing', async () => {
    await panel.open();
    await expect(panel.address).toBeFocused();
    await page.keyboard.insertText(`${hub.url}#${await hub.invite('Nobody')}`);
    await page.keyboard.press('Enter');
    await expect(panel.words).toHaveText([...(await hub.words())]);
    expect(await seriousIssues(page)).toEqual([]);
    await panel.press(panel.button('They do not match'));
    await expect(panel.root.getByRole('alert')).toContainText('nothing was kept');
    expect(await filesOf(stage.home)).not.toContain('membership');
  });

  await test.step('joining brings the release, and its article answers', async () => {
    await panel.join(invite, await hub.words());
    await expect(panel.root).toContainText('Ada Lovelace · Rep');
    await expect(panel.root).toContainText('Release 1');
    await expect(panel.root).toContainText('Longer returns for lamps');
    await expect(panel.statusItem).toHaveText('Release 1 · just now');
    expect(await answerTo(desk, QUESTION)).toContain('31 days');
    expect(await seriousIssues(page)).toEqual([]);
  });

  await test.step('the next release is there within five seconds of its publication', async () => {
    await hub.publish({ 'return-a-floor-lamp': DAYS(45) });
    await expect(panel.statusItem).toHaveText(/^Release 2 · /, { timeout: 5000 });
    expect(await answerTo(desk, QUESTION)).toContain('45 days');
    await desk.expectNotice('Release 2 received, 1 article changed.');
  });

  await test.step('without the hub all goes on, and the window says since when', async () => {
    await hub.kill();
    await panel.press(panel.button('Retry now'));
    await expect(panel.statusItem).toHaveText(/^Offline since \d\d:\d\d$/);
    await expect(panel.root).toContainText('The hub cannot be reached.');
    expect(await answerTo(desk, QUESTION)).toContain('45 days');
    await page.keyboard.press('Escape');
    await desk.openCard('Femke de Vries');
  });

  await test.step('the hub is back, and so is the sync', async () => {
    await hub.startAgain();
    await hub.publish({ 'return-a-floor-lamp': DAYS(60) });
    await page.keyboard.press('Escape');
    await panel.statusItem.click();
    await panel.press(panel.button('Retry now'));
    await expect(panel.statusItem).toHaveText(/^Release 3 · /);
    expect(await answerTo(desk, QUESTION)).toContain('60 days');
  });

  await test.step('who is revoked is told, and keeps what is here', async () => {
    await hub.revoke('Ada Lovelace', false);
    await expect(panel.root).toContainText('Your access to this team was ended.');
    await expect(panel.statusItem).toHaveText('Team access ended');
    expect(await answerTo(desk, QUESTION)).toContain('60 days');
    expect(await seriousIssues(page)).toEqual([]);
  });

  await test.step('who joins again and is wiped loses the data, and the window says why', async () => {
    await panel.address.focus();
    await panel.join(`${hub.url}#${await hub.invite('Ada again')}`, await hub.words());
    await expect(panel.statusItem).toHaveText(/^Release 3 · /);
    await hub.revoke('Ada again', true);
    await expect(panel.root).toContainText('were deleted from this computer');
    await expect(panel.root).toContainText('the demo team');
    expect(await readdir(path.join(stage.home, 'workspaces', 'demo', 'membership'))).toEqual(['ended.json']);
    await expect.poll(() => answerTo(desk, QUESTION)).not.toContain('60 days');
    await panel.press(panel.button('Put this note away'));
    await expect(panel.statusItem).toHaveCount(0);
  });

  await test.step('the demo answers as it did', async () => {
    await page.keyboard.press('Escape');
    await desk.openCard('Femke de Vries');
  });
});

// Catches a membership that is lost with the app, and one that is left at the hub or on the disk.
test('a rep is still in the team after a restart, and leaves it with all its data', async ({ stage }) => {
  await hub.publish({ 'return-a-floor-lamp': DAYS(75) });
  const first = await stage.open({ play });
  const before = new TeamPanel(first.page);
  await before.open();
  await before.join(`${hub.url}#${await hub.invite('Grace Hopper')}`, await hub.words());
  await expect(before.statusItem).toHaveText(/^Release \d+ · /);
  await first.close();

  const desk = await stage.open({ play });
  const panel = new TeamPanel(desk.page);
  await expect(panel.statusItem).toHaveText(/^Release \d+ · /);
  await panel.open();
  await panel.press(panel.button('Leave team'));
  await expect(panel.button('Stay')).toBeFocused();
  await panel.press(panel.button('Leave and delete'));
  await expect(panel.statusItem).toHaveCount(0);
  await expect.poll(async () => (await filesOf(stage.home)).includes('membership')).toBe(true);
  expect(await readdir(path.join(stage.home, 'workspaces', 'demo', 'membership'))).toEqual([]);
  await expect.poll(() => answerTo(desk, QUESTION)).not.toContain('75 days');
});
