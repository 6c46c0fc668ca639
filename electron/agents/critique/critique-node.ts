import type { Critique, CritiqueIssue, SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft } from '../../../shared/domain/draft.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import { MAX_REVISIONS, REWRITE_SHARE } from '../stages.js';
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
import { checkThroughTranslation } from './languages/back-translate.js';

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
 * Doubts the reply: the local check, then, in a run with a model, what it says sentences of another language mean, and its judgement; both may only lower a verdict.
 *
 * Reads `draft` and everything it may cite. Writes `draftCritique`; `rejectedTexts` for a revision; `withheld` when nothing holds. Of a
 * local draft bad sentences are taken out in the last round: nothing there is more than a quotation. Of a model's draft the rep sees them,
 * marked, and decides; only what must not be seen outside goes. Changes no sentence; each one it bears out cites what decided it.
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
        return { update: { ...outcome(draft, critique, false), warnings }, payload: { stage: 'critique' } };
      const privateValues = privateValuesOf(conversation, state);
      const own = conversation.customer.email ?? '';
      const read = await checkThroughTranslation({
        ...{ draft, critique, model, privateValues, signal: run.signal },
        check: (english) => check(english, state, own, run.signal),
      });
      const judgement = await judgeDraft({
        ...{ draft, critique: read.critique, library: libraryOf(state), team, model },
        ...{ privateValues, signal: run.signal },
      });
      const failure = judgement.failure ?? read.failure;
      const degradations = failure ? [modelDegradation('critique', failure)] : [];
      return {
        update: { ...outcome(draft, judgement.critique, true), degradations, warnings },
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

  function outcome(written: Draft, critique: Critique, isFree: boolean): StateUpdate {
    const { verdict } = critique;
    const draft = citeDecisive(written, critique);
    if (verdict === 'withhold') return { draftCritique: critique, draft: null, withheld };
    if (verdict === 'pass') return { draft, draftCritique: critique };
    if (isFree) return shown(draft, critique);
    if (draft.revision < MAX_REVISIONS)
      return { draftCritique: critique, rejectedTexts: badTexts(draft, critique) };
    return keeping(draft, critique, new Set(goodIds(critique)));
  }
}

/** What no rep may let through by mistake. */
const LEAKS: ReadonlySet<CritiqueIssue['kind']> = new Set([
  'internal_text',
  'personal_data',
  'fact_of_other_customer',
]);

/** A draft of free words: written again when much of it is bad, else shown with its verdicts and without its leaks. */
function shown(draft: Draft, critique: Critique): StateUpdate {
  const badShare = 1 - goodIds(critique).length / Math.max(1, draft.sentences.length);
  if (draft.revision === 0 && badShare >= REWRITE_SHARE)
    return { draftCritique: critique, rejectedTexts: badTexts(draft, critique) };
  const leaks = ({ issues }: SentenceCritique): boolean => issues.some(({ kind }) => LEAKS.has(kind));
  const kept = critique.sentences.filter((sentence) => !leaks(sentence));
  return keeping(draft, critique, new Set(kept.map(({ sentenceId }) => sentenceId)));
}

function keeping(draft: Draft, critique: Critique, ids: ReadonlySet<string>): StateUpdate {
  return {
    draft: { ...draft, sentences: draft.sentences.filter(({ id }) => ids.has(id)) },
    draftCritique: {
      ...critique,
      verdict: 'pass',
      sentences: critique.sentences.filter(({ sentenceId }) => ids.has(sentenceId)),
    },
  };
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
