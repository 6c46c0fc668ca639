import { expect, test } from './fixtures.js';
import { TeamDesk } from './pages/team-desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

// Catches: a playground that does not open, hides the prompt in force, or is silent where no model is set up.
test('a lead tries a prompt beside the one in force, and is told that a model is missing', async ({
  stage,
}) => {
  const lead = await stage.open({ play: ['01-order-status'] });
  const { page } = lead;
  await joinAs(lead, hub, 'Mira Lind', 'lead');
  const desk = new TeamDesk(page);
  await desk.open();
  await desk.show('Playground');
  const prompt = page.getByLabel('Yours (In force: the built-in text)');
  await expect(prompt).toHaveValue(/You write replies for a customer support team/);
  await prompt.fill('Write one short sentence.');
  await page.getByRole('button', { name: 'Try both' }).click();
  await expect(page.getByText('This needs a chat model, and none is set up.')).toHaveCount(2);
  expect(await seriousIssues(page)).toEqual([]);
  await page.getByRole('button', { name: 'As in force' }).click();
  await expect(prompt).toHaveValue(/You write replies for a customer support team/);
});
