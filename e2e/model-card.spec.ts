import { ask } from './bridge.js';
import { expect, test } from './fixtures.js';
import type { Desk } from './pages/desk.js';
import { settingsFor, startWritingModel, type WritingModel } from './probes/writing-model.js';

let model: WritingModel;
test.beforeEach(async () => {
  model = await startWritingModel();
});
test.afterEach(() => model.close());

/** The desk with a finished local card, on which a model has written from the first asking on. */
async function openDesk(stage: { open: (scene: object) => Promise<Desk> }) {
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  await desk.openCard('Siobhan Kearney');
  const local = await ask(desk.page, 'suggestion.latest', { conversationId: 'c-03' });
  if (local?.outcome !== 'reply') throw new Error('A reply was expected.');
  await ask(desk.page, 'models.save', { settings: settingsFor(model.address), secrets: {} });
  const lines = local.draft.sentences
    .filter(({ role }) => role === 'claim')
    .map(({ text, citations }) => {
      const marks = citations.map((one) =>
        one.kind === 'evidence'
          ? `[${one.evidenceId}]`
          : one.kind === 'tool'
            ? `[${one.toolCallId}:${one.factKey}]`
            : '',
      );
      return `${text} ${[...new Set(marks)].join('')}`;
    });
  return { desk, lines };
}

const again = (desk: Desk) =>
  ask(desk.page, 'suggestion.generate', { conversationId: 'c-03', variant: 'standard' });

// Catches a card that is blank while the model thinks, and a reply nobody can tell from the local one.
test('the model’s reply takes the place of the local one while it is written, and both stay within reach', async ({
  stage,
}) => {
  const { desk, lines } = await openDesk(stage);
  const { card, page } = desk;
  model.answer({ lines: lines.slice(0, 3), pausesAfter: 1 });
  await again(desk);
  await expect(card.root).toHaveAttribute('data-model', 'writing');
  await expect(card.root).toHaveAttribute('data-strategy', 'local');
  await expect(card.writing).toContainText('HP-104228');
  model.goOn();
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
  await expect(card.root).toContainText('Written by writer-1 · 1,000 tokens');
  await desk.press('v');
  await desk.expectNotice('Local reply shown.');
  await expect(card.root).toHaveAttribute('data-strategy', 'local');
  await desk.press('v');
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
  await page.keyboard.press('i');
  await expect(desk.composer.field).toHaveValue(/HP-104228/);
});

// Catches work of the rep that is gone after a look at the other reply.
test('what the rep took out of one reply stays out while they look at the other', async ({ stage }) => {
  const { desk, lines } = await openDesk(stage);
  const { card, page } = desk;
  model.answer({ lines: [...lines.slice(0, 3), 'Our workshop in Utrecht paints lamps in any colour.'] });
  await again(desk);
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
  await desk.press('x');
  await desk.expectNotice('Sentence taken out.');
  await desk.press('v');
  await expect(card.root).toHaveAttribute('data-strategy', 'local');
  await desk.press('v');
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
  await expect(card.reply).not.toContainText('Utrecht');
  await desk.press('a');
  await expect(page.getByRole('menu', { name: 'Alternatives' })).toContainText('changed by you');
  await page.keyboard.press('Escape');
  await desk.press('z');
  await expect(card.reply).toContainText('Utrecht');
});

// Catches a status bar that names the local engine while a model writes, or a model that does not answer.
test('the status bar follows who answers', async ({ stage }) => {
  const { desk, lines } = await openDesk(stage);
  const { card, page } = desk;
  const status = page.locator('.status-bar .answering-status');
  await expect(status).toHaveText('writer-1');
  model.answer({ lines: lines.slice(0, 2) });
  await again(desk);
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
  model.answer({ lines: lines.slice(0, 2), pausesAfter: 1, dies: true });
  await again(desk);
  await expect(card.root).toHaveAttribute('data-model', 'writing');
  model.goOn();
  await model.close();
  await expect(status).toHaveText('Local: model failing', { timeout: 30_000 });
  await desk.look({ layout: 'beside' });
  await expect(status).toBeVisible();
  expect(
    await page.locator('.status-bar').evaluate((bar) => bar.scrollWidth - bar.clientWidth),
  ).toBeLessThanOrEqual(0);
  await desk.look({ layout: 'full' });
  const limits = { ...settingsFor(model.address).limits, dailyCalls: 1 };
  await ask(page, 'models.save', { settings: { ...settingsFor(model.address), limits }, secrets: {} });
  await expect(status).toHaveText('Local: budget used up');
  const off = { ...settingsFor(model.address), isOn: false };
  await ask(page, 'models.save', { settings: off, secrets: {} });
  await expect(status).toHaveText('Local engine');
});

// Catches words of the rep that a model changes for good, or that nobody checks.
test('the rep’s own text is rewritten with the keyboard, checked, and taken back with one key', async ({
  stage,
}) => {
  const { desk, lines } = await openDesk(stage);
  const { composer, page } = desk;
  const claim = (lines.find((line) => line.includes('30 days')) ?? '').replace(/ \[.*$/, '');
  const own = `hi siobhan, ${claim.toLowerCase()}`;
  await desk.press('w');
  await page.keyboard.type(own);
  await page.keyboard.press('Alt+m');
  const menu = page.getByRole('menu', { name: 'Rewrite your text' });
  await expect(menu).toContainText('Translate to English');
  model.answer({
    lines: ['Hi Siobhan,', '', `${claim} Our drone fetches it from your roof.`],
  });
  await page.keyboard.press('l');
  await desk.expectNotice('Your text is rewritten: Longer.');
  await expect(composer.field).toBeFocused();
  await expect(composer.field).toHaveValue(/Our drone fetches it/);
  const check = page.getByRole('region', { name: 'Check of the rewritten text' });
  await expect(check).toContainText('1 of 2 sentences supported');
  await expect(check.getByRole('listitem').filter({ hasText: 'drone' })).toContainText('Not supported');
  await page.keyboard.press('Control+z');
  await expect(composer.field).toHaveValue(own);
  await expect(check).toBeHidden();

  await test.step('only what is selected, and typing goes on', async () => {
    await page.keyboard.press('Control+Home');
    for (let step = 0; step < 'hi siobhan'.length; step += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Alt+m');
    model.answer({ lines: ['Dear Siobhan'] });
    await page.keyboard.press('o');
    await expect(composer.field).toHaveValue(own.replace('hi siobhan', 'Dear Siobhan'));
    await page.keyboard.type('!');
    await expect(composer.field).toHaveValue(`${own.replace('hi siobhan', 'Dear Siobhan')}!`);
  });
});

// Catches a reply that is taken away from under the rep's hands.
test('a reply the rep keeps stays while the model writes', async ({ stage }) => {
  const { desk, lines } = await openDesk(stage);
  const { card } = desk;
  model.answer({ lines: lines.slice(0, 2), pausesAfter: 1 });
  await again(desk);
  await expect(card.root).toHaveAttribute('data-model', 'writing');
  await desk.press('p');
  await desk.expectNotice('This reply stays');
  await expect(card.writing).toBeHidden();
  model.goOn();
  await expect(card.root).not.toHaveAttribute('data-model', 'writing');
  await expect(card.root).toHaveAttribute('data-strategy', 'local');
  await desk.press('v');
  await expect(card.root).toHaveAttribute('data-strategy', 'model');
});

// Catches half a reply on the card, and a card that is useless without its model.
test('a model that dies midway leaves the local reply, with the reason', async ({ stage }) => {
  const { desk, lines } = await openDesk(stage);
  const { card, composer, page } = desk;
  model.answer({ lines, pausesAfter: 2, dies: true });
  await again(desk);
  await expect(card.writing).toContainText('HP-104228');
  // Whoever tries again finds nobody.
  model.goOn();
  await model.close();
  await expect(card.root).toHaveAttribute('data-model', 'ended', { timeout: 30_000 });
  await expect(card.root).toContainText('The local reply stays.');
  await expect(card.reply).toContainText('6 of 6 sentences supported');
  await page.keyboard.press('i');
  await expect(composer.field).toHaveValue(/You have 30 days/);

  await test.step('the ledger shows what was sent, to whom, and that it failed', async () => {
    await page.keyboard.press('Escape');
    await expect(page.locator('.status-bar .ledger-status')).toHaveAttribute('data-state', 'sent');
    await expect(async () => {
      await desk.press('g p');
      await expect(desk.dialog('Ledger')).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 20_000 });
    const requests = desk.dialog('Ledger').getByRole('listbox', { name: 'Requests, newest first' });
    await requests.getByRole('option').last().click();
    const sent = desk.dialog('Ledger').getByRole('group', { name: 'What was sent' });
    await expect(sent).toContainText('writer-1');
    await expect(sent).not.toContainText('siobhan.kearney@example.com');
    await expect(desk.dialog('Ledger').getByRole('region', { name: 'Request', exact: true })).toContainText(
      '127.0.0.1',
    );
  });
});

// Catches a model's own invention that reaches the customer by the habit of a key.
test('what a rewrite adds without a source is named, and not inserted by one key', async ({ stage }) => {
  const { desk, lines } = await openDesk(stage);
  const { card, composer, page } = desk;
  // A reply to rewrite is given with ids of its own.
  const same = lines.map((line, at) => line.replace(/ \[.*$/, ` [A${at + 1}]`));
  model.answer({ lines: [...same, 'Our workshop in Utrecht paints lamps in any colour.'] });
  await desk.press('m');
  await expect(page.getByRole('menuitem', { name: /Friendlier/ })).toBeVisible();
  await desk.press('f');
  await desk.expectNotice('Rewritten and checked again: Friendlier.');
  await expect(card.reply).toContainText('1 sentence not supported');
  await desk.press('i');
  const question = desk.dialog('Not everything in this reply is supported');
  await expect(question).toContainText('Our workshop in Utrecht');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(composer.field).toHaveValue('');
  await desk.press('i');
  await desk.press('x');
  await expect(composer.field).toHaveValue(/You have 30 days/);
  await expect(composer.field).not.toHaveValue(/Utrecht/);
  await desk.press('z');
  await expect(card.reply).not.toContainText('Utrecht');
});

// Catches a menu that offers what cannot be done, or says nothing about why.
test('without a model only what needs none is offered to rewrite', async ({ stage }) => {
  const desk = await stage.open({ play: ['03-return-with-typos'] });
  await desk.openCard('Siobhan Kearney');
  const claims = await desk.card.claims.count();
  await desk.press('m');
  await expect(desk.page.getByRole('menuitem', { name: /Longer/ })).toContainText('needs a chat model');
  await desk.press('l');
  await desk.expectNotice('No chat model is set up.');
  await desk.press('m');
  await desk.press('s');
  await desk.expectNotice('Rewritten and checked again: Shorter.');
  expect(await desk.card.claims.count()).toBeLessThan(claims);
});
