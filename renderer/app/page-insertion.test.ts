import { expect, it } from 'vitest';

import type { InsertOutcome } from '../../shared/contracts/ipc/view.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import type { RunEvent } from '../features/suggestion/card-state.js';
import { advanceCard } from '../features/suggestion/card-updates.js';
import { sampleReply, sampleSentence } from '../features/suggestion/suggestion-samples.js';
import { createActionTools } from './action-tools.js';
import { createPageInsertion } from './page-insertion.js';
import { createRepActions } from './rep-actions.js';
import { createStores } from './stores.js';

const REPLY = 'You have 30 days.';
const reply = (runId: string, text = REPLY): Suggestion => ({
  ...sampleReply(runId, 'c-1', [sampleSentence('S1', text)]),
});

async function desk(how: InsertOutcome = 'inserted', first: Suggestion = reply('r1')) {
  const place = { how };
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': () => ok(first),
    'suggestion.pin': () => ok(null),
    'conversation.open': () => err(appError('HELPDESK_UNREACHABLE')),
    'clipboard.write': () => ok(undefined),
    'view.open': () =>
      ok({ connectionId: 'desk-1', url: '', isLoading: false, blocked: null, problem: '', allowed: [] }),
    'view.insert': () => ok({ how: place.how }),
    'feedback.submit': ({ runId, action, decisionMs }) =>
      ok({
        ...{ id: 'f1', runId, action, decisionMs, conversationId: 'c-1', intent: null, outcome: 'reply' },
        ...{ createdAt: '2026-11-24T10:00:00.000Z', draftText: REPLY, diff: [] },
      }),
  });
  const stores = createStores(bridge);
  await stores.suggestion.getState().show('c-1');
  await stores.conversation.getState().show('c-1');
  await stores.view.getState().open('desk-1', null);
  const inputs = (name: string): unknown[] =>
    bridge.asked.filter((asked) => asked.name === name).map(({ input }) => input);
  return {
    ...{ bridge, stores, place },
    actions: createRepActions(bridge, stores),
    put: () => inputs('view.insert').map((input) => (input as { text: string }).text),
    decided: () => inputs('feedback.submit').map((input) => (input as { action: unknown }).action),
    copied: () => inputs('clipboard.write'),
    composed: () => selectComposer(stores.conversation.getState()).text,
    said: () => stores.notice.getState().milestone.text,
  };
}
type Here = Awaited<ReturnType<typeof desk>>;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
async function press(here: Here): Promise<void> {
  here.actions.insertIntoPage();
  await settled();
}
/** A new message of the customer: its run begins, and ends with what is given. */
function answers(
  here: Here,
  { runId, conversationId, messageId, variant }: Suggestion,
  end?: Suggestion,
): void {
  const payload = { runId, conversationId, messageId, variant, strategy: 'local' } as const;
  const events: RunEvent[] = [{ name: 'suggestion.run_started', payload }];
  if (end) events.push({ name: 'suggestion.ready', payload: { suggestion: end } });
  for (const event of events)
    here.stores.suggestion.setState(({ cards }) => {
      const card = advanceCard(cards['c-1'], event, false);
      return card ? { cards: { ...cards, 'c-1': card } } : {};
    });
}
const answered = (here: Here, next: Suggestion): void => answers(here, next, next);

// Catches: a reply in the page that the team never hears of, or hears of twice.
it('puts the shown reply into the page by one key, and counts as inserted', async () => {
  const here = await desk();
  await press(here);
  expect([here.put(), here.decided(), here.composed()]).toEqual([[REPLY], [{ kind: 'inserted' }], '']);
  expect(here.said()).toContain('Inserted into the helpdesk');
});

// Catches: the card's reply in the place of what the rep wrote, and a decision that is counted a second time.
it('takes what the rep has begun to write', async () => {
  const here = await desk();
  here.actions.edit();
  here.stores.conversation.getState().type(`${REPLY} Enjoy!`);
  await press(here);
  expect([here.put(), here.decided()]).toEqual([[`${REPLY} Enjoy!`], [{ kind: 'inserted' }]]);
});

// Catches: a reply to the message before, which still lies in the composer, in the place of the one that is shown.
it('takes the card’s reply where the composer holds an older one', async () => {
  const untouched = await desk('other_conversation');
  untouched.actions.insert();
  await settled();
  expect(untouched.composed()).toBe(REPLY);
  untouched.place.how = 'inserted';
  answered(untouched, reply('r2', 'It is on its way.'));
  await press(untouched);
  expect(untouched.put().at(-1)).toBe('It is on its way.');

  const used = await desk();
  used.actions.edit();
  used.stores.conversation.getState().type(`${REPLY} Enjoy!`);
  await press(used);
  answered(used, reply('r2', 'It is on its way.'));
  await press(used);
  expect(used.put()).toEqual([`${REPLY} Enjoy!`, 'It is on its way.']);
});

// Catches: a half-written reply in the page, and a key that says nothing while a run goes on.
it('puts nothing in while the reply is on its way', async () => {
  const here = await desk();
  answers(here, reply('r2'));
  await press(here);
  expect([here.put(), here.decided()]).toEqual([[], []]);
  expect(here.said()).toContain('not ready');
});

// Catches: text of one customer that lies ready to be pasted while the rep is in the page of another.
it('puts and copies nothing where the page shows another conversation', async () => {
  const here = await desk('other_conversation');
  await press(here);
  expect([here.decided(), here.copied(), here.composed()]).toEqual([[], [], '']);
  expect(here.said()).toContain('another conversation');
});

// Catches: a key that loses the reply where no field has the focus.
it('copies where no field has the focus', async () => {
  const here = await desk('no_editor');
  await press(here);
  expect([here.copied(), here.decided()]).toEqual([[{ text: REPLY }], [{ kind: 'copied' }]]);
});

// Catches: a sentence nothing supports in the customer's mail by the habit of a key.
it('asks about a sentence nothing supports, as inserting does', async () => {
  const bad = sampleReply('r1', 'c-1');
  const { sentences } = bad.draft;
  const here = await desk('inserted', {
    ...bad,
    critique: {
      ...bad.critique,
      sentences: sentences.map(({ id }) => ({
        ...{ sentenceId: id, support: 'unsupported' as const, decidedBy: null },
        issues: [{ kind: 'no_citation' as const, message: '', words: null, fix: null }],
      })),
    },
  });
  await press(here);
  expect(here.put()).toEqual([]);
  expect(here.stores.guard.getState().question?.kind).toBe('unsupported');
  here.stores.guard.getState().choose('proceed');
  await settled();
  expect(here.put()).toHaveLength(1);
  expect(here.decided()).toMatchObject([
    { kind: 'inserted', unsupported: sentences.map(({ text }) => text) },
  ]);
});

// Catches: a withheld reply that comes into the page all the same, and a page that is not there.
it('says so where there is nothing to put in, and where no page is open', async () => {
  const here = await desk();
  const next = sampleReply('r2', 'c-1');
  const why = { reason: 'no_evidence', message: 'Nothing fits.', question: null } as const;
  answered(here, { ...next, outcome: 'withheld', ...why });
  await press(here);
  expect(here.said()).toContain('no reply');
  here.stores.view.setState(({ view }) => ({ view: { ...view, connectionId: null } }));
  await press(here);
  expect(here.said()).toContain('not open');
  expect([here.put(), here.copied(), here.decided()]).toEqual([[], [], []]);
});

// Catches: Insert on the card that goes past the cursor in the page, and one that comes into a page where the rep is not.
it('inserts where the rep’s cursor is: in the page, else in the composer', async () => {
  const inPage = await desk();
  inPage.actions.insert();
  await settled();
  expect([inPage.put(), inPage.composed()]).toEqual([[REPLY], '']);
  for (const how of ['no_editor', 'other_conversation'] as const) {
    const here = await desk(how);
    here.actions.insert();
    await settled();
    expect([here.composed(), here.copied(), here.decided()]).toEqual([REPLY, [], [{ kind: 'inserted' }]]);
    expect(here.said()).toContain('F8');
  }
});

// Catches: a reply that stands twice in the page because the key was pressed twice, and one that can never be put there again.
it('puts nothing in twice, unless it is asked for again', async () => {
  const { bridge, stores, place, put, said } = await desk('already');
  let time = 0;
  const page = createPageInsertion(stores, createActionTools(bridge, stores), () => time);
  const unlessHeld = () =>
    bridge.asked.flatMap(({ name, input }) =>
      name === 'view.insert' ? [(input as { unlessHeld: string[] }).unlessHeld] : [],
    );
  expect(await page.put('c-1', REPLY, true)).toBe('already');
  expect(said()).toContain('already');
  time = 300;
  expect(await page.put('c-1', REPLY, true)).toBeNull();
  time = 2_000;
  place.how = 'inserted';
  expect(await page.put('c-1', REPLY, true)).toBe('inserted');
  expect(unlessHeld()).toEqual([[REPLY], []]);
  time = 3_000;
  // Another reply, while the first one is perhaps still there; the rep's own words may come beside it.
  expect(await page.put('c-1', 'Another.', true)).toBe('inserted');
  expect(await page.put('c-1', 'My words.', false)).toBe('inserted');
  expect(await page.put('c-1', 'A third.', true)).toBe('inserted');
  expect(unlessHeld().slice(2)).toEqual([['Another.', REPLY], ['My words.'], ['A third.', 'Another.']]);
  // The form for the next reply quotes what went out before.
  stores.view.setState(({ view }) => ({ view: { ...view, url: 'https://desk.example/ticket/42/reply' } }));
  expect(await page.put('c-1', 'A fourth.', true)).toBe('inserted');
  expect(unlessHeld().at(-1)).toEqual(['A fourth.']);
  expect(put()).toHaveLength(6);
});

// Catches: two quick presses that are both on their way before the first has written.
it('has one text on its way at a time', async () => {
  const here = await desk();
  here.actions.insertIntoPage();
  here.actions.insertIntoPage();
  await settled();
  expect([here.put(), here.decided()]).toEqual([[REPLY], [{ kind: 'inserted' }]]);
});
