import { ask } from './bridge.js';
import { expect, sharedDesk, test } from './fixtures.js';
import { bareText } from './probes/bare-text.js';

const desk = sharedDesk({ play: ['11-electronics-after-20-days', '01-order-status'] });

// Catches a claim nobody can check.
test('behind every sentence that claims something stands a source', async () => {
  const { card } = desk();
  await desk().openCard('Pierre Lemoine');
  const claims = card.claims;
  expect(await claims.count()).toBeGreaterThan(0);
  for (const claim of await claims.all()) await expect(card.citationsOf(claim).first()).toBeVisible();
});

// Catches a highlight that is near the passage, or of an older version of the article.
test('each source opens its article with the exact passage highlighted', async () => {
  const { card, page, sources } = desk();
  await desk().openCard('Pierre Lemoine');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-11' });
  const evidence = suggestion?.evidence ?? [];
  expect(evidence.length).toBeGreaterThan(0);
  // Only the first nine have a key of their own.
  for (const [at, passage] of evidence.slice(0, 9).entries()) {
    const article = await ask(page, 'knowledge.article', { articleId: passage.articleId });
    expect(article.markdown.slice(passage.span.start, passage.span.end)).toBe(passage.text);
    await page.keyboard.press(String(at + 1));
    await expect(sources.article).toContainText(passage.articleTitle);
    await expect(sources.passage.first()).toBeInViewport();
    expect(bareText(await sources.highlighted())).toBe(bareText(passage.text));
    await page.keyboard.press('Escape');
    await expect(sources.article).toBeHidden();
  }
  await expect(card.root).toBeVisible();
});

// Catches a citation that opens some other source than the one it names.
test('the citation behind a sentence opens the passage it names', async () => {
  const { card, page, sources } = desk();
  await desk().openCard('Pierre Lemoine');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-11' });
  if (suggestion?.outcome !== 'reply') throw new Error('A reply was expected.');
  const cited = suggestion.draft.sentences
    .flatMap(({ citations }) => citations)
    .find((citation) => citation.kind === 'evidence');
  const passage = suggestion.evidence.find(({ id }) => id === cited?.evidenceId);
  if (!cited || !passage) throw new Error('A sentence that cites a passage was expected.');
  const { markdown } = await ask(page, 'knowledge.article', { articleId: passage.articleId });
  await card.reply
    .getByRole('button', { name: `Source ${passage.id}: ` })
    .first()
    .click();
  await expect(sources.article).toContainText(passage.articleTitle);
  await expect(sources.citedWords.first()).toBeInViewport();
  const words = (await sources.citedWords.allTextContents()).join('');
  expect(bareText(words)).toBe(bareText(markdown.slice(cited.span.start, cited.span.end)));
  await page.keyboard.press('Escape');
});

// Catches an opened source that the team never hears of.
test('opening a source is remembered', async () => {
  const { card, page, sources } = desk();
  const runId = await desk()
    .openCard('Femke de Vries')
    .then(() => card.runId());
  await page.keyboard.press('1');
  await expect(sources.article).toBeVisible();
  await page.keyboard.press('Escape');
  const decisions = await ask(page, 'feedback.list', { limit: 100, before: null });
  expect(decisions.filter((it) => it.runId === runId).map(({ action }) => action.kind)).toContain(
    'source_opened',
  );
});
