import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { TeamDesk } from './pages/team-desk.js';
import { seriousIssues } from './probes/accessibility.js';
import { articleOf, editItem, joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

// Catches a team's models that no release takes along, and a prompt's editor that begins without the words in force.
test('a lead gives the team chat models and a prompt to rewrite, and a release brings them', async ({
  stage,
}) => {
  test.setTimeout(120_000);
  const it = await stage.open({ play: ['03-return-with-typos'] });
  await joinAs(it, hub, 'Ada Lind', 'operator');
  await editItem(it, 'article/lamp', articleOf('lamp', 'Return a floor lamp', 'You have 30 days.'));
  const desk = new TeamDesk(it.page);
  await desk.open();

  await test.step('models are missing a name until they have one', async () => {
    await desk.pick('Voice and rules', 'Team, voice and guardrails');
    await desk.field('Name').first().fill('Harbour');
    await desk.field('Name of the support team').fill('Harbour Support');
    await desk.field('The team has chat models').check();
    await desk.field('Service').selectOption('ollama');
    await it.page.keyboard.press('Control+s');
    await expect(desk.field('Model')).toHaveAttribute('aria-invalid', 'true');
    await desk.field('Model').fill('llama3.1:8b');
    await desk.field('Calls a day').fill('500');
    expect(await seriousIssues(it.page)).toEqual([]);
    await desk.save();
  });

  await test.step('a prompt begins with the words in force', async () => {
    await desk.pick('Prompts', 'Prompt: Rewrite');
    await expect(desk.field('Text')).toHaveValue(/^You edit a message/);
    await desk.field('Text').fill('Edit like a sailor.');
    await desk.save();
    await desk.publish('Models of the team');
  });

  await test.step('the release has both', async () => {
    const { content } = await ask(it.page, 'lead.item', { key: 'team/profile' });
    expect(content).toMatchObject({
      profile: { models: { main: ['main'], limits: { dailyCalls: 500 }, connections: [{ id: 'ollama' }] } },
    });
    await expect
      .poll(async () =>
        (await ask(it.page, 'playground.prompts', undefined)).find((one) => one.stage === 'rewrite'),
      )
      .toMatchObject({ text: 'Edit like a sailor.', isBuiltIn: false });
    await expect
      .poll(() => ask(it.page, 'models.read', undefined))
      .toMatchObject({
        source: 'team',
        settings: { models: [{ model: 'llama3.1:8b' }] },
      });
  });
});
