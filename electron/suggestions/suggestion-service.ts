import { randomUUID } from 'node:crypto';

import type { Channel, Conversation } from '../../shared/domain/conversation.js';
import type { DraftVariant } from '../../shared/domain/draft.js';
import type { RunOrigin } from '../../shared/domain/feedback-event.js';
import type { Degradation, Suggestion } from '../../shared/domain/suggestion.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import { AppErrorException, appError, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { AttachedText } from '../agents/attached-text.js';
import type { StartingState } from '../agents/starting-state.js';
import type { SuggestionGraph } from '../agents/suggestion-graph.js';
import type { ConversationChange, Inbox } from '../helpdesk/inbox.js';
import { customerTextOf } from './customer-text.js';
import { createModelRuns } from './model-runs.js';
import { createRunQueue } from './run-queue.js';
import { windowEvent, type RunRef, type SuggestionEvent } from './suggestion-events.js';
import type { SuggestionStore } from './suggestion-store.js';
import { unansweredInARow } from './unanswered-in-a-row.js';

/** Suggestions looked back on for answers the knowledge did not have: variants of one message included, enough for any policy. */
const REMEMBERED = 20;

export interface SuggestionServiceDeps {
  readonly graph: SuggestionGraph;
  readonly helpdesk: Pick<Inbox, 'open' | 'onChanged'>;
  readonly store: SuggestionStore;
  /** The release whose knowledge and team a run that begins now uses; null without one. */
  readonly release: () => Promise<number | null>;
  readonly log: Logger;
  /** How long to wait for more of a burst after a message, in milliseconds. */
  readonly pauseMs: (text: string, channel: Channel) => number;
  /** How many runs go at once. */
  readonly concurrency: number;
  /** Changes the customer was not told of yet, with their results; none when left out. */
  readonly doneCalls?: (conversation: Conversation) => readonly ToolCall[];
  /** Words of files that count as what the customer said; none when left out. */
  readonly attachedTexts?: (conversation: Conversation) => readonly AttachedText[];
  /** What was said before the newest turns of a conversation, in short; nothing when left out. */
  readonly earlierSummary?: (conversation: Conversation) => string;
}

/** Starts a run for each customer burst, streams it, and cancels what it supersedes. A run with a model follows where one is set up. */
export interface SuggestionService {
  /** The suggestion to show: the one the rep holds for the newest message, else the newest; null when there is none. */
  latest(conversationId: string): Suggestion | null;
  /** The one for the same message by the other strategy; null when there is none. */
  other(conversationId: string): Suggestion | null;
  /** Holds a suggestion on the card, or lets go with null; what a model run brings meanwhile is kept. Gives what is to be shown now. */
  pin(conversationId: string, runId: string | null): Suggestion | null;
  /**
   * Starts a run at once; a running or waiting one of the same conversation is cancelled. While the customer still writes, a
   * `standard` run is the one that waits for the end of the burst, and its id comes back.
   */
  generate(conversationId: string, variant: DraftVariant): RunRef;
  cancel(conversationId: string): void;
  /** When the suggestion of a run was ready, in milliseconds since the epoch; null when it never was in this session. */
  shownAt(runId: string): number | null;
  /** Returns the function that stops listening. */
  onEvent(listener: (event: SuggestionEvent) => void): () => void;
  /** Cancels everything; nothing is told afterwards. */
  close(): void;
}

const NOT_STORED: Degradation = {
  stage: 'drafting',
  code: 'SUGGESTION_NOT_STORED',
  message:
    'This computer could not store the suggestion; its disk may be full. It can be used. Free some space so that your decisions are kept.',
};

interface Active extends RunRef {
  readonly controller: AbortController;
}

/** A run that waits for the customer to finish writing. */
interface Burst {
  readonly runId: string;
  readonly timer: NodeJS.Timeout;
}

export function createSuggestionService(deps: SuggestionServiceDeps): SuggestionService {
  const { graph, helpdesk, store, log, pauseMs, concurrency } = deps;
  const listeners = new Set<(event: SuggestionEvent) => void>();
  const active = new Map<string, Active>();
  const bursts = new Map<string, Burst>();
  const shown = new Map<string, number>();
  const queue = createRunQueue(concurrency);
  const modelRuns = createModelRuns({
    ...{ graph, tell, log, concurrency },
    earlierSummary: deps.earlierSummary ?? (() => ''),
    keep(made, origin) {
      const suggestion = keep(made, origin);
      const isShown = store.latest(suggestion.conversationId)?.runId === suggestion.runId;
      return { suggestion, isShown };
    },
  });
  const stopFollowing = helpdesk.onChanged(follow);

  function tell(event: SuggestionEvent): void {
    for (const listener of listeners) listener(event);
  }

  /** Stores what was made; where that fails the card says so, since a decision on it may be lost. */
  function keep(made: Suggestion, origin: RunOrigin): Suggestion {
    store.save(made, origin);
    shown.set(made.runId, Date.now());
    if (store.isStored(made.runId)) return made;
    return { ...made, degradations: [...made.degradations, NOT_STORED] };
  }

  /** A new customer message makes what is running stale now, even though its own run waits for the end of the burst. */
  function follow({ summary, message }: ConversationChange): void {
    if (!message || message.author === 'system') return;
    cancel(summary.id);
    if (message.author !== 'customer') return;
    const runId = randomUUID();
    const timer = setTimeout(
      () => {
        bursts.delete(summary.id);
        start(runId, summary.id, 'standard');
      },
      pauseMs(message.text, summary.channel),
    );
    bursts.set(summary.id, { runId, timer });
  }

  function cancel(conversationId: string): void {
    clearTimeout(bursts.get(conversationId)?.timer);
    bursts.delete(conversationId);
    queue.remove(conversationId);
    modelRuns.cancel(conversationId);
    const run = active.get(conversationId);
    if (!run) return;
    active.delete(conversationId);
    run.controller.abort();
    log.info('run.cancelled', { runId: run.runId, conversationId });
    tell({ name: 'suggestion.cancelled', payload: { runId: run.runId, conversationId } });
  }

  function generate(conversationId: string, variant: DraftVariant): RunRef {
    const burst = bursts.get(conversationId);
    // A rep who opens a conversation while the customer still writes asks for the run that is coming anyway.
    if (burst && variant === 'standard') return { runId: burst.runId, conversationId };
    return start(randomUUID(), conversationId, variant);
  }

  function start(runId: string, conversationId: string, variant: DraftVariant): RunRef {
    cancel(conversationId);
    store.pin(conversationId, null);
    const run: Active = { runId, conversationId, controller: new AbortController() };
    active.set(conversationId, run);
    queue.add({ conversationId, start: () => execute(run, variant) });
    return { runId, conversationId };
  }

  async function execute(run: Active, variant: DraftVariant): Promise<void> {
    const { runId, conversationId, controller } = run;
    const isCurrent = (): boolean => active.get(conversationId) === run;
    try {
      if (!isCurrent()) return;
      const conversation = await helpdesk.open(conversationId);
      // Reading a conversation for the first time brings its messages in, which supersede this run.
      if (!isCurrent()) return;
      const messageId = conversation.messages.findLast((message) => message.author === 'customer')?.id;
      if (messageId === undefined) throw new AppErrorException('SUGGESTION_NO_CUSTOMER_MESSAGE');
      tell({
        name: 'suggestion.run_started',
        payload: { runId, conversationId, messageId, variant, strategy: 'local' },
      });
      const release = await deps.release();
      if (!isCurrent()) return;
      const used = variant === 'other_source' ? usedArticles(store.latest(conversationId)) : [];
      const unansweredBefore = unansweredInARow(store.outcomes(conversationId, REMEMBERED), messageId);
      const attachedTexts = deps.attachedTexts?.(conversation) ?? [];
      let found: StartingState | null = null;
      const made = await graph.run({
        runId,
        conversation,
        variant,
        ...(used.length > 0 ? { excludeArticleIds: used } : {}),
        unansweredBefore,
        doneCalls: deps.doneCalls?.(conversation) ?? [],
        attachedTexts,
        signal: controller.signal,
        onEvent: (event) => {
          if (isCurrent()) tell(windowEvent(run, event));
        },
        onFound: (state) => {
          found = state;
        },
      });
      if (!isCurrent()) return;
      const origin = { release, customerText: customerTextOf(conversation, messageId) };
      const suggestion = keep(made, origin);
      active.delete(conversationId);
      log.info('run.finished', {
        runId,
        conversationId,
        durationMs: suggestion.totalMs,
        code: suggestion.outcome,
      });
      tell({ name: 'suggestion.ready', payload: { suggestion } });
      modelRuns.start({
        ...{ suggestion, conversation, variant, unansweredBefore, found, origin },
        ...{ excludeArticleIds: used, attachedTexts },
      });
    } catch (error) {
      if (!isCurrent()) return;
      active.delete(conversationId);
      const failure = asAppError(error);
      log.error('run.failed', { runId, conversationId, code: failure.code });
      tell({ name: 'suggestion.failed', payload: { runId, conversationId, error: failure } });
    }
  }

  return {
    latest: (conversationId) => store.latest(conversationId),
    other: (conversationId) => store.other(conversationId),
    pin(conversationId, runId) {
      store.pin(conversationId, runId);
      return store.latest(conversationId);
    },
    generate,
    cancel,
    shownAt: (runId) => shown.get(runId) ?? null,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stopFollowing();
      listeners.clear();
      for (const conversationId of [...bursts.keys(), ...active.keys(), ...modelRuns.conversations()])
        cancel(conversationId);
    },
  };
}

/** The articles the reply on the card quotes: what "another source" must leave out. */
function usedArticles(shown: Suggestion | null): string[] {
  if (shown?.outcome !== 'reply') return [];
  const cited = new Set(
    shown.draft.sentences.flatMap(({ citations }) =>
      citations.flatMap((citation) => (citation.kind === 'evidence' ? [citation.evidenceId] : [])),
    ),
  );
  return [...new Set(shown.evidence.filter(({ id }) => cited.has(id)).map(({ articleId }) => articleId))];
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppErrorException) return error.error;
  return appError('SUGGESTION_FAILED', error instanceof Error ? error.name : typeof error);
}
