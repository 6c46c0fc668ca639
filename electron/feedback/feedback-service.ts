import { v7 as uuidV7 } from '@langchain/core/utils/uuid';

import { draftText } from '../../shared/domain/draft-text.js';
import type { Feedback, FeedbackAction } from '../../shared/domain/feedback.js';
import type { Decision } from '../../shared/domain/feedback-delivery.js';
import type { RunOrigin } from '../../shared/domain/feedback-event.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { diffDraft } from './draft-diff.js';
import { contextOf, offeredSentences, UNKNOWN_CONTEXT } from './feedback-context.js';
import type { FeedbackStore } from './feedback-store.js';

export interface FeedbackDeps {
  readonly store: FeedbackStore;
  /** Finds the suggestion a decision is about, or null when it was never saved. */
  readonly findSuggestion: (runId: string) => Suggestion | null;
  /** What the run of a suggestion began with; null when it was not kept. */
  readonly originOf: (runId: string) => RunOrigin | null;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Takes the rep's decisions and keeps them. */
export interface FeedbackService {
  /**
   * Stores one decision with its context and its place on the way to the hub, at once and durably.
   * @throws AppErrorException FEEDBACK_UNKNOWN_SUGGESTION, FEEDBACK_NOT_STORED.
   */
  submit(runId: string, action: FeedbackAction, decisionMs: number): Feedback;
  /**
   * Stores what became of a draft that was sent: accepted when unchanged, else edited with its diff.
   * Does not throw, since the reply is out already; gives null when the decision could not be stored (logged with its code).
   */
  recordSent(runId: string, sentText: string, decisionMs: number): Feedback | null;
  /** Newest first; see FeedbackStore. */
  list(limit: number, before: number | null, isRefused?: boolean): readonly Decision[];
  /** Returns the function that stops listening. */
  onRecorded(listener: (decision: Decision) => void): () => void;
}

/** The text a rep would have sent had they changed nothing. */
const offeredText = (suggestion: Suggestion): string => draftText(offeredSentences(suggestion));

export function createFeedbackService(deps: FeedbackDeps): FeedbackService {
  const { store, findSuggestion, originOf, log, now } = deps;
  const listeners = new Set<(decision: Decision) => void>();
  store.completeContexts((runId) => {
    const suggestion = findSuggestion(runId);
    return suggestion ? contextOf(suggestion, originOf(runId)) : UNKNOWN_CONTEXT;
  });

  function submit(runId: string, action: FeedbackAction, decisionMs: number): Feedback {
    const suggestion = findSuggestion(runId);
    if (!suggestion) throw new AppErrorException('FEEDBACK_UNKNOWN_SUGGESTION', runId);
    const offered = offeredText(suggestion);
    const feedback: Feedback = {
      id: uuidV7(),
      runId,
      conversationId: suggestion.conversationId,
      createdAt: now().toISOString(),
      decisionMs,
      intent: suggestion.intent.label,
      outcome: suggestion.outcome,
      draftText: offered,
      action,
      diff: action.kind === 'edited' ? diffDraft(offered, action.sentText) : [],
    };
    let sequence: number;
    try {
      sequence = store.save(feedback, contextOf(suggestion, originOf(runId)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('feedback.not_stored', { runId, code: 'FEEDBACK_NOT_STORED' });
      throw new AppErrorException('FEEDBACK_NOT_STORED', reason, { cause: error });
    }
    log.info('feedback.recorded', { runId, code: action.kind });
    const decision: Decision = { ...feedback, sequence, delivery: { kind: 'waiting' }, note: null };
    for (const listener of listeners) listener(decision);
    return feedback;
  }

  return {
    submit,
    recordSent(runId, sentText, decisionMs) {
      const suggestion = findSuggestion(runId);
      const isUnchanged = suggestion !== null && offeredText(suggestion).trim() === sentText.trim();
      try {
        return submit(runId, { kind: isUnchanged ? 'accepted' : 'edited', sentText }, decisionMs);
      } catch (error) {
        if (!(error instanceof AppErrorException)) throw error;
        log.error('feedback.sent_not_recorded', { runId, code: error.error.code });
        return null;
      }
    },
    list: (limit, before, isRefused) => store.list(limit, before, isRefused),
    onRecorded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
