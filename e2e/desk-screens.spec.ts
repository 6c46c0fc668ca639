import path from 'node:path';

import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { TeamDesk, type Tab } from './pages/team-desk.js';
import { screensFolder } from './probes/screens-folder.js';
import { articleOf, editItem, joinAs, publishDraft } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

/** Two releases, one of them tried by some, an edit, two members and a decision. */
async function leadATeam(it: Desk): Promise<void> {
  const write = (id: string, title: string, text: string): Promise<void> =>
    editItem(it, `article/${id}`, articleOf(id, title, text));
  await write('lamp-returns', 'Return a floor lamp', 'You have 30 days to return a lamp that is unused.');
  await write('duvet-care', 'How to wash a duvet', 'Wash it at 40 °C and dry it in the open air.');
  await publishDraft(it, 'The first articles');
  await write('lamp-returns', 'Return a floor lamp', 'You have 45 days to return a lamp that is unused.');
  await publishDraft(it, 'Longer returns for lamps', false);
  const { revision } = await ask(it.page, 'lead.rollout', undefined);
  await ask(it.page, 'lead.change_rollout', {
    expectedRevision: revision,
    rollout: { kind: 'canary', stable: 1, canary: 2, percent: 10, pilots: [], isPaused: false },
  });
  await write('duvet-care', 'How to wash a duvet', 'Wash it at 30 °C and dry it in the open air.');
  await ask(it.page, 'lead.invite', { role: 'rep', name: 'Femke Bos', email: null, expiresInHours: 72 });
  await it.openCard('Siobhan Kearney');
  await it.press('r');
  await it.page.keyboard.press('3');
  await it.page.keyboard.press('Enter');
  await expect(it.page.getByRole('dialog')).toHaveCount(0);
}

const scenes: Record<string, { readonly tab: Tab; open?: (desk: TeamDesk) => Promise<void> }> = {
  publish: { tab: 'Knowledge draft', open: (desk) => desk.button('Publish…').click() },
  releases: { tab: 'Releases', open: (desk) => desk.button(/^Release 2/).click() },
  rollout: { tab: 'Rollout' },
  feedback: { tab: 'Feedback', open: (desk) => desk.button(/^Rejected/).click() },
  members: { tab: 'Members' },
};

// Catches a page of the team desk that is cut off at the side.
test('the team desk looks as it should, light and dark', { tag: '@screens' }, async ({ stage }) => {
  test.setTimeout(90_000);
  const it = await stage.open({ play: ['03-return-with-typos'] });
  const { page } = it;
  const folder = await screensFolder();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await it.look({ layout: 'full' });
  await joinAs(it, hub, 'Ada Lind', 'operator');
  await leadATeam(it);
  // Before the desk lies over them, where nobody finds them by their role.
  await it.expectNoNotice();
  const desk = new TeamDesk(page);
  await desk.open();
  for (const theme of ['light', 'dark'] as const) {
    await it.look({ theme });
    for (const [name, { tab, open }] of Object.entries(scenes)) {
      await desk.show(tab);
      await open?.(desk);
      await expect(desk.root).not.toContainText('Asking the hub');
      await page.screenshot({ path: path.join(folder, `full-${theme}-desk-${name}.png`), caret: 'hide' });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  }
});
