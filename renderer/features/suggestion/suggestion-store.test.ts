import { describe, expect, it } from 'vitest';

import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge, type ScriptedBridge } from '../../bridge/scripted-bridge.js';
import { sampleEvidence, sampleIntent, sampleReply, sampleSentence } from './suggestion-samples.js';
import { createSuggestionStore, selectCard, type SuggestionStore } from './suggestion-store.js';

interface Desk {
  readonly bridge: ScriptedBridge;
  readonly store: SuggestionStore;
  readonly clock: { nowMs: number };
}

function desk(latest: Record<string, Suggestion> = {}): Desk {
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': ({ conversationId }) => ok(latest[conversationId] ?? null),
    'suggestion.generate': ({ conversationId }) => ok({ runId: 'unused', conversationId }),
    'suggestion.cancel': () => ok(undefined),
  });
  const clock = { nowMs: 0 };
  const store = createSuggestionStore(bridge, () => clock.nowMs);
  store.getState().connect();
  return { bridge, store, clock };
}

function start({ bridge }: Desk, runId: string, conversationId: string): void {
  bridge.emit('suggestion.run_started', {
    runId,
    conversationId,
    messageId: 'm',
    variant: 'standard',
    strategy: 'local',
  });
}

function stream({ bridge }: Desk, runId: string, conversationId: string, text: string, revision = 0): void {
  const sentence = sampleSentence(`S-${text}`, text);
  bridge.emit('suggestion.draft_streamed', { runId, conversationId, revision, sentence });
}

/** Everything a run may still say after it is over. */
function sayEverything({ bridge }: Desk, runId: string, conversationId: string): void {
  const of = { runId, conversationId };
  const finished = { ...of, status: 'finished', durationMs: 1 } as const;
  bridge.emit('suggestion.draft_streamed', { ...of, revision: 0, sentence: sampleSentence('S9', 'late') });
  bridge.emit('suggestion.draft_streamed', { ...of, revision: 2, sentence: sampleSentence('S9', 'late') });
  bridge.emit('suggestion.stage_changed', { ...finished, stage: 'critique', payload: null });
  bridge.emit('suggestion.stage_changed', {
    ...finished,
    stage: 'intent',
    payload: { stage: 'intent', intent: { ...sampleIntent, name: 'late' } },
  });
  bridge.emit('suggestion.stage_changed', {
    ...finished,
    stage: 'retrieval',
    payload: { stage: 'retrieval', evidence: [{ ...sampleEvidence, id: 'E9' }], similarCases: [] },
  });
  bridge.emit('suggestion.cancelled', of);
  bridge.emit('suggestion.failed', { ...of, error: appError('SUGGESTION_FAILED') });
  bridge.emit('suggestion.ready', { suggestion: sampleReply(runId, conversationId) });
}

const shownTexts = ({ store }: Desk): readonly string[] => {
  const card = selectCard(store.getState());
  return card?.kind === 'running' ? card.run.sentences.map(({ text }) => text) : [];
};

describe('events of a run that is over', () => {
  // Catches a token, a stage or a whole suggestion of the superseded run on the card of the newer one.
  it('change nothing when a newer run of the conversation has started', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'old', 'c-1');
    stream(here, 'old', 'c-1', 'old words');
    start(here, 'new', 'c-1');
    stream(here, 'new', 'c-1', 'new words');
    const before = here.store.getState();
    sayEverything(here, 'old', 'c-1');
    expect(here.store.getState()).toBe(before);
    expect(shownTexts(here)).toEqual(['new words']);
  });

  // Catches a cancelled run that comes back to life with its last words.
  it('change nothing after the run was cancelled', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'r1', 'c-1');
    here.bridge.emit('suggestion.cancelled', { runId: 'r1', conversationId: 'c-1' });
    const before = here.store.getState();
    sayEverything(here, 'r1', 'c-1');
    expect(here.store.getState()).toBe(before);
    expect(selectCard(before)).toEqual({ kind: 'cancelled', runId: 'r1' });
  });

  // Catches a sentence that is added to a finished, already judged reply.
  it('change nothing after the suggestion is ready', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'r1', 'c-1');
    here.bridge.emit('suggestion.ready', { suggestion: sampleReply('r1', 'c-1') });
    const before = here.store.getState();
    sayEverything(here, 'r1', 'c-1');
    expect(here.store.getState()).toBe(before);
  });

  // Catches the old run writing on while main has not yet said that the new one began.
  it('change nothing from the moment the rep asks for another one', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'old', 'c-1');
    void here.store.getState().ask('shorter');
    const before = here.store.getState();
    sayEverything(here, 'old', 'c-1');
    expect(here.store.getState()).toBe(before);
    expect(selectCard(before)).toEqual({ kind: 'waiting' });
  });

  // Catches events without a run in the window (after a reload) that make up half a card.
  it('change nothing when the run was never started here', () => {
    const here = desk();
    const before = here.store.getState();
    sayEverything(here, 'unknown', 'c-1');
    expect(here.store.getState()).toBe(before);
  });
});

describe('two conversations', () => {
  // Catches words of one customer's reply on another customer's card.
  it('never mix, however their events fall', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'r1', 'c-1');
    start(here, 'r2', 'c-2');
    stream(here, 'r1', 'c-1', 'for one');
    stream(here, 'r2', 'c-2', 'for two');
    const cardOne = here.store.getState().cards['c-1'];
    sayEverything(here, 'r2', 'c-2');
    // The run of one conversation, named for the other.
    sayEverything(here, 'r2', 'c-1');
    expect(here.store.getState().cards['c-1']).toBe(cardOne);
    expect(shownTexts(here)).toEqual(['for one']);
  });

  // Catches a card that is thrown away or made again when the rep looks at another conversation.
  it('each keep their card while the rep switches back and forth', async () => {
    const here = desk({ 'c-1': sampleReply('r1', 'c-1'), 'c-2': sampleReply('r2', 'c-2') });
    await here.store.getState().show('c-1');
    const first = selectCard(here.store.getState());
    await here.store.getState().show('c-2');
    start(here, 'r3', 'c-2');
    await here.store.getState().show('c-1');
    expect(selectCard(here.store.getState())).toEqual(first);
    expect(here.bridge.asked.filter(({ name }) => name === 'suggestion.generate')).toEqual([]);
  });
});

describe('opening a conversation', () => {
  // Catches an old suggestion that overwrites a run which began while it was being fetched.
  it('prefers the run that began meanwhile over the stored suggestion', async () => {
    const here = desk({ 'c-1': sampleReply('stored', 'c-1') });
    const shown = here.store.getState().show('c-1');
    start(here, 'newer', 'c-1');
    await shown;
    expect(selectCard(here.store.getState())).toMatchObject({ kind: 'running', run: { runId: 'newer' } });
  });

  // Catches a conversation that stays without a card because nobody asked for one.
  it('asks for a suggestion when there is none yet', async () => {
    const here = desk();
    await here.store.getState().show('c-1');
    expect(here.bridge.asked.at(-1)).toEqual({
      name: 'suggestion.generate',
      input: { conversationId: 'c-1', variant: 'standard' },
    });
  });

  // Catches a red error where there is simply nothing to answer.
  it('rests when the customer has not written', async () => {
    const bridge = createScriptedBridge({
      'suggestion.other': () => ok(null),
      'suggestion.latest': () => ok(null),
      'suggestion.generate': () => err(appError('SUGGESTION_NO_CUSTOMER_MESSAGE')),
    });
    const store = createSuggestionStore(bridge, () => 0);
    await store.getState().show('c-1');
    expect(selectCard(store.getState())).toEqual({ kind: 'idle' });
  });
});

describe('a running suggestion', () => {
  // Catches a rewritten draft appended to the one that critique sent back.
  it('starts its text over with a higher revision and drops a lower one', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'r1', 'c-1');
    stream(here, 'r1', 'c-1', 'first try');
    stream(here, 'r1', 'c-1', 'second try', 1);
    stream(here, 'r1', 'c-1', 'first try, late', 0);
    stream(here, 'r1', 'c-1', 'goes on', 1);
    expect(shownTexts(here)).toEqual(['second try', 'goes on']);
  });

  // Catches a failure without its reason.
  it('ends with the error and its next step', () => {
    const here = desk();
    void here.store.getState().show('c-1');
    start(here, 'r1', 'c-1');
    const error = appError('SUGGESTION_FAILED');
    here.bridge.emit('suggestion.failed', { runId: 'r1', conversationId: 'c-1', error });
    expect(selectCard(here.store.getState())).toEqual({ kind: 'failed', runId: 'r1', error });
  });
});

describe('the time to a decision', () => {
  // Catches a clock that runs while the card lies in a conversation the rep does not look at.
  it('counts from the moment the card is on screen', async () => {
    const here = desk({ 'c-1': sampleReply('r1', 'c-1'), 'c-2': sampleReply('r2', 'c-2') });
    await here.store.getState().show('c-1');
    start(here, 'r9', 'c-2');
    here.clock.nowMs = 1000;
    here.bridge.emit('suggestion.ready', { suggestion: sampleReply('r9', 'c-2') });
    here.clock.nowMs = 5000;
    expect(here.store.getState().decisionMs('r9')).toBe(0);
    await here.store.getState().show('c-2');
    here.clock.nowMs = 5250;
    expect([here.store.getState().decisionMs('r1'), here.store.getState().decisionMs('r9')]).toEqual([
      5250, 250,
    ]);
  });

  // Catches an alternative that asks for what is already on the card, or that never comes round.
  it('alternatives go round: standard, shorter, other source', async () => {
    const variants = ['standard', 'shorter', 'other_source'] as const;
    const asked: (string | null)[] = [];
    for (const variant of variants) {
      const here = desk({ 'c-1': { ...sampleReply('r1', 'c-1'), variant } });
      await here.store.getState().show('c-1');
      asked.push(here.store.getState().alternative());
    }
    expect(asked).toEqual(['shorter', 'other_source', 'standard']);
  });
});
