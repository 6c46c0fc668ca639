import { execFileSync } from 'node:child_process';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { startAgain } from './launch.js';

// Catches a worker, a helper of Chromium or a timer that keeps running after the rep has gone home.
test('closing the window ends every process', async ({ stage }) => {
  test.skip(process.platform === 'win32', 'processes are counted with ps');
  const { cuecard } = await stage.open({ play: ['01-order-status'] });
  const main = cuecard.app.process();
  const family = descendants(main.pid ?? 0);
  expect(family.length).toBeGreaterThan(2);
  const ended = new Promise<number | null>((resolve) => main.once('exit', resolve));
  await cuecard.app.evaluate(({ BrowserWindow }) =>
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()),
  );
  expect(await ended).toBe(0);
  await expect.poll(() => family.filter(isRunning)).toEqual([]);
});

// Catches an app that forgets how the rep had it.
test('settings outlive a restart', async ({ stage }) => {
  const first = await stage.open({ play: ['01-order-status'] });
  await ask(first.page, 'settings.update', { alwaysOnTop: true, layout: 'beside' });
  await first.close();
  const second = await stage.open({ play: ['01-order-status'] });
  expect(await ask(second.page, 'settings.read', undefined)).toMatchObject({
    alwaysOnTop: true,
    layout: 'beside',
  });
  await expect.poll(() => second.page.evaluate(() => window.innerWidth)).toBeLessThanOrEqual(420);
});

// Catches a window that is dead after the reload its own error page offers, and one whose start is full of complaints.
test('the window can be loaded again, without a complaint, and shows the inbox as it was', async ({
  stage,
}) => {
  const desk = await stage.open({ play: ['01-order-status'] });
  const { card, inbox, page, sources } = desk;
  await expect(inbox.row('Femke de Vries')).toBeVisible();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const isLoaded = page.waitForEvent('load');
  await page.evaluate(() => setTimeout(() => location.reload()));
  await isLoaded;
  await desk.openCard('Femke de Vries');
  await desk.press('1');
  await expect(sources.passage.first()).toBeInViewport();
  await desk.press('Escape');
  await desk.press(',');
  await expect(desk.dialog('Settings')).toBeVisible();
  await desk.press('Escape');
  await expect(card.root).toBeVisible();
  expect(complaints).toEqual([]);
});

// Catches a link of a web page that ends the app, and with it a reply nobody has kept yet.
test('a link of any length leaves the running app and its reply alone', async ({ stage }) => {
  const desk = await stage.open({ play: ['01-order-status'] });
  await desk.openCard('Femke de Vries');
  await desk.press('w');
  await desk.page.keyboard.insertText('Half a sentence');
  await startAgain(stage.home, `cuecard://conversation?url=${'a'.repeat(100_000)}`);
  await startAgain(stage.home, `cuecard://conversation?url=${encodeURIComponent('https://desk.example/1')}`);
  await expect(desk.dialog('Go to conversation').getByRole('textbox')).toHaveValue('https://desk.example/1');
  await desk.page.keyboard.press('Escape');
  await expect(desk.composer.field).toHaveValue('Half a sentence');
});

/** The process and everything it started, by process id. */
function descendants(root: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [root];
  for (const parent of family)
    for (const [pid, ppid] of table) if (ppid === parent && pid !== undefined) family.push(pid);
  return family;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
