import { expect, it } from 'vitest';

import { appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import { sampleEvidence, sampleReply, sampleSentence } from '../features/suggestion/suggestion-samples.js';
import { createRepActions } from './rep-actions.js';
import { createStores } from './stores.js';

const reply = sampleReply('r1', 'c-1');

const withheld: Suggestion = {
  ...reply,
  outcome: 'withheld',
  reason: 'no_evidence',
  message: 'Nothing fits.',
  question: null,
};

const escalated: Suggestion = {
  ...reply,
  outcome: 'escalated',
  holdingReply: null,
  handover: {
    reason: 'Legal threat',
    team: 'Legal desk',
    summary: '',
    customerWants: '',
    facts: [],
    openQuestions: [],
    note: 'The whole note',
  },
};

async function desk(suggestion: Suggestion, isDiskFull = false) {
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': () => ok(suggestion),
    'conversation.open': () => err(appError('HELPDESK_UNREACHABLE')),
    'conversation.add_note': () => ok(undefined),
    'clipboard.write': () => ok(undefined),
    'knowledge.article': () => err(appError('KNOWLEDGE_ARTICLE_NOT_FOUND')),
    'feedback.submit': () =>
      err(appError(isDiskFull ? 'FEEDBACK_NOT_STORED' : 'FEEDBACK_UNKNOWN_SUGGESTION')),
  });
  const stores = createStores(bridge);
  await stores.suggestion.getState().show('c-1');
  await stores.conversation.getState().show('c-1');
  return { bridge, stores, actions: createRepActions(bridge, stores) };
}

type Desk = Awaited<ReturnType<typeof desk>>;

const submitted = ({ bridge }: Desk): unknown[] =>
  bridge.asked
    .filter(({ name }) => name === 'feedback.submit')
    .map(({ input }) => (input as { action: unknown }).action);

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

// Catches a decision that changes the screen and is never stored, or is stored for another run.
it('stores what the rep decided with the run it is about', async () => {
  const here = await desk(sampleReply('r1', 'c-1'));
  here.actions.insert();
  here.actions.copy();
  await settle();
  here.actions.openSource(sampleEvidence, null);
  here.actions.submitRejection('wrong_facts', 'It is 14 days.');
  expect(submitted(here)).toEqual([
    { kind: 'inserted' },
    { kind: 'copied' },
    { kind: 'source_opened', evidenceId: 'E1' },
    { kind: 'rejected', reason: 'wrong_facts', comment: 'It is 14 days.' },
  ]);
  expect(selectComposer(here.stores.conversation.getState())).toMatchObject({
    text: 'You have 30 days.',
    runId: 'r1',
  });
});

// Catches a withheld answer that ends up in the composer by habit of the key.
it('inserts nothing where nothing is offered, and a passage as plain text', async () => {
  const here = await desk(withheld);
  here.actions.insert();
  here.actions.copy();
  expect(submitted(here)).toEqual([]);
  expect(selectComposer(here.stores.conversation.getState()).text).toBe('');
  here.actions.insertPassage({ ...sampleEvidence, text: 'You have **30 days**.' });
  expect(selectComposer(here.stores.conversation.getState()).text).toBe('You have 30 days.');
});

// Catches internal text that reaches a customer by the habit of a key.
it('lets internal text out only after a second, deliberate step', async () => {
  const internal = { ...sampleEvidence, audience: 'internal' as const };
  const here = await desk({
    ...reply,
    evidence: [internal],
    draft: {
      ...reply.draft,
      sentences: [
        {
          ...sampleSentence('S1', 'You have 30 days.'),
          citations: [{ kind: 'evidence', evidenceId: 'E1', span: internal.span }],
        },
      ],
    },
  });
  const composed = (): string => selectComposer(here.stores.conversation.getState()).text;
  const guard = here.stores.guard.getState;
  here.actions.insert();
  expect(guard().question).toEqual({ kind: 'internal', how: 'insert', titles: [internal.articleTitle] });
  guard().dismiss();
  guard().choose('proceed');
  expect([composed(), submitted(here)]).toEqual(['', []]);

  here.actions.copy();
  here.actions.copyArticleText({ title: 'Goodwill', audience: 'internal', text: 'Up to 20 EUR.' });
  expect(here.bridge.asked.some(({ name }) => name === 'clipboard.write')).toBe(false);
  here.actions.insertArticleText({ title: 'Goodwill', audience: 'internal', text: 'Up to 20 EUR.' });
  expect(guard().question).toEqual({ kind: 'internal', how: 'insert', titles: ['Goodwill'] });
  guard().choose('proceed');
  expect(composed()).toBe('Up to 20 EUR.');
  expect(guard().question).toBeNull();
});

// Catches a question that is asked for text everybody may read, and so is soon answered without reading.
it('asks nothing about public text', async () => {
  const here = await desk(withheld);
  here.actions.insertPassage(sampleEvidence);
  here.actions.insertArticleText({ title: 'Returns', audience: 'public', text: 'Keep the box.' });
  expect(here.stores.guard.getState().question).toBeNull();
  expect(selectComposer(here.stores.conversation.getState())).toMatchObject({
    text: expect.stringContaining('Keep the box.') as string,
  });
});

// Catches a handover that reaches the next person without its note.
it('adds and copies the whole handover note', async () => {
  const here = await desk(escalated);
  here.actions.addNote();
  here.actions.copyNote();
  expect(here.bridge.asked.slice(-2)).toEqual([
    { name: 'conversation.add_note', input: { conversationId: 'c-1', text: 'The whole note' } },
    { name: 'clipboard.write', input: { text: 'The whole note' } },
  ]);
});

// Catches a lost decision that nobody hears of.
it('tells the rep when a decision could not be stored', async () => {
  const here = await desk(sampleReply('r1', 'c-1'), true);
  here.actions.submitRejection('not_needed', '');
  await settle();
  expect(here.stores.notice.getState().toasts.at(-1)).toMatchObject({ tone: 'bad' });
});
