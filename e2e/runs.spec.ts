import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ask, listen } from './bridge.js';
import { expect, test } from './fixtures.js';
import { repoRoot, type Cuecard } from './launch.js';
import { recordRuns, type RunRecord } from './probes/run-recorder.js';

// Catches a card for "hi there", and three runs where one answers all.
test('a burst of messages gives one run, about all of them', async ({ stage }) => {
  // The first conversation is there so that the test listens before the burst begins.
  const desk = await stage.open({
    play: ['01-order-status', '02-late-tent-burst'],
    pace: 0.1,
    spacingMs: 4000,
  });
  const heard = await listen(desk.page, [
    'conversation.changed',
    'suggestion.run_started',
    'suggestion.ready',
  ]);
  await expect(desk.inbox.row('Samuel Adeyemi')).toBeVisible();
  // Opened in the middle of the burst, which must not bring a card for half of it.
  await desk.openCard('Samuel Adeyemi');
  const { messages } = await ask(desk.page, 'conversation.open', { conversationId: 'c-02' });
  expect(messages).toHaveLength(4);
  const events = await heard();
  const started = events.flatMap((it) =>
    it.name === 'suggestion.run_started' && it.payload.conversationId === 'c-02' ? [it.payload] : [],
  );
  expect(started).toMatchObject([{ messageId: messages.at(-1)?.id }]);
  const latest = await ask(desk.page, 'suggestion.latest', { conversationId: 'c-02' });
  expect(latest?.runId).toBe(started[0]?.runId);
  expect(latest?.intent.label).toBe('delivery_delay');
});

// Catches a word of an answer to the old message under the new one, the most dangerous thing this window could show.
test('a newer message ends the run, and no word of it is left on the card', async ({ stage }) => {
  const desk = await stage.open({ play: ['15-payment-error-pay-311'], pace: 1.5 });
  const { card, page } = desk;
  await desk.openCard('Noor el Amrani');
  await writeSlowly(desk.cuecard);
  const record = await recordRuns(page, 'c-15');
  await keepRunning(desk.page, 'c-15');
  await expect(desk.messages).toContainText('What does this code mean');
  const { messages } = await ask(page, 'conversation.open', { conversationId: 'c-15' });
  await expect
    .poll(async () => (await ask(page, 'suggestion.latest', { conversationId: 'c-15' }))?.messageId)
    .toBe(messages.at(-1)?.id);
  const last = await ask(page, 'suggestion.latest', { conversationId: 'c-15' });
  await expect(card.root).toHaveAttribute('data-run-id', last?.runId ?? '');
  await card.finished('reply');

  const recorded = await record();
  expect(recorded.cancelled.length).toBeGreaterThan(1);
  expect(
    recorded.snapshots.some(({ runId, sentences }) => isSuperseded(recorded, runId) && sentences.length > 0),
  ).toBe(true);
  expect(recorded.late).toEqual([]);
  expect(leaks(recorded)).toEqual([]);
});

// Catches a card that shows a run of the conversation the rep just left.
test('switching while two conversations run never mixes them', async ({ stage }) => {
  const desk = await stage.open({ play: ['03-return-with-typos', '13-refund-timing'] });
  const { card, page } = desk;
  const customers = { 'Siobhan Kearney': 'c-03', 'Henrik Dahl': 'c-13' } as const;
  await desk.openCard('Siobhan Kearney');
  await desk.openCard('Henrik Dahl');
  const heard = await listen(page, ['suggestion.run_started']);
  for (let round = 0; round < 3; round += 1)
    for (const [customer, conversationId] of Object.entries(customers)) {
      await Promise.all(
        Object.values(customers).map((id) =>
          ask(page, 'suggestion.generate', { conversationId: id, variant: 'standard' }),
        ),
      );
      await desk.openCard(customer);
      const runId = await card.runId();
      const latest = await ask(page, 'suggestion.latest', { conversationId });
      expect(latest?.runId).toBe(runId);
      await expect(card.sentences.first()).toContainText(customer.split(' ')[0] ?? '');
    }
  const owner = new Map((await heard()).map(({ payload }) => [payload.runId, payload.conversationId]));
  expect(owner.size).toBeGreaterThanOrEqual(6);
});

// Catches facts or passages that cross from one customer to another while many messages come in at once.
test('when all conversations come in at once, each card holds its own customer only', async ({ stage }) => {
  const desk = await stage.open();
  const { inbox, page } = desk;
  const orders = ordersByEmail();
  const summaries = () => ask(page, 'conversation.list', undefined);
  await expect.poll(async () => (await summaries()).length).toBe(18);
  await expect(inbox.rows.first()).toHaveAttribute('aria-setsize', '18');
  for (const { id } of await summaries()) {
    await expect
      .poll(async () => (await ask(page, 'suggestion.latest', { conversationId: id }))?.conversationId)
      .toBe(id);
    const [conversation, suggestion] = await Promise.all([
      ask(page, 'conversation.open', { conversationId: id }),
      ask(page, 'suggestion.latest', { conversationId: id }),
    ]);
    const own = new Set(conversation.messages.map((message) => message.id));
    expect(own).toContain(suggestion?.messageId);
    for (const { messageId } of suggestion?.intent.entities ?? []) expect(own).toContain(messageId);
    const written = conversation.messages.map(({ text }) => text).join(' ');
    for (const { input } of suggestion?.toolCalls ?? [])
      for (const order of Object.values(input).filter((value) => /^HP-\d+$/.test(value)))
        expect([
          ...(orders.get(conversation.customer.email ?? '') ?? []),
          ...(written.match(/HP-\d+/g) ?? []),
        ]).toContain(order);
  }
});

/** The demo shop's order numbers by the email of the customer who placed them. */
function ordersByEmail(): Map<string, string[]> {
  const file = path.join(repoRoot, 'resources/demo/shop.json');
  const shop = JSON.parse(readFileSync(file, 'utf8')) as {
    customers: { id: string; email: string }[];
    orders: { id: string; customerId: string }[];
  };
  return new Map(
    shop.customers.map(({ id, email }) => [
      email,
      shop.orders.filter(({ customerId }) => customerId === id).map((order) => order.id),
    ]),
  );
}

/**
 * Lets main stand still for a moment after each sentence it sends. Without it a run often ends before main hears that another is wanted, and
 * whether any is ended early would be chance.
 */
async function writeSlowly({ app }: Cuecard): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const never = new Int32Array(new SharedArrayBuffer(4));
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel: string, ...values: unknown[]) => {
        send(channel, ...values);
        if (values[0] === 'suggestion.draft_streamed') Atomics.wait(never, 0, 0, 40);
      };
    }
  });
}

/** Starts a run whenever the one before has shown its first sentence, until the customer writes again. */
async function keepRunning(page: Page, conversationId: string): Promise<void> {
  await page.evaluate(async (conversation) => {
    let isOn = true;
    let count = 0;
    let answered = '';
    const again = (): void => {
      count += 1;
      const variant = count % 2 === 0 ? 'standard' : 'other_source';
      void window.assist.request('suggestion.generate', { conversationId: conversation, variant });
    };
    window.assist.on('conversation.changed', ({ message }) => {
      if (message?.conversationId === conversation) isOn = false;
    });
    window.assist.on('suggestion.draft_streamed', ({ runId, conversationId: id }) => {
      if (!isOn || id !== conversation || runId === answered) return;
      answered = runId;
      again();
    });
    const started = await window.assist.request('suggestion.generate', {
      conversationId: conversation,
      variant: 'other_source',
    });
    if (!started.ok) throw new Error(started.error.code);
  }, conversationId);
}

const isSuperseded = (recorded: RunRecord, runId: string): boolean => recorded.cancelled.includes(runId);

/** Moments at which the card showed an older run than the newest, or a sentence its own run never wrote. */
function leaks({ snapshots, started, written }: RunRecord): string[] {
  const found = snapshots.flatMap(({ runId, sentences, newestRunId }) => {
    const isOlder = started.includes(runId) && started.indexOf(runId) < started.indexOf(newestRunId);
    const foreign = started.includes(runId)
      ? sentences.filter((shown) => !(written[runId] ?? []).some((text) => shown.includes(text)))
      : [];
    return [
      ...(isOlder && sentences.length > 0 ? [`run ${runId} shown after ${newestRunId} had started`] : []),
      ...foreign.map((text) => `"${text}" shown for run ${runId}`),
    ];
  });
  return [...new Set(found)];
}
