import { randomUUID } from 'node:crypto';

import type { Conversation } from '../../shared/domain/conversation.js';
import type { DraftVariant } from '../../shared/domain/draft.js';
import type { RunOrigin } from '../../shared/domain/feedback-event.js';
import type { ModelFailure, ModelRunEnd } from '../../shared/domain/model-run.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { AttachedText } from '../agents/attached-text.js';
import type { StartingState } from '../agents/starting-state.js';
import type { SuggestionGraph } from '../agents/suggestion-graph.js';
import { createRunQueue } from './run-queue.js';
import { windowEvent, type RunRef, type SuggestionEvent } from './suggestion-events.js';

/** A finished local run, and what a model run needs of it. */
export interface LocalRun {
  readonly suggestion: Suggestion;
  readonly conversation: Conversation;
  readonly variant: DraftVariant;
  readonly excludeArticleIds: readonly string[];
  readonly unansweredBefore: number;
  /** Words of files the local run read as well. */
  readonly attachedTexts: readonly AttachedText[];
  readonly found: StartingState | null;
  readonly origin: RunOrigin;
}

export interface ModelRunsDeps {
  readonly graph: Pick<SuggestionGraph, 'runModel' | 'modelObstacle'>;
  /** What was said before the newest turns of a conversation, in short; empty for none. */
  readonly earlierSummary: (conversation: Conversation) => string;
  /** Keeps a finished suggestion; gives it as it is to be shown, and whether it is the one to show. */
  readonly keep: (
    suggestion: Suggestion,
    origin: RunOrigin,
  ) => { readonly suggestion: Suggestion; readonly isShown: boolean };
  readonly tell: (event: SuggestionEvent) => void;
  readonly log: Logger;
  /** Calls at once: they wait for somebody else's computer, so they do not count among the local runs. */
  readonly concurrency: number;
}

/** Runs with a chat model, each after the local run of the same message, at most one a conversation. */
export interface ModelRuns {
  /** Starts one where a model is ready and may have something to add; null where not. */
  start(local: LocalRun): RunRef | null;
  /** Ends it at once; not one token of it is told afterwards. */
  cancel(conversationId: string): void;
  conversations(): string[];
}

interface Active extends RunRef {
  readonly controller: AbortController;
}

export function createModelRuns(deps: ModelRunsDeps): ModelRuns {
  const { graph, earlierSummary, keep, tell, log, concurrency } = deps;
  const active = new Map<string, Active>();
  const queue = createRunQueue(concurrency);

  async function execute(run: Active, local: LocalRun): Promise<void> {
    const { runId, conversationId, controller } = run;
    const isCurrent = (): boolean => active.get(conversationId) === run;
    if (!isCurrent()) return;
    const { conversation, variant, found, suggestion: before, origin } = local;
    tell({
      name: 'suggestion.run_started',
      payload: { runId, conversationId, messageId: before.messageId, variant, strategy: 'model' },
    });
    try {
      const result = await graph.runModel({
        ...{ runId, conversation, variant },
        startsFrom: found,
        earlierSummary: earlierSummary(conversation),
        ...(local.excludeArticleIds.length > 0 ? { excludeArticleIds: local.excludeArticleIds } : {}),
        unansweredBefore: local.unansweredBefore,
        attachedTexts: local.attachedTexts,
        signal: controller.signal,
        onEvent: (event) => {
          if (isCurrent()) tell(windowEvent(run, event));
        },
      });
      if (!isCurrent()) return;
      active.delete(conversationId);
      if (!result.ok) return end(run, result.end);
      log.info('model_run.finished', { runId, conversationId, durationMs: result.suggestion.totalMs });
      const { suggestion, isShown } = keep(result.suggestion, origin);
      tell({ name: isShown ? 'suggestion.ready' : 'suggestion.kept', payload: { suggestion } });
    } catch (error) {
      if (!isCurrent()) return;
      active.delete(conversationId);
      log.error('model_run.failed', { runId, conversationId, code: errorCodeOf(error) });
      const message =
        error instanceof AppErrorException ? error.error.message : 'The run with the model failed.';
      end(run, { code: 'MODEL_RUN_FAILED', message, canRetry: true });
    }
  }

  function tellObstacle({ suggestion, variant }: LocalRun, obstacle: ModelFailure): void {
    const { conversationId, messageId } = suggestion;
    const run: RunRef = { runId: randomUUID(), conversationId };
    tell({ name: 'suggestion.run_started', payload: { ...run, messageId, variant, strategy: 'model' } });
    end(run, obstacle);
  }

  function end({ runId, conversationId }: RunRef, why: ModelRunEnd): void {
    log.warn('model_run.ended', { runId, conversationId, code: why.code });
    tell({ name: 'suggestion.model_ended', payload: { runId, conversationId, end: why } });
  }

  return {
    start(local) {
      const { conversationId } = local.suggestion;
      if (!mayAdd(local.suggestion)) return null;
      const obstacle = graph.modelObstacle();
      if (obstacle) {
        // Whoever set a model up is told why it does not answer.
        if (obstacle.code !== 'MODEL_NOT_SET_UP') tellObstacle(local, obstacle);
        return null;
      }
      const run: Active = { runId: randomUUID(), conversationId, controller: new AbortController() };
      active.set(conversationId, run);
      queue.add({ conversationId, start: () => execute(run, local) });
      return { runId: run.runId, conversationId };
    },
    cancel(conversationId) {
      queue.remove(conversationId);
      const run = active.get(conversationId);
      if (!run) return;
      active.delete(conversationId);
      run.controller.abort();
      log.info('model_run.cancelled', { runId: run.runId, conversationId });
      tell({ name: 'suggestion.cancelled', payload: { runId: run.runId, conversationId } });
    },
    conversations: () => [...active.keys()],
  };
}

/** Thanks need no answer, and a language the team does not write is the team's decision. */
function mayAdd(local: Suggestion): boolean {
  if (local.outcome !== 'withheld') return true;
  return local.reason !== 'nothing_to_answer' && local.reason !== 'language_unsupported';
}
