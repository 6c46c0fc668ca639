import { describe, expect, it } from 'vitest';

import type { Critique, SentenceCritique } from '../../shared/domain/critique.js';
import type { DraftSentence } from '../../shared/domain/draft.js';
import { appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import { sampleReply, sampleSentence } from '../features/suggestion/suggestion-samples.js';
import { selectCard } from '../features/suggestion/suggestion-store.js';
import { createRepActions } from './rep-actions.js';
import { createStores } from './stores.js';

const TRUE = 'You have 30 days.';
const FALSE = 'You have 60 days.';
const BARE = 'We pay you 500 EUR.';

/** A check as main does it, for three sentences: one true, one with a fix, one without. */
function judge(sentences: readonly DraftSentence[]): Critique {
  const verdicts = sentences.map(({ id, text }): SentenceCritique => {
    if (text !== FALSE && text !== BARE)
      return { sentenceId: id, support: 'supported', issues: [], decidedBy: null };
    const issue = { kind: 'number_not_in_source', message: 'Not in the source.', words: null } as const;
    const fix = text === FALSE ? TRUE : null;
    return { sentenceId: id, support: 'unsupported', issues: [{ ...issue, fix }], decidedBy: null };
  });
  return { verdict: 'pass', sentences: verdicts, issues: [], groundedness: 1 };
}

async function desk(texts: readonly string[], isCheckLost = false) {
  const sentences = texts.map((text, at) => sampleSentence(`S${at + 1}`, text));
  const reply = { ...sampleReply('r1', 'c-1', sentences), critique: judge(sentences) };
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': () => ok(reply),
    'suggestion.check': (input) =>
      isCheckLost
        ? err(appError('SUGGESTION_NOT_FOUND'))
        : ok({ draft: { ...reply.draft, sentences: input.sentences }, critique: judge(input.sentences) }),
    'conversation.open': () => err(appError('HELPDESK_UNREACHABLE')),
    'clipboard.write': () => ok(undefined),
    'feedback.submit': () => err(appError('FEEDBACK_NOT_STORED')),
  });
  const stores = createStores(bridge);
  await stores.suggestion.getState().show('c-1');
  await stores.conversation.getState().show('c-1');
  const actions = createRepActions(bridge, stores);
  return {
    ...{ bridge, stores, actions },
    guard: stores.guard.getState,
    composed: () => selectComposer(stores.conversation.getState()).text,
    copied: () => bridge.asked.filter(({ name }) => name === 'clipboard.write').map(({ input }) => input),
    decided: () =>
      bridge.asked
        .filter(({ name }) => name === 'feedback.submit')
        .map(({ input }) => (input as { action: unknown }).action),
    onCard: () => {
      const card = selectCard(stores.suggestion.getState());
      if (card?.kind !== 'ready' || card.suggestion.outcome !== 'reply') return null;
      return card.suggestion.draft.sentences.map(({ text }) => text);
    },
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a reply with a sentence that nothing supports', () => {
  // Catches an unsupported sentence that reaches a customer by the habit of a key, inserted or copied.
  it('goes nowhere by one key, and names the sentence', async () => {
    const here = await desk([TRUE, FALSE]);
    for (const act of [here.actions.insert, here.actions.edit, here.actions.copy]) {
      act();
      const { question } = here.guard();
      expect(question?.kind === 'unsupported' && question.sentences.map((it) => it.sentence.text)).toEqual([
        FALSE,
      ]);
      here.guard().dismiss();
    }
    expect([here.composed(), here.copied(), here.decided()]).toEqual(['', [], []]);
  });

  // Catches a way out of the question that still lets the sentence through, or loses the rest.
  it('is inserted without it when the rep takes it out', async () => {
    const here = await desk([TRUE, FALSE]);
    here.actions.insert();
    here.guard().choose('without');
    await settle();
    expect([here.composed(), here.decided()]).toEqual([TRUE, [{ kind: 'inserted' }]]);
    expect(here.onCard()).toEqual([TRUE]);
  });

  // Catches a deliberate override that nobody hears of.
  it('is let through by choice, and the choice is recorded', async () => {
    const here = await desk([TRUE, FALSE]);
    here.actions.insert();
    here.guard().choose('proceed');
    here.actions.copy();
    here.guard().choose('proceed');
    await settle();
    expect(here.composed()).toBe(`${TRUE} ${FALSE}`);
    expect(here.decided()).toEqual([
      { kind: 'inserted', unsupported: [FALSE] },
      { kind: 'copied', unsupported: [FALSE] },
    ]);
  });

  // Catches an edit that leaves the rep to find the sentence again.
  it('opens for editing with the sentence selected', async () => {
    const here = await desk([TRUE, FALSE]);
    here.actions.insert();
    here.guard().choose('edit');
    const { focusWords, focusRequests } = here.stores.conversation.getState();
    expect([here.composed(), focusWords, focusRequests]).toEqual([`${TRUE} ${FALSE}`, FALSE, 1]);
  });

  // Catches a reply of greetings alone.
  it('is not emptied', async () => {
    const here = await desk([FALSE]);
    here.actions.takeOut(null);
    await settle();
    expect(here.onCard()).toEqual([FALSE]);
    expect(here.stores.notice.getState().toasts.at(-1)).toMatchObject({ tone: 'bad' });
  });
});

// Catches a question that is asked for a merely weak sentence, and so is soon answered without reading.
it('a supported reply is inserted at once', async () => {
  const here = await desk([TRUE]);
  here.actions.insert();
  expect([here.guard().question, here.composed()]).toEqual([null, TRUE]);
});

describe('the key for a fix', () => {
  // Catches a fix without a new verdict, one for another sentence, and a change that cannot be taken back.
  it('takes the fix of the sentence in question, checks again, and can be taken back', async () => {
    const here = await desk([BARE, FALSE]);
    here.actions.takeFix(null);
    await settle();
    expect(here.onCard()).toEqual([BARE, TRUE]);
    here.actions.takeOut(null);
    await settle();
    expect(here.onCard()).toEqual([TRUE]);
    here.actions.restore();
    expect(here.onCard()).toEqual([BARE, FALSE]);
  });

  // Catches a reply that looks repaired although nobody checked it.
  it('changes nothing when the reply cannot be checked again', async () => {
    const here = await desk([FALSE, TRUE], true);
    here.actions.takeFix('S1');
    await settle();
    expect(here.onCard()).toEqual([FALSE, TRUE]);
    expect(here.stores.notice.getState().toasts.at(-1)).toMatchObject({ tone: 'bad' });
  });
});
