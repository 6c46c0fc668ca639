import { ask } from './bridge.js';
import { expect, sharedDesk, test } from './fixtures.js';

const desk = sharedDesk({
  play: ['01-order-status', '03-return-with-typos', '11-electronics-after-20-days', '14-non-stick-warranty'],
});

// Catches a window that waits to be asked: the first thing a rep sees must be work that is already prepared.
test('the inbox fills and the card of a conversation appears by itself', async () => {
  const { inbox, card } = desk();
  await expect(inbox.rows).toHaveCount(4);
  for (const customer of ['Femke de Vries', 'Siobhan Kearney', 'Pierre Lemoine', 'Aoife Brennan'])
    await expect(inbox.row(customer)).toBeVisible();
  await inbox.open('Femke de Vries');
  await card.finished('reply');
  await expect(card.sentences.first()).toBeVisible();
});

// Catches a card that hides how sure it is or what it found.
test('the card says what the customer wants, how they are, and what they named', async () => {
  const { card, page } = desk();
  await desk().openCard('Femke de Vries');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-01' });
  expect(suggestion?.intent.label).toBe('order_status');
  await expect(card.root.getByRole('heading', { name: suggestion?.intent.name ?? '' })).toBeVisible();
  await expect(card.root).toContainText(/(High|Medium|Low) confidence/);
  await expect(card.root).toContainText(/(Positive|Neutral|Unhappy|Angry)/);
  await expect(card.root).toContainText(/(urgency|Critical)/);
  await expect(card.root).toContainText('English');
  await expect(card.entities).toContainText('HP-104233');
});

// Catches facts that are invented, stale or of another order: what the card shows is what the tool said.
test('order facts come from the look-up tools', async () => {
  const { card, page } = desk();
  await desk().openCard('Femke de Vries');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-01' });
  const calls = suggestion?.toolCalls ?? [];
  expect(calls.map(({ tool }) => tool)).toEqual(expect.arrayContaining(['look_up_order', 'track_shipment']));
  for (const { facts } of calls)
    for (const { label, value } of facts) {
      await expect(card.facts).toContainText(label);
      await expect(card.facts).toContainText(value);
    }
  await expect(card.facts).toContainText('HP-104233');
});

// Catches a stage nobody can see: slow or skipped work must show where the time went.
test('the card tells how long each stage took', async () => {
  const { card, page } = desk();
  await desk().openCard('Femke de Vries');
  const suggestion = await ask(page, 'suggestion.latest', { conversationId: 'c-01' });
  expect(suggestion?.timings.map(({ stage }) => stage)).toEqual(
    expect.arrayContaining(['intent', 'retrieval', 'tools', 'drafting', 'critique']),
  );
  await card.showStages();
  for (const stage of ['Intent', 'Retrieval', 'Tools', 'Drafting', 'Critique'])
    await expect(card.stage(stage)).toContainText(/\d\s?m?s/);
});

// Catches a reply addressed to nobody or to the wrong person.
test('the reply greets the customer who wrote', async () => {
  const { card } = desk();
  for (const [customer, firstName] of [
    ['Siobhan Kearney', 'Siobhan'],
    ['Pierre Lemoine', 'Pierre'],
  ] as const) {
    await desk().openCard(customer);
    await expect(card.sentences.first()).toContainText(firstName);
  }
});

// Catches an unread mark that never goes away, or goes away before the rep has looked.
test('a conversation is unread until it is opened', async ({ stage }) => {
  const { inbox } = await stage.open({ play: ['01-order-status', '14-non-stick-warranty'] });
  await expect(inbox.rows).toHaveCount(2);
  await expect(inbox.current).toHaveCount(1);
  // One is opened by itself: whichever the window hears of first.
  const other = (await inbox.isCurrent('Aoife Brennan')) ? 'Femke de Vries' : 'Aoife Brennan';
  await expect(inbox.row(other)).toContainText('1 unread');
  await expect(inbox.current).not.toContainText('unread');
  await inbox.open(other);
  await expect(inbox.row(other)).not.toContainText('unread');
});
