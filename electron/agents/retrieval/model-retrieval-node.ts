import { z } from 'zod';

import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import type { KnowledgeBase, SearchResult } from '../../knowledge/knowledge-base.js';
import { assembleContext } from '../context/assemble-context.js';
import { modelDegradation } from '../model-degradation.js';
import { privateValuesOf } from '../private-values.js';
import type { StageNode } from '../stage-runner.js';
import type { SuggestionState } from '../state.js';
import { fenceNotice } from '../text/fence.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import { mergedVerdict, mergePassages } from './merge-passages.js';
import { retrievalPrompt } from './retrieval-prompt.js';
import { loadSources, PUBLIC_PASSAGES } from './retrieval-node.js';

export interface ModelRetrievalDeps {
  readonly knowledge: KnowledgeBase;
  readonly team: Team;
  /** Searches with the customer's own words; its passages are always among those that are merged. */
  readonly local: StageNode;
}

const CONTEXT_TOKENS = 2_500;
const MAX_QUERY_CHARACTERS = 240;
const form = z.object({ questions: z.array(z.string().min(3).max(600)).min(1).max(4) });

/**
 * Lets a model say what to search for where the customer's own words do not stand alone: a follow-up ("and for the blue one?"), several
 * questions in one message, or words the search was unsure about. Each question is searched; passages are merged with those the local search found. Writes
 * `questions` too, which drafting answers one by one.
 */
export function createModelRetrievalNode({ knowledge, team, local }: ModelRetrievalDeps): StageNode {
  return {
    ...local,
    async run(state, run) {
      const { context, signal } = run;
      const { model } = context;
      const found = await local.run(state, run);
      const now: SuggestionState = { ...state, ...found.update };
      const { customerIntent: intent, customerTurn: turn } = now;
      if (!model || !intent || !turn || !needsRewriting(now) || !model.isReady('retrieval')) return found;
      const prompt = choosePrompt(team, retrievalPrompt);
      const { text } = assembleContext({
        conversation: context.conversation,
        attachedTexts: context.attachedTexts,
        newestIds: turn.messageIds,
        earlierSummary: context.earlierSummary,
        ...{ toolCalls: [], passages: [] },
        maxTokens: CONTEXT_TOKENS,
        countTokens: model.countTokens,
        boundary: model.boundary,
      });
      const outcome = await model.fill({
        ...{ task: 'retrieval', prompt, form, formName: 'questions', signal },
        turns: [
          { role: 'system', text: `${prompt.text}\n\n# Data\n${fenceNotice(model.boundary)}` },
          { role: 'user', text: `${text}\n\n# Task\nWhich questions does the newest message ask?` },
        ],
        privateValues: privateValuesOf(context.conversation, {
          ...{ customerIntent: intent, toolCalls: [] },
          fileEntities: now.fileEntities,
        }),
      });
      if (!outcome.ok) {
        const degradations = [
          ...(found.update.degradations ?? []),
          modelDegradation('retrieval', outcome.failure),
        ];
        return { ...found, update: { ...found.update, degradations } };
      }
      const questions = [
        ...new Set(outcome.value.questions.map((question) => question.trim().slice(0, MAX_QUERY_CHARACTERS))),
      ];
      const results = await Promise.all(
        questions.map((question) => search(question, intent, now, context.excludeArticleIds, signal)),
      );
      const evidence = merged(now, results);
      const sources = await loadSources(
        knowledge,
        evidence.filter(({ audience }) => audience === 'public'),
      );
      return {
        update: {
          ...found.update,
          questions,
          evidence,
          sources,
          search: mergedVerdict([...results, before(now)]),
        },
        payload: { stage: 'retrieval', evidence, similarCases: now.similarCases },
      };
    },
  };

  function search(
    query: string,
    { language }: Intent,
    { evidence }: SuggestionState,
    excluded: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<SearchResult> {
    const { languages } = team.profile;
    const only = languages.length > 1 && languages.includes(language) ? language : null;
    const options = { language: only, limit: PUBLIC_PASSAGES, audiences: ['public' as const] };
    return knowledge
      .search({ query, ...options, excludeArticleIds: excluded ?? [] }, signal)
      .catch((cause: unknown) => {
        if (signal.aborted || evidence.length === 0) throw cause;
        // One question that cannot be searched must not cost what was found already.
        return { passages: [], confidence: 0, isAnswerable: false, mode: 'lexical' };
      });
  }
}

function needsRewriting({ customerTurn, customerIntent, search }: SuggestionState): boolean {
  if (!customerTurn || customerTurn.isClosing || customerTurn.text.trim() === '') return false;
  const asked = customerTurn.text.match(/[?？]/gu)?.length ?? 0;
  const isFollowUp =
    customerTurn.isElliptic ||
    (customerTurn.earlierTexts.length > 0 && customerIntent?.confidence !== 'high');
  return isFollowUp || asked > 1 || search?.isAnswerable !== true;
}

/** The local search as one list among the others. */
function before({ evidence, search }: SuggestionState): SearchResult {
  return {
    passages: evidence.filter(({ audience }) => audience === 'public'),
    confidence: search?.confidence ?? 0,
    isAnswerable: search?.isAnswerable ?? false,
    mode: search?.mode ?? 'lexical',
  };
}

/** Known passages keep their numbers, so that what was cited before means the same; new ones get the next. */
function merged(state: SuggestionState, results: readonly SearchResult[]): SuggestionState['evidence'] {
  const known = new Map(state.evidence.map((one) => [one.chunkId, one]));
  let last = Math.max(0, ...state.evidence.map(({ id }) => Number(id.slice(1))));
  const passages = mergePassages([...results, before(state)], PUBLIC_PASSAGES + results.length);
  const ranked = passages.map(
    (passage) => known.get(passage.chunkId) ?? { ...passage, id: `E${String((last += 1))}` },
  );
  const internal = state.evidence.filter(({ audience }) => audience === 'internal');
  return [...ranked, ...internal];
}
