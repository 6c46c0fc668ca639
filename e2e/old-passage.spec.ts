import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { TeamPanel } from './pages/team-panel.js';
import { bareText } from './probes/bare-text.js';
import { joinAs } from './probes/stage-team.js';
import { startTeamHub, type TeamHub } from './probes/team-hub.js';

let hub: TeamHub;
test.beforeAll(async () => {
  hub = await startTeamHub();
});
test.afterAll(() => hub.close());

// Catches a source that shows newer words as if the reply stood on them, and one that needs the hub to be shown.
test('a passage that changed since is shown as it was, marked as old, also offline', async ({ stage }) => {
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  const { page, sources } = desk;
  await desk.openCard('Siobhan Kearney');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-03' });
  if (suggestion?.outcome !== 'reply') throw new Error('A reply was expected.');
  const cited = suggestion.draft.sentences
    .flatMap(({ citations }) => citations)
    .find((citation) => citation.kind === 'evidence');
  const passage = suggestion.evidence.find(({ id }) => id === cited?.evidenceId);
  const other = suggestion.evidence.find(({ articleId }) => articleId !== passage?.articleId);
  if (!cited || !passage || !other) throw new Error('Two cited articles were expected.');

  await hub.publish({ [passage.articleId]: 'Lamps can be returned for 99 days from now on.' });
  await joinAs(desk, hub, 'Ada Lovelace', 'rep');
  await expect(new TeamPanel(page).statusItem).toHaveText(/^Release 1 · /);
  await hub.kill();
  await expect
    .poll(async () => (await ask(page, 'knowledge.article', { articleId: passage.articleId })).markdown)
    .toContain('99 days');

  const old = sources.article.getByRole('region', { name: 'The passage as it was' });
  await test.step('from the sentence that cites it, with its words marked', async () => {
    await desk.card.reply
      .getByRole('button', { name: `Source ${passage.id}: ` })
      .first()
      .click();
    await expect(old).toContainText('The article has changed since');
    expect(bareText((await old.locator('blockquote').textContent()) ?? '')).toBe(bareText(passage.text));
    const from = cited.span.start - passage.span.start;
    const words = passage.text.slice(from, from + cited.span.end - cited.span.start);
    expect(bareText((await old.locator('mark').allTextContents()).join(''))).toBe(bareText(words));
    await expect(sources.article).toContainText('99 days');
    await page.keyboard.press('Escape');
    await expect(sources.article).toBeHidden();
  });

  await test.step('by its number, also where the article is gone', async () => {
    const position = suggestion.evidence.indexOf(other) + 1;
    await page.keyboard.press(String(position));
    await expect(old).toContainText('The article is not in the knowledge any more');
    expect(bareText((await old.locator('blockquote').textContent()) ?? '')).toBe(bareText(other.text));
    await page.keyboard.press('Escape');
  });
});
