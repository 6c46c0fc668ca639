import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { SuggestionState } from './state.js';

/** What one run hands to the next one of the same message: all that was found out before drafting. */
export type StartingState = Pick<
  SuggestionState,
  | 'customerTurn'
  | 'customerIntent'
  | 'fileEntities'
  | 'evidence'
  | 'similarCases'
  | 'sources'
  | 'search'
  | 'toolCalls'
  | 'proposals'
  | 'orderQuestion'
  | 'warnings'
  | 'degradations'
> & {
  /** Passages the reply of that run cites: the ones closest to the question. */
  readonly citedEvidenceIds: readonly string[];
};

const FOUND_BEFORE_DRAFTING = new Set(['intent', 'retrieval', 'tools']);

/** The suggestion's evidence goes before the state's: it holds the exact places the reply quotes as well. */
export function startingStateOf(state: SuggestionState, suggestion: Suggestion): StartingState {
  const { customerTurn, customerIntent, similarCases, sources, search, toolCalls, orderQuestion } = state;
  const { proposals, fileEntities } = state;
  const sentences = suggestion.outcome === 'reply' ? suggestion.draft.sentences : [];
  const cited = sentences.flatMap(({ citations }) =>
    citations.flatMap((citation) => (citation.kind === 'evidence' ? [citation.evidenceId] : [])),
  );
  return {
    ...{ customerTurn, customerIntent, similarCases, sources, search, toolCalls, orderQuestion, proposals },
    fileEntities,
    evidence: suggestion.evidence,
    // How sure the intent is may change; whoever decides it says so again.
    warnings: state.warnings.filter(({ code }) => code !== 'low_confidence'),
    degradations: state.degradations.filter(({ stage }) => FOUND_BEFORE_DRAFTING.has(stage)),
    citedEvidenceIds: [...new Set(cited)],
  };
}
