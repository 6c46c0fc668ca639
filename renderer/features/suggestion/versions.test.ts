import { describe, expect, it } from 'vitest';

import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { sampleReply, sampleSentence } from './suggestion-samples.js';
import { createSuggestionStore, selectCard } from './suggestion-store.js';
import { versionCounts, versionName } from './version-name.js';
import { versionKey, versionsOf } from './versions.js';

type Reply = Extract<Suggestion, { outcome: 'reply' }>;
const local = sampleReply('local', 'c-1', [sampleSentence('S1', 'Local words.')]);
const fluent: Reply = {
  ...sampleReply('model', 'c-1', [sampleSentence('S1', 'Fluent words.')]),
  strategy: 'model',
};
const shorter: Reply = {
  ...sampleReply('short', 'c-1', [sampleSentence('S1', 'Short.')]),
  createdAt: '2026-11-24T10:01:00.000Z',
  variant: 'shorter',
};

async function desk() {
  const pinned: (string | null)[] = [];
  const bridge = createScriptedBridge({
    'suggestion.latest': () => ok(local),
    'suggestion.other': () => ok(fluent),
    'suggestion.generate': () => ok({ runId: 'short', conversationId: 'c-1' }),
    'suggestion.pin': ({ runId }) => {
      pinned.push(runId);
      return ok(local);
    },
    'suggestion.check': ({ sentences }) => {
      const { draft, critique } = sampleReply('x', 'c-1', sentences);
      return ok({ draft, critique });
    },
    'suggestion.rewrite': ({ source }) => {
      const before = source.kind === 'reply' ? source.sentences : [];
      const sentences = before.map((one) => ({ ...one, text: `Dear! ${one.text}` }));
      const { critique } = sampleReply('x', 'c-1', sentences);
      return ok({ text: '', sentences, critique, strategy: 'model', modelUse: [] });
    },
  });
  const store = createSuggestionStore(bridge, () => 0);
  store.getState().connect();
  await store.getState().show('c-1');
  const act = () => store.getState();
  const card = () => {
    const shown = selectCard(store.getState());
    if (shown?.kind !== 'ready') throw new Error('A finished card was expected.');
    return shown;
  };
  const versions = () => versionsOf(card(), act().kept['c-1'] ?? []);
  const keyAt = (position: number): string => {
    const version = versions()[position - 1];
    if (!version) throw new Error(`There is no version ${String(position)}.`);
    return versionKey(version);
  };
  const words = (suggestion: Suggestion): string =>
    suggestion.outcome === 'reply' ? suggestion.draft.sentences.map(({ text }) => text).join(' ') : '';
  return {
    ...{ bridge, pinned, act, card, versions },
    shows: () => words(card().suggestion),
    edit: (text: string) => act().revise(card().suggestion.runId, [sampleSentence('S1', text)]),
    list: () => versions().map((one) => `${versionName(one)}: ${words(one.suggestion)}`),
    pick: (position: number) => act().choose(keyAt(position)),
    keyAt,
    async ask() {
      await act().ask('shorter');
      bridge.emit('suggestion.run_started', {
        ...{ conversationId: 'c-1', runId: 'short', messageId: 'm1', variant: 'shorter', strategy: 'local' },
      });
      bridge.emit('suggestion.ready', { suggestion: shorter });
    },
  };
}

describe('the versions of a reply', () => {
  // Catches fixes the rep made in one reply that are gone when they have looked at the other.
  it('keep the rep’s changes on both sides of local and model', async () => {
    const here = await desk();
    await here.edit('Local words, fixed.');
    expect(await here.act().switchStrategy()).toBe('model');
    await here.edit('Fluent words, fixed.');
    expect(await here.act().switchStrategy()).toBe('local');
    expect(here.shows()).toBe('Local words, fixed.');
    expect(await here.act().switchStrategy()).toBe('model');
    expect(here.shows()).toBe('Fluent words, fixed.');
    here.act().restore('model');
    expect(here.shows()).toBe('Fluent words.');
    expect(here.pinned).toEqual(['model', 'local', 'model']);
  });

  // Catches a reply that is lost once another was asked for, and numbers that change under the rep's fingers.
  it('stay within reach with their numbers: runs, models and rewrites', async () => {
    const here = await desk();
    expect(here.list()).toEqual(['Local: Local words.', 'Model: Fluent words.']);
    expect(await here.act().rewrite({ kind: 'friendlier' })).toBe(true);
    await here.ask();
    const all = [
      'Local: Local words.',
      'Local, rewritten: friendlier: Dear! Local words.',
      'Model: Fluent words.',
      'Local, shorter: Short.',
    ];
    expect(here.list()).toEqual(all);
    for (const position of [2, 3, 1, 4]) {
      expect(await here.pick(position)).toBe(true);
      expect(`${versionName(here.card())}: ${here.shows()}`).toBe(all[position - 1]);
      expect(here.list()).toEqual(all);
    }
  });

  it('tell how well they stand and how long they are', async () => {
    const here = await desk();
    expect(here.versions().map(versionCounts)).toEqual([
      '1 of 1 supported · 2 words',
      '1 of 1 supported · 2 words',
    ]);
    await here.edit('Local words indeed.');
    expect(here.versions().map(versionCounts)[0]).toBe('1 of 1 supported · 3 words · changed by you');
  });

  // Catches a reply with the rep's fixes that is gone because they asked for another one and it failed.
  it('are there again where asking for another one was stopped or failed', async () => {
    const here = await desk();
    await here.edit('Local words, fixed.');
    expect(here.act().back()).toBe(false);
    await here.act().ask('shorter');
    const run = { conversationId: 'c-1', runId: 'short' };
    here.bridge.emit('suggestion.run_started', {
      ...{ ...run, messageId: 'm1', variant: 'shorter', strategy: 'local' },
    });
    here.bridge.emit('suggestion.cancelled', run);
    expect(here.act().back()).toBe(true);
    expect(here.shows()).toBe('Local words, fixed.');
  });

  // Catches a reply to an older message that goes out as the answer to a new one.
  it('of an older message are not offered any more', async () => {
    const here = await desk();
    const key = here.keyAt(2);
    here.bridge.emit('suggestion.run_started', {
      ...{ conversationId: 'c-1', runId: 'new', messageId: 'm2', variant: 'standard', strategy: 'local' },
    });
    const suggestion = { ...sampleReply('new', 'c-1'), messageId: 'm2' };
    here.bridge.emit('suggestion.ready', { suggestion });
    expect(here.list()).toEqual(['Local: You have 30 days.']);
    expect(await here.act().choose(key)).toBe(false);
    here.bridge.emit('suggestion.run_started', {
      ...{ conversationId: 'c-1', runId: 'newer', messageId: 'm3', variant: 'standard', strategy: 'local' },
    });
    here.bridge.emit('suggestion.cancelled', { conversationId: 'c-1', runId: 'newer' });
    expect(here.act().back()).toBe(false);
  });
});
