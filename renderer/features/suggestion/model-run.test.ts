import { describe, expect, it } from 'vitest';

import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { showsModelText } from './card-view.js';
import { sampleReply, sampleSentence } from './suggestion-samples.js';
import { createSuggestionStore, selectCard } from './suggestion-store.js';

const of = { conversationId: 'c-1' };
const local = sampleReply('local', 'c-1', [sampleSentence('S1', 'Local words.')]);
const written: Suggestion = {
  ...sampleReply('model', 'c-1', [sampleSentence('S1', 'Fluent words.')]),
  strategy: 'model',
};

/** A desk with the local card on screen and a model run just begun. */
async function desk() {
  const bridge = createScriptedBridge({
    'suggestion.latest': () => ok(local),
    'suggestion.other': () => ok(null),
    'suggestion.pin': ({ runId }) => ok(runId === 'local' ? local : written),
  });
  const rep = { isReading: false };
  const store = createSuggestionStore(
    bridge,
    () => 0,
    () => rep.isReading,
  );
  store.getState().connect();
  await store.getState().show('c-1');
  bridge.emit('suggestion.run_started', {
    ...{ ...of, runId: 'model', messageId: 'm1', variant: 'standard', strategy: 'model' },
  });
  const card = () => {
    const shown = selectCard(store.getState());
    if (shown?.kind !== 'ready') throw new Error('The finished card must never go away.');
    return shown;
  };
  return {
    ...{ bridge, rep, store, card },
    stream: (text: string) =>
      bridge.emit('suggestion.draft_streamed', {
        ...{ ...of, runId: 'model', revision: 0, sentence: sampleSentence(`S-${text}`, text) },
      }),
    finish: () => bridge.emit('suggestion.ready', { suggestion: written }),
    shows: () => {
      const { suggestion, other } = card();
      return [suggestion.runId, other?.suggestion.runId ?? null, showsModelText(card())];
    },
  };
}

describe('a model that writes after the local card', () => {
  // Catches a blank card while the model thinks, and a reply that is not there once it is done.
  it('takes the place of the local reply as it streams, which stays within reach', async () => {
    const here = await desk();
    expect(here.shows()).toEqual(['local', null, false]);
    here.stream('Fluent');
    expect(here.shows()).toEqual(['local', null, true]);
    here.finish();
    expect(here.shows()).toEqual(['model', 'local', false]);
  });

  // Catches sentences of a model that died that stand below those of the next, until it is done.
  it('is replaced whole by another model that takes over midway', async () => {
    const here = await desk();
    for (const text of ['One.', 'Two.', 'Three.']) here.stream(text);
    here.bridge.emit('suggestion.draft_streamed', {
      ...{ ...of, runId: 'model', revision: 0, sentence: sampleSentence('S1', 'Anew.'), startsOver: true },
    });
    expect(here.card().modelRun?.sentences.map(({ text }) => text)).toEqual(['Anew.']);
  });

  // Catches half a sentence that stays on the card, and a card without the reason.
  it('leaves the local reply with the reason when it dies midway', async () => {
    const here = await desk();
    here.stream('Flu');
    const end = { code: 'MODEL_UNREACHABLE', message: 'The model went away.', canRetry: true } as const;
    here.bridge.emit('suggestion.model_ended', { ...of, runId: 'model', end });
    expect(here.shows()).toEqual(['local', null, false]);
    expect(here.card().modelEnd).toEqual(end);
    here.stream('late');
    expect(here.card().modelRun).toBeNull();
  });

  // Catches a text that changes under the rep's eyes or cursor.
  it.each(['reading', 'pinned', 'inserted'] as const)('waits beside a reply that is %s', async (why) => {
    const here = await desk();
    here.rep.isReading = why === 'reading';
    if (why === 'pinned') await here.store.getState().togglePin();
    if (why === 'inserted') here.store.getState().decide('local', { kind: 'inserted' });
    here.stream('Fluent');
    expect(here.shows()).toEqual(['local', null, false]);
    here.finish();
    expect(here.shows()).toEqual(['local', 'model', false]);
    expect(await here.store.getState().switchStrategy()).toBe('model');
    expect(here.shows()).toEqual(['model', 'local', false]);
  });

  // Catches a choice that main does not know of, so that the other reply is back after a restart.
  it('tells main which reply the rep holds', async () => {
    const here = await desk();
    here.store.getState().decide('local', { kind: 'inserted' });
    here.finish();
    await here.store.getState().switchStrategy();
    const pins = here.bridge.asked.filter(({ name }) => name === 'suggestion.pin').map(({ input }) => input);
    expect(pins).toEqual([
      { ...of, runId: 'local' },
      { ...of, runId: 'model' },
    ]);
  });

  // Catches a rep who lets go of the local reply and has to press another key to see the newer one.
  it('comes on screen when the rep lets go', async () => {
    const here = await desk();
    await here.store.getState().togglePin();
    here.finish();
    await here.store.getState().togglePin();
    expect(here.shows()).toEqual(['model', 'local', false]);
  });

  // Catches words of the model for the message before on the card of the newest one.
  it('has no place on the card of a newer message', async () => {
    const here = await desk();
    here.bridge.emit('suggestion.run_started', {
      ...{ ...of, runId: 'newer', messageId: 'm2', variant: 'standard', strategy: 'local' },
    });
    here.bridge.emit('suggestion.ready', {
      suggestion: { ...sampleReply('newer', 'c-1'), messageId: 'm2' },
    });
    const before = here.store.getState();
    here.stream('late');
    here.finish();
    expect(here.store.getState()).toBe(before);
  });
});
