import type { Citation, DraftSentence } from '../../shared/domain/draft.js';
import type { FeedbackContext, RunOrigin } from '../../shared/domain/feedback-event.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';

/** Of a decision whose suggestion is not here any more. */
export const UNKNOWN_CONTEXT: FeedbackContext = {
  release: null,
  customerText: '',
  language: null,
  articleIds: [],
  promptVersions: {},
  model: null,
};

/** What a lead needs to judge a decision about this suggestion. */
export function contextOf(suggestion: Suggestion, origin: RunOrigin | null): FeedbackContext {
  const { language } = suggestion.intent;
  return {
    ...UNKNOWN_CONTEXT,
    ...origin,
    language: language === 'und' ? null : language,
    articleIds: citedArticles(suggestion),
    promptVersions: suggestion.promptVersions,
    model: suggestion.modelUse.find(({ task }) => task === 'drafting')?.usage.model ?? null,
  };
}

/** The sentences a rep would send; the question back where there is no reply. */
export function offeredSentences(suggestion: Suggestion): readonly DraftSentence[] {
  switch (suggestion.outcome) {
    case 'reply':
      return suggestion.draft.sentences;
    case 'escalated':
      return suggestion.holdingReply?.sentences ?? [];
    case 'withheld':
      return suggestion.question?.sentences ?? [];
  }
}

function citedArticles(suggestion: Suggestion): string[] {
  const citations = offeredSentences(suggestion).flatMap((sentence): Citation[] => sentence.citations);
  const cited = new Set(citations.flatMap((it) => (it.kind === 'evidence' ? [it.evidenceId] : [])));
  const passages = suggestion.evidence.filter(({ id }) => cited.has(id));
  return [...new Set(passages.map(({ articleId }) => articleId))];
}
