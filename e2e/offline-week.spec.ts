import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { TeamPanel } from './pages/team-panel.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

const play = ['01-order-status'];
const QUESTION = 'how many days do I have to return a floor lamp';
const lamp = (days: number): Record<string, string> => ({
  'return-a-floor-lamp': `You have ${days} days to return a floor lamp that is unused.`,
});
const WEEK_MS = 7 * 24 * 3600_000;

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

async function answerTo(desk: Desk, query: string): Promise<string> {
  const { passages } = await ask(desk.page, 'knowledge.search', {
    ...{ query, pool: 'articles', brand: null, product: null, withInternal: false },
  });
  return passages[0]?.text ?? '';
}

/** From now on the computer's clock is ahead, as after it slept so long; in the app and in its window. */
async function sleepFor(desk: Desk, ms: number): Promise<void> {
  const shift = (by: number): void => {
    const Real = Date;
    globalThis.Date = new Proxy(Real, {
      construct: (_, given: unknown[]): Date =>
        given.length === 0 ? new Real(Real.now() + by) : (Reflect.construct(Real, given) as Date),
      get: (of, name) => (name === 'now' ? () => Real.now() + by : (Reflect.get(of, name) as unknown)),
    });
  };
  const there = `(${shift.toString()})(${String(ms)})`;
  await desk.cuecard.app.evaluate(there);
  await desk.page.evaluate(there);
}

// Catches a device that stops answering, says nothing, or is left behind because nobody reached the hub for a week.
test('a week without the hub: all goes on, the window says since when, and the rest comes by itself', async ({
  stage,
}) => {
  const desk = await stage.open({ play });
  const { page } = desk;
  const panel = new TeamPanel(page);
  await hub.publish(lamp(31));
  await joinAs(desk, hub, 'Ada Lovelace', 'rep');
  await expect(panel.statusItem).toHaveText('Release 1 · just now');
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(new Date());
  await hub.kill();
  await ask(page, 'team.retry_now', undefined);
  await expect(panel.statusItem).toHaveText(/^Offline since \d\d:\d\d$/);

  await sleepFor(desk, WEEK_MS);
  await ask(page, 'team.retry_now', undefined);
  await expect(panel.statusItem).toHaveText(`Offline since ${day}`);
  expect(await answerTo(desk, QUESTION)).toContain('31 days');
  await desk.openCard('Femke de Vries');
  await desk.press('r');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  const delivery = async (): Promise<string | undefined> =>
    (await ask(page, 'feedback.list', { limit: 1, before: null }))[0]?.delivery.kind;
  await expect.poll(delivery).toBe('waiting');

  await hub.startAgain();
  await hub.publish(lamp(45));
  await hub.publish(lamp(60));
  await expect(panel.statusItem).toHaveText(/^Release 3 · /, { timeout: 40_000 });
  expect(await answerTo(desk, QUESTION)).toContain('60 days');
  await expect.poll(delivery, { timeout: 20_000 }).toBe('delivered');
});
