import type { suggestionRoutes } from '../../../shared/contracts/ipc/suggestion.js';
import type { DraftChecker } from '../../suggestions/draft-checker.js';
import type { Rewriter } from '../../suggestions/rewriter.js';
import type { SuggestionService } from '../../suggestions/suggestion-service.js';
import type { Handlers } from '../router.js';

export function suggestionHandlers(
  suggestions: SuggestionService,
  checker: DraftChecker,
  rewriter: Rewriter,
  /** A rep who asks again wants to know what is true now. */
  forgetReads: () => void,
): Handlers<keyof typeof suggestionRoutes> {
  return {
    'suggestion.latest': ({ conversationId }) => suggestions.latest(conversationId),
    'suggestion.other': ({ conversationId }) => suggestions.other(conversationId),
    'suggestion.pin': ({ conversationId, runId }) => suggestions.pin(conversationId, runId),
    'suggestion.generate'({ conversationId, variant }) {
      forgetReads();
      return suggestions.generate(conversationId, variant);
    },
    'suggestion.cancel': ({ conversationId }) => suggestions.cancel(conversationId),
    'suggestion.rewrite': ({ conversationId, source, action }) =>
      rewriter.rewrite(conversationId, source, action),
    'suggestion.check': ({ runId, sentences }) => checker.check(runId, sentences),
  };
}
