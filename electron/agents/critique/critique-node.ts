import type { Critique } from '../../../shared/domain/critique.js';
import type { Draft } from '../../../shared/domain/draft.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import { MAX_REVISIONS } from '../stages.js';
import { readableEvidence } from '../screening/screened.js';
import type { StageNode } from '../stage-runner.js';
import type { StateUpdate, SuggestionState, Withheld } from '../state.js';
import { modelDegradation } from '../model-degradation.js';
import { privateValuesOf } from '../private-values.js';
import type { Embedder } from '../../models/embedder.js';
import { createDraftCheck } from './check-draft.js';
import { citeDecisive } from './cite-decisive.js';
import type { Library } from './cited-text.js';
import { judgeDraft } from './judge-draft.js';

export interface CritiqueDeps {
  readonly team: Team;
  readonly now: () => Date;
  /** Compares meanings where the words of a sentence are in no source. */
  readonly embedder: Pick<Embedder, 'embed'>;
  /** The separate questions of a customer's text. */
  readonly questionsOf: (text: string) => string[];
}

const withheld: Withheld = {
  reason: 'unsupported_draft',
  message: 'No sentence of the draft stood up to the check. These passages come closest.',
};

/**
 * Doubts the reply: the local check, then, in a run with a model, its judgement, which may only lower a verdict.
 *
 * Reads `draft` and everything it may cite. Writes `draftCritique`; `rejectedTexts` for a revision; `withheld` when nothing holds. In the
 * last round it takes bad sentences out itself, so that an unsupported one never reaches the card. Changes no sentence; each one it bears
 * out cites what decided it.
 */
export function createCritiqueNode({ team, now, embedder, questionsOf }: CritiqueDeps): StageNode {
  const checkDraft = createDraftCheck(embedder);
  return {
    stage: 'critique',
    async run(state, run) {
      const { draft } = state;
      if (!draft) return { update: { withheld }, payload: { stage: 'critique' } };
      const { model, conversation } = run.context;
      const critique = await check(draft, state, conversation.customer.email ?? '', run.signal);
      const warnings = conflictWarnings(critique);
      if (!model?.stages.has('critique'))
        return { update: { ...outcome(draft, critique), warnings }, payload: { stage: 'critique' } };
      const judgement = await judgeDraft({
        ...{ draft, critique, library: libraryOf(state), team, model },
        privateValues: privateValuesOf(conversation, state),
        signal: run.signal,
      });
      const degradations = judgement.failure ? [modelDegradation('critique', judgement.failure)] : [];
      return {
        update: { ...outcome(draft, judgement.critique), degradations, warnings },
        payload: { stage: 'critique' },
      };
    },
    withoutIt: () => ({
      draft: null,
      withheld: {
        reason: 'unsupported_draft',
        message: 'The reply could not be checked, so it is not shown.',
      },
    }),
  };

  function libraryOf({ evidence, sources, toolCalls }: SuggestionState): Library {
    return { evidence: evidence.map(readableEvidence), sources, toolCalls, macros: team.macros };
  }

  function check(
    draft: Draft,
    state: SuggestionState,
    email: string,
    signal: AbortSignal,
  ): Promise<Critique> {
    const { orderQuestion, customerIntent, customerTurn, questions } = state;
    const orders = orderQuestion?.kind === 'which_order' ? orderQuestion.orderIds : [];
    return checkDraft(
      {
        draft,
        library: libraryOf(state),
        team,
        asked: questions.length > 0 ? questions : questionsOf(customerTurn?.text ?? ''),
        query: `${customerIntent?.query ?? ''} ${customerIntent?.label ? customerIntent.name : ''}`,
        own: [email, ...orders].join('\n'),
        today: now().toISOString().slice(0, 10),
      },
      signal,
    );
  }

  function outcome(written: Draft, critique: Critique): StateUpdate {
    const { verdict } = critique;
    const draft = citeDecisive(written, critique);
    if (verdict === 'withhold') return { draftCritique: critique, draft: null, withheld };
    if (verdict === 'pass') return { draft, draftCritique: critique };
    if (draft.revision < MAX_REVISIONS)
      return { draftCritique: critique, rejectedTexts: badTexts(draft, critique) };
    const good = new Set(goodIds(critique));
    const sentences = draft.sentences.filter(({ id }) => good.has(id));
    const kept = critique.sentences.filter(({ sentenceId }) => good.has(sentenceId));
    return {
      draft: { ...draft, sentences },
      draftCritique: { ...critique, verdict: 'pass', sentences: kept },
    };
  }
}

function conflictWarnings({ issues }: Critique): Warning[] {
  return issues
    .filter(({ kind }) => kind === 'sources_conflict')
    .map(({ message }) => ({ code: 'evidence_conflict', message }));
}

function goodIds({ sentences }: Critique): string[] {
  return sentences.filter(({ support }) => support !== 'unsupported').map(({ sentenceId }) => sentenceId);
}

/** Texts not to be written again, without the numbers of steps; a list with one bad step goes as a whole. */
function badTexts(draft: Draft, critique: Critique): string[] {
  const good = new Set(goodIds(critique));
  const bad = draft.sentences.filter(({ id }) => !good.has(id));
  const isStep = (text: string): boolean => /^\d+\. /.test(text);
  const steps = bad.some(({ text }) => isStep(text))
    ? draft.sentences.filter(({ text }) => isStep(text))
    : [];
  return [...bad, ...steps].map(({ text }) => text.replace(/^\d+\. /, ''));
}
