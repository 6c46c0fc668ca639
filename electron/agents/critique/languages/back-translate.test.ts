import { describe, expect, it } from 'vitest';

import type { Critique } from '../../../../shared/domain/critique.js';
import type { Draft } from '../../../../shared/domain/draft.js';
import { draftOf, libraryOf } from '../../../evaluation/critique-set.js';
import {
  createScriptedChatModel,
  promptOf,
  ScriptedFailure,
  type Script,
} from '../../../models/scripted-chat-model-for-tests.js';
import { emptyTeam } from '../../../workspace/team-loader.js';
import { createRunModel } from '../../run-model.js';
import { checkDraft } from '../check-draft.js';
import { checkThroughTranslation } from './back-translate.js';

const passage = {
  title: 'Return an item',
  text: 'You can return an item within 30 days of delivery. Mattresses cannot be returned once the film is open.',
  validUntil: null,
};

async function checked(sentences: readonly string[], script: Script) {
  const draft = draftOf(sentences);
  const check = (one: Draft): Promise<Critique> =>
    Promise.resolve(
      checkDraft({
        draft: one,
        library: libraryOf({ passages: [passage], facts: [] }),
        ...{ team: emptyTeam('Shop'), query: '', own: '', today: '2026-11-20' },
      }),
    );
  const { model: chat, calls } = createScriptedChatModel(script);
  const model = createRunModel({
    ...{ chat, runId: 'r', conversationId: 'c', stages: new Set(['critique' as const]), mayReuse: false },
    countTokens: (text) => text.length,
    limitMs: () => 5_000,
  });
  const { signal } = new AbortController();
  const critique = await check(draft);
  const result = await checkThroughTranslation({ draft, critique, model, privateValues: [], signal, check });
  return { ...result, before: critique, calls };
}

const saying = (...english: string[]): Script => ({
  fill: () => ({ sentences: english.map((text, at) => ({ id: `S${String(at + 1)}`, english: text })) }),
});
const RETURN = 'Sie können einen Artikel innerhalb von 30 Tagen nach der Lieferung zurückgeben.';
const MATTRESS = 'Matratzen können zurückgegeben werden, sobald die Folie geöffnet ist.';

describe('a reply in another language than its sources, in a run with a model', () => {
  // Catches: a model that makes a sentence "supported", or a source shown to it that it can translate towards.
  it('stays weak where what it means is supported, and says so', async () => {
    const { critique, calls } = await checked(
      [RETURN],
      saying('You can return an item within 30 days of delivery.'),
    );
    expect(critique.sentences[0]).toMatchObject({
      support: 'weak',
      issues: [
        {
          kind: 'other_language',
          message: expect.stringContaining('Checked through a translation') as string,
        },
      ],
      decidedBy: { kind: 'evidence', evidenceId: 'E1', span: { start: 0, end: 50 } },
      through: { kind: 'back_translation', text: 'You can return an item within 30 days of delivery.' },
    });
    expect(calls).toHaveLength(1);
    expect(calls.map((call) => promptOf(call)).join()).not.toContain('within 30 days of delivery');
  });

  // Catches: the negation no comparison of words across languages can see.
  it('is unsupported where the evidence denies what it means', async () => {
    const { critique, before } = await checked(
      [RETURN, MATTRESS],
      saying(
        'You can return an item within 30 days of delivery.',
        'Mattresses can be returned once the film is open.',
      ),
    );
    expect(before.sentences.map(({ support }) => support)).toEqual(['weak', 'weak']);
    expect(critique.sentences.map(({ support }) => support)).toEqual(['weak', 'unsupported']);
    expect(critique.verdict).toBe('revise');
  });

  // Catches: a model that "corrects" the sentence while it translates, and so hides what is wrong with it.
  it.each([
    ['a "not" put in', MATTRESS, 'Mattresses cannot be returned once the film is open.'],
    ['another number', RETURN, 'You can return an item within 31 days of delivery.'],
  ])('counts for nothing with %s', async (_, sentence, english) => {
    const { critique } = await checked([sentence], saying(english));
    expect(critique.sentences[0]).toMatchObject({
      support: 'weak',
      issues: [{ kind: 'other_language', message: expect.stringContaining('does not agree') as string }],
    });
  });

  // Catches: a failing or silly model that costs the reply.
  it.each<[string, Script]>([
    [
      'fails',
      {
        fill: () => {
          throw new ScriptedFailure('MODEL_TIME_LIMIT');
        },
      },
    ],
    ['answers in German', saying(RETURN)],
    [
      'answers another sentence',
      { fill: () => ({ sentences: [{ id: 'S7', english: 'You can return it.' }] }) },
    ],
  ])('keeps its verdicts when the model %s', async (_, script) => {
    const { critique, before } = await checked([RETURN], script);
    expect(critique).toEqual(before);
  });

  // Catches: a call for every English reply.
  it('asks nothing about English sentences', async () => {
    const { calls } = await checked(['You can return an item within 30 days of delivery.'], saying('x'));
    expect(calls).toEqual([]);
  });
});
