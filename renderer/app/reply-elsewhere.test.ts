import { expect, it } from 'vitest';

import type { InsertOutcome } from '../../shared/contracts/ipc/view.js';
import type { SentenceCritique } from '../../shared/domain/critique.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { sampleReply, sampleSentence } from '../features/suggestion/suggestion-samples.js';
import { dropHeld } from './drop-held.js';
import { createRepActions } from './rep-actions.js';
import { createStores } from './stores.js';

const TRUE = 'You have 30 days.';
const FALSE = 'You have 60 days.';

const verdict = (sentenceId: string, isBad: boolean): SentenceCritique => ({
  ...{ sentenceId, support: isBad ? 'unsupported' : 'supported', decidedBy: null },
  issues: isBad ? [{ kind: 'no_citation', message: '', words: null, fix: null }] : [],
});
function replyOf(id: string, bad: readonly string[]): Suggestion {
  const reply = sampleReply(`r-${id}`, id, [sampleSentence('S1', TRUE), sampleSentence('S2', FALSE)]);
  const sentences = ['S1', 'S2'].map((one) => verdict(one, bad.includes(one)));
  return { ...reply, critique: { ...reply.critique, sentences } };
}

/** Two conversations, of which `first` is on screen beside the helpdesk's page; what main is asked for waits where the test holds it. */
async function desk(bad: readonly string[], hasPage = true) {
  let release: (how: InsertOutcome) => void = () => undefined;
  let check: () => void = () => undefined;
  const closed = { url: '', isLoading: false, blocked: null, problem: '', allowed: [] };
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': ({ conversationId }) => ok(replyOf(conversationId, bad)),
    'suggestion.check': ({ sentences }) =>
      new Promise((resolve) => {
        const { draft, critique } = sampleReply('r-first', 'first');
        check = () => resolve(ok({ draft: { ...draft, sentences }, critique }));
      }),
    'conversation.open': () => err(appError('HELPDESK_UNREACHABLE')),
    'clipboard.write': () => ok(undefined),
    'view.open': () => ok({ connectionId: 'desk-1', ...closed }),
    'view.insert': () => new Promise((resolve) => (release = (how) => resolve(ok({ how })))),
    'feedback.submit': () => err(appError('FEEDBACK_NOT_STORED')),
  });
  const stores = createStores(bridge);
  const show = async (id: string): Promise<void> => {
    await stores.suggestion.getState().show(id);
    await stores.conversation.getState().show(id);
  };
  await show('first');
  if (hasPage) await stores.view.getState().open('desk-1', null);
  return {
    ...{ stores, show, actions: createRepActions(bridge, stores) },
    guard: stores.guard.getState,
    release: (how: InsertOutcome) => release(how),
    check: () => check(),
    /** What came anywhere: into the page, a composer, the clipboard, or the record. */
    came: () => [
      ...bridge.asked.filter(({ name }) =>
        ['view.insert', 'clipboard.write', 'feedback.submit'].includes(name),
      ),
      ...Object.values(stores.conversation.getState().composers).filter(({ text }) => text !== ''),
    ],
    said: () => stores.notice.getState().milestone.text,
  };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

// Catches: the reply to one customer in the ticket or the composer of another, because the page went on while the rep was asked.
it.each([
  ['insert', 'proceed', true],
  ['insert', 'proceed', false],
  ['insertIntoPage', 'proceed', true],
  ['edit', 'proceed', false],
  ['edit', 'edit', false],
] as const)('puts nothing elsewhere after the question (%s, %s)', async (act, choice, hasPage) => {
  const here = await desk(['S2'], hasPage);
  here.actions[act]();
  expect(here.guard().question?.kind).toBe('unsupported');
  await here.show('second');
  here.guard().choose(choice);
  await settled();
  expect(here.came()).toEqual([]);
  expect(here.stores.conversation.getState().focusRequests).toBe(0);
  expect(here.said()).toMatch(/another conversation/iu);
});

// Catches: a reply that falls into the composer of the conversation that came on screen while the page was asked.
it.each(['no_editor', 'other_conversation'] as const)(
  'puts nothing into another composer (%s)',
  async (how) => {
    const here = await desk([]);
    here.actions.insert();
    await here.show('second');
    here.release(how);
    await settled();
    expect(here.came()).toMatchObject([{ name: 'view.insert', input: { conversationId: 'first' } }]);
    expect(here.said()).toContain('nothing was put in');
  },
);

// Catches: a sentence taken out of one reply, and then another customer's reply inserted in its place.
it('inserts after the check only the reply that was checked', async () => {
  const here = await desk(['S2'], false);
  here.actions.insert();
  here.guard().choose('without');
  await here.show('second');
  here.check();
  await settled();
  expect([here.came(), here.guard().question]).toEqual([[], null]);
  expect(here.said()).toContain('nothing was put in');
});

// Catches: a question about one customer's reply that stays over another one's conversation, and one that goes without a word.
it('drops the question where another conversation comes on screen', async () => {
  const here = await desk(['S2']);
  const stop = dropHeld(here.stores);
  here.actions.copy();
  await here.show('first');
  expect(here.guard().question).not.toBeNull();
  await here.show('second');
  expect(here.guard().question).toBeNull();
  expect(here.said()).toContain('nothing was put in');
  here.guard().choose('proceed');
  await settled();
  expect(here.came()).toEqual([]);
  stop();
});
