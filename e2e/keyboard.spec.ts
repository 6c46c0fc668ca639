import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import { draftText } from './probes/draft-text.js';

const play = ['01-order-status', '03-return-with-typos', '11-electronics-after-20-days', '13-refund-timing'];

// Catches any step of the main job that needs a hand on the mouse. No click in this file.
test('the whole main job is done with the keyboard alone', async ({ stage }) => {
  const desk = await stage.open({ play });
  const { card, composer, decisions, inbox, page, sources } = desk;
  await expect(inbox.rows).toHaveCount(4);

  await test.step('choose a conversation', async () => {
    await desk.walkTo('Femke de Vries');
    await card.finished('reply');
  });

  await test.step('open a source and come back', async () => {
    await page.keyboard.press('1');
    await expect(sources.passage.first()).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(sources.article).toBeHidden();
  });

  await test.step('insert the reply and send it as it is', async () => {
    const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-01' });
    const offered = draftText(suggestion);
    await page.keyboard.press('i');
    await expect(composer.field).toHaveValue(offered);
    await page.keyboard.press('Control+Enter');
    await expect(composer.field).toHaveValue('');
    await expect(desk.messages).toContainText(offered.split('\n')[0] ?? '');
  });

  await test.step('edit another reply before sending it', async () => {
    await page.keyboard.press('Escape');
    await desk.walkTo('Siobhan Kearney');
    await card.finished('reply');
    await page.keyboard.press('e');
    await expect(composer.field).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Your lamp will be fine in the original box.');
    await page.keyboard.press('Control+Enter');
    await expect(desk.messages).toContainText('Your lamp will be fine in the original box.');
  });

  await test.step('copy a reply', async () => {
    await page.keyboard.press('Escape');
    await desk.walkTo('Henrik Dahl');
    await card.finished('reply');
    await page.keyboard.press('c');
    await desk.expectNotice('Reply copied.');
    expect(await desk.clipboard()).toBe(
      draftText(await ask(page, 'suggestion.latest', { conversationId: 'c-13' })),
    );
  });

  await test.step('ask for an alternative', async () => {
    const before = await card.runId();
    const alternatives = page.getByRole('menu', { name: 'Alternatives' });
    await desk.press('a');
    await expect(alternatives).toContainText(/\d+ of \d+ supported · \d+ words/);
    await desk.press('a');
    await card.finishedAfter(before);
    await expect(card.root).toContainText('Shorter');
    await desk.press('a');
    await expect(alternatives.getByRole('menuitem')).toHaveCount(3);
    await desk.press('1');
    await desk.expectNotice('Shown: Local.');
    await expect(card.root).toHaveAttribute('data-run-id', before);
    await desk.press('a');
    await expect(alternatives).toBeVisible();
    await desk.press('2');
    await desk.expectNotice('Shown: Local, shorter.');
    await expect(card.root).toHaveAttribute('data-variant', 'shorter');
  });

  await test.step('reject a reply with a reason', async () => {
    await desk.walkTo('Pierre Lemoine');
    await card.finished('reply');
    await page.keyboard.press('r');
    const dialog = desk.dialog('Why is this suggestion not good?');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('3');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Say who pays the return.');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await desk.expectNotice(/Suggestion rejected/);
  });

  await test.step('look at the decisions', async () => {
    await decisions.open();
    for (const what of [
      'Sent unchanged',
      'Edited and sent',
      'Copied',
      'Asked for an alternative',
      'Rejected',
    ])
      await expect(decisions.entries.filter({ hasText: what }).first()).toBeVisible();
    await expect(decisions.entries.filter({ hasText: 'Rejected' })).toContainText('Missing information');
    await expect(decisions.entries.filter({ hasText: 'Rejected' })).toContainText('Say who pays the return.');
    await page.keyboard.press('Escape');
    await expect(decisions.panel).toBeHidden();
  });
});

// Catches a shortcut that fires while the rep is typing a word.
test('single keys rest while the rep types', async ({ stage }) => {
  const desk = await stage.open({ play: ['01-order-status', '03-return-with-typos'] });
  await expect(desk.inbox.rows).toHaveCount(2);
  await desk.walkTo('Femke de Vries');
  const runId = await desk.card.finished('reply');
  await desk.page.keyboard.press('e');
  await desk.page.keyboard.press('Control+A');
  await desk.page.keyboard.type('jerk crab kiwi?');
  await expect(desk.composer.field).toHaveValue('jerk crab kiwi?');
  await expect(desk.inbox.current).toContainText('Femke de Vries');
  expect(await desk.card.runId()).toBe(runId);
});

// Catches a key that works and is nowhere to be found.
test('the list of keys opens with a question mark', async ({ stage }) => {
  const desk = await stage.open({ play: ['01-order-status'] });
  await expect(desk.inbox.rows).toHaveCount(1);
  await desk.page.keyboard.press('?');
  await expect(desk.dialog('Keyboard shortcuts')).toContainText('Reject with a reason');
  await desk.page.keyboard.press('Escape');
  await expect(desk.dialog('Keyboard shortcuts')).toBeHidden();
});
