import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';

const play = ['03-return-with-typos', '13-refund-timing'];

// Catches a decision that is lost when the app ends, and a list that hides what the rep changed.
test('decisions are listed with what was changed, and outlive a restart', async ({ stage }) => {
  const desk = await stage.open({ play });
  const { card, composer, page } = desk;

  await test.step('edit and send', async () => {
    await desk.openCard('Siobhan Kearney');
    await page.keyboard.press('e');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Wrap the shade in its foam.');
    await page.keyboard.press('Control+Enter');
    await expect(composer.field).toHaveValue('');
    await page.keyboard.press('Escape');
  });

  await test.step('reject with a reason and a comment', async () => {
    await desk.openCard('Henrik Dahl');
    await card.action('Reject').click();
    const dialog = desk.dialog('Why is this suggestion not good?');
    await dialog.getByRole('radio', { name: 'Wrong tone' }).check();
    await dialog.getByRole('textbox', { name: /Comment/ }).fill('Too formal for him.');
    await dialog.getByRole('button', { name: 'Reject suggestion' }).click();
    await expect(dialog).toBeHidden();
  });

  const before = await ask(page, 'feedback.list', { limit: 100, before: null });
  expect(before.map(({ action }) => action.kind)).toEqual(expect.arrayContaining(['edited', 'rejected']));
  await desk.close();

  const again = await stage.open({ play });
  expect(await ask(again.page, 'feedback.list', { limit: 100, before: null })).toEqual(before);
  await again.decisions.open();
  const edited = again.decisions.entries.filter({ hasText: 'Edited and sent' });
  await expect(again.decisions.added(edited)).toContainText('Wrap the shade in its foam.');
  const rejected = again.decisions.entries.filter({ hasText: 'Rejected' });
  await expect(rejected).toContainText('Wrong tone');
  await expect(rejected).toContainText('Too formal for him.');
});

// Catches a list that a newcomer takes for broken.
test('an empty list of decisions says what will be in it', async ({ stage }) => {
  const desk = await stage.open({ play: ['13-refund-timing'] });
  await expect(desk.inbox.rows).toHaveCount(1);
  await desk.decisions.open();
  await expect(desk.decisions.panel).toContainText('No decisions yet');
});
