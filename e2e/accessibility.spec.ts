import { expect, sharedDesk, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { seriousIssues } from './probes/accessibility.js';

const desk = sharedDesk({
  play: ['03-return-with-typos', '06-legal-threat', '08-prompt-injection', '09-nothing-in-the-knowledge'],
});

/** Every screen of the app: how to get there, and back to the inbox. */
const screens: Record<string, (desk: Desk) => Promise<void>> = {
  'a reply with its sources': (it) => it.openCard('Siobhan Kearney'),
  'a reply in the composer': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('i');
    await expect(it.composer.field).not.toHaveValue('');
  },
  'a warning': (it) => it.openCard('Mei Lin Tan'),
  'a withheld reply': (it) => it.openCard('Jasper Mulder'),
  'a handover': (it) => it.openCard('Thijs Bakker'),
  'the times of the stages': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.card.showStages();
  },
  'a verdict': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.card.claims
      .first()
      .getByRole('button', { name: /^Sentence / })
      .click();
    await expect(it.dialog('Checked by critique')).toBeVisible();
  },
  'the ways to rewrite': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('m');
    await expect(it.page.getByRole('menuitem', { name: /Longer/ })).toContainText('needs a chat model');
  },
  'the summary': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('g s');
    await expect(it.dialog('Summary')).toContainText('So far');
  },
  'a source': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('1');
    await expect(it.sources.passage.first()).toBeVisible();
  },
  'the question why': async (it) => {
    await it.openCard('Siobhan Kearney');
    await it.press('r');
    await expect(it.dialog('Why is this suggestion not good?')).toBeVisible();
  },
  'the decisions': (it) => it.decisions.open(),
  'the knowledge': async (it) => {
    await it.press('/');
    await expect(it.dialog('Knowledge')).toContainText('articles');
  },
  'a search in the knowledge': async (it) => {
    await it.press('/');
    await it.page.getByRole('searchbox', { name: 'Search the knowledge' }).fill('how long do refunds take');
    await expect(it.dialog('Knowledge')).toContainText('passages');
  },
  'the sources': async (it) => {
    await it.press('g d');
    await expect(it.dialog('Knowledge')).toContainText('No sources yet');
  },
  'the settings': async (it) => {
    await it.press(',');
    await expect(it.dialog('Settings')).toBeVisible();
  },
  'the list of keys': async (it) => {
    await it.press('?');
    await expect(it.dialog('Keyboard shortcuts')).toBeVisible();
  },
};

// Catches text without contrast, controls without a name, and roles that lie, on any screen in any look.
for (const layout of ['full', 'beside'] as const)
  for (const theme of ['light', 'dark'] as const)
    test(`no serious issue on any screen, ${layout} and ${theme}`, async () => {
      // A dozen screens, each judged whole.
      test.slow();
      await desk().page.emulateMedia({ reducedMotion: 'reduce' });
      await desk().look({ layout: 'full' });
      for (const [name, open] of Object.entries(screens))
        await test.step(name, async () => {
          await open(desk());
          await desk().look({ layout, theme });
          expect.soft(await seriousIssues(desk().page), name).toEqual([]);
          await desk().look({ layout: 'full' });
          await desk().backToInbox();
        });
    });
