import { expect, test } from './fixtures.js';
import { TeamDesk } from './pages/team-desk.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

// Catches: a rule that cannot be written, a trial that does not say which rule hits, a pattern that could hang every rep's window.
test('a lead writes a guardrail rule and tries it', async ({ stage }) => {
  const it = await stage.open({ play: ['03-return-with-typos'] });
  await it.look({ layout: 'full' });
  await joinAs(it, hub, 'Ada Lind', 'lead');
  const desk = new TeamDesk(it.page);
  await desk.open();
  await desk.show('Knowledge draft');
  await desk.pick('Voice and rules', 'Team, voice and guardrails');
  await desk.button('Add a guardrail rule').click();
  const rules = desk.root.getByRole('list', { name: 'Guardrail rules' });
  await rules.getByLabel('Name').fill('Free gifts');
  await rules.getByLabel('Words, one phrase a line').fill('free gift');
  await rules.getByLabel('What the rep reads').fill('We give none.');
  await desk.root.getByLabel('Try a sentence').fill('You get a free gift with it.');
  await expect(desk.root.locator('.lead-trial')).toContainText('Free gifts');
  await expect(desk.root.locator('.lead-trial mark')).toHaveText('free gift');
  await desk.root.getByLabel('Try a sentence').fill('You get it tomorrow.');
  await expect(desk.root.locator('.lead-trial')).toContainText('No rule looks at this.');
  await rules.getByLabel('Given as').selectOption('pattern');
  await rules.getByLabel('Patterns, one a line').fill('(a+)+$');
  await desk.button('Save to the draft').click();
  await expect(desk.root).toContainText('could take for ever');
  await rules.getByLabel('Patterns, one a line').fill('free \\w+');
  await desk.field('Name').first().fill('Harbour');
  await desk.field('Name of the support team').fill('Harbour Support');
  await desk.field('Order id').fill('HP-\\d{6}');
  await desk.save();
});
