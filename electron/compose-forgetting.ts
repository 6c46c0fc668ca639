import { errorCodeOf } from '../shared/errors/app-error.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import type { ActionService } from './actions/action-service.js';
import type { Assist } from './compose-assist.js';
import type { ComposedHelpdesk } from './compose-helpdesk.js';
import type { FeedbackStore } from './feedback/feedback-store.js';
import { createForgetCustomer, type ForgetCustomer } from './forgetting/forget-customer.js';
import { createForgetting, type Forgetter, type Forgetting } from './forgetting/forgetting.js';
import type { HelpdeskPages } from './platform/helpdesk-pages.js';
import type { TickStore } from './playbooks/tick-store.js';
import type { Database } from './storage/database.js';
import type { SuggestionService } from './suggestions/suggestion-service.js';
import type { SuggestionStore } from './suggestions/suggestion-store.js';
import type { ThreadSummaries } from './suggestions/thread-summaries.js';

export interface ForgettingOptions {
  readonly database: Database;
  /** Whether messages lie encrypted until there is a key again. */
  readonly isWaiting: boolean;
  readonly helpdesks: ComposedHelpdesk;
  readonly suggestions: SuggestionService;
  readonly store: SuggestionStore;
  readonly summaries: ThreadSummaries;
  readonly actions: ActionService;
  readonly ticks: TickStore;
  readonly decisions: FeedbackStore;
  readonly assist: Assist;
  /** What the pages of the helpdesks inside the window keep on this computer. */
  readonly pages: Pick<HelpdeskPages, 'count' | 'forgetPages'>;
  readonly createLogger: CreateLogger;
}

export interface ComposedForgetting {
  readonly forgetting: Forgetting;
  readonly customer: ForgetCustomer;
  /** Forgets what an earlier process did not end, and what is older than it may be kept. Failures are logged and tried again at the next start. */
  begin(): Promise<void>;
  /** What was read of these is gone from the inbox, by age or with its helpdesk: the rest goes too, but for decisions that wait for the hub. */
  forgetGone(conversationIds: readonly string[]): Promise<void>;
}

/** Every place on this machine that keeps something of a conversation, and what takes it out of all of them. */
export function composeForgetting(options: ForgettingOptions): ComposedForgetting {
  const { helpdesks, suggestions, store, summaries, actions, ticks, decisions, assist } = options;
  const { inbox } = helpdesks.service;
  // What makes something new of a conversation ends first; the ledger goes last, since all the others may add to it until they end.
  const forgetters: readonly Forgetter[] = [
    (ids) => ids.forEach((id) => suggestions.cancel(id)),
    (ids) => inbox.forget(ids),
    (ids) => helpdesks.forgetDeliveries(ids),
    () => helpdesks.writeBack(),
    (ids) => store.forgetConversations(ids),
    (ids) => assist.forgetRuns(ids),
    (ids) => summaries.forgetConversations(ids),
    (ids) => actions.forgetConversations(ids),
    (ids) => ticks.forgetConversations(ids),
    (ids, { withUnsent }) => decisions.forgetConversations(ids, withUnsent),
    () => assist.forgetReads(),
    () => assist.forgetAnswers(),
    // By age only their copies: a rep is not to be signed out at each start.
    (_, { withUnsent }) => options.pages.forgetPages({ data: withUnsent }),
    (ids) => ids.forEach((id) => void assist.privacy.service.forget(id)),
  ];
  const log = options.createLogger('forgetting');
  const forgetting = createForgetting({
    ...{ database: options.database, isWaiting: options.isWaiting, forgetters, log },
    openChanges: (ids) => actions.underWay(ids),
  });
  const logFailure = (error: unknown): void => log.warn('forgetting.failed', { code: errorCodeOf(error) });

  async function forgetGone(conversationIds: readonly string[]): Promise<void> {
    const open = new Set(actions.underWay(conversationIds));
    const gone = conversationIds.filter((id) => !open.has(id));
    if (gone.length > 0) await forgetting.forget(gone, { withUnsent: false }).catch(logFailure);
  }

  return {
    forgetting,
    customer: createForgetCustomer({
      ...{ inbox, forgetting },
      unsentOf: (ids) => decisions.unsentOf(ids),
      pages: () => options.pages.count(),
    }),
    async begin() {
      await forgetting.resume().catch(logFailure);
      const { expired, tooOld } = helpdesks;
      const idle = store.idleSince(tooOld).filter((id) => !helpdesks.keeps(id));
      await forgetGone([...new Set([...expired, ...idle])]);
    },
    forgetGone,
  };
}
