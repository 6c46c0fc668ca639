import { readFile } from 'node:fs/promises';
import path from 'node:path';

import Libsql from 'libsql';

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
  await expect(again.decisions.delivery).toHaveText('Kept on this machine; you are not in a team.');
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

// Catches a decision the hub did not take and nobody hears of, or that cannot be got out of the app.
test('what the hub did not take is shown with the reason, written to a file, and waits again when asked to', async ({
  stage,
}) => {
  const scene = { play: ['13-refund-timing'] };
  const first = await stage.open(scene);
  await first.openCard('Henrik Dahl');
  await first.page.keyboard.press('c');
  await expect
    .poll(() => ask(first.page, 'feedback.list', { limit: 10, before: null }))
    .toMatchObject([{ action: { kind: 'copied' }, delivery: { kind: 'waiting' } }]);
  const { workspace } = await ask(first.page, 'settings.about', undefined);
  await first.close();
  refuseAll(path.join(workspace, 'desk.db'), 'The event is too large.');

  const { cuecard, decisions, page } = await stage.open(scene);
  const file = path.join(stage.home, 'refused.jsonl');
  await cuecard.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await decisions.open();
  await expect(decisions.delivery).toContainText('The hub did not take 1 decision.');
  await expect(decisions.entries).toContainText('Refused: The event is too large.');
  await decisions.delivery.getByRole('button', { name: 'Export…' }).click();
  await expect(decisions.delivery).toContainText('1 decision written to');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    reason: 'The event is too large.',
    event: {
      sequence: 1,
      feedback: { action: { kind: 'copied' } },
      context: { language: 'en', release: null, customerText: expect.stringMatching(/refund/i) as unknown },
    },
  });
  await decisions.delivery.getByRole('button', { name: 'Send again' }).click();
  await expect(decisions.delivery).not.toContainText('did not take');
  expect(await ask(page, 'feedback.outbox', undefined)).toEqual({ waiting: 1, refused: 0, activity: null });
});

/** As a hub would have left it. */
function refuseAll(file: string, reason: string): void {
  const database = new Libsql(file);
  database
    .prepare("UPDATE feedback_delivery SET state = 'refused', settled_at = ?, reason = ?")
    .run('2026-11-23T10:00:00.000Z', reason);
  database.close();
}
