import type { CreateLogger } from '../shared/lib/logger.js';
import { createDraftCheck } from './agents/critique/check-draft.js';
import type { Assist } from './compose-assist.js';
import type { Inbox } from './helpdesk/inbox.js';
import type { Database } from './storage/database.js';
import { createDraftChecker, type DraftChecker } from './suggestions/draft-checker.js';
import { createPlayground, type Playground } from './suggestions/playground.js';
import { createRewriter, type Rewriter } from './suggestions/rewriter.js';
import type { SuggestionStore } from './suggestions/suggestion-store.js';
import { createThreadSummaries, type ThreadSummaries } from './suggestions/thread-summaries.js';
import { createThreadSummaryStore } from './suggestions/thread-summary-store.js';

/** What is done with a reply or a conversation at the rep's wish, besides suggesting one. */
export interface Writing {
  readonly checker: DraftChecker;
  readonly rewriter: Rewriter;
  readonly summaries: ThreadSummaries;
  readonly playground: Playground;
}

export function composeWriting(deps: {
  readonly assist: Assist;
  readonly helpdesk: Inbox;
  readonly store: SuggestionStore;
  readonly database: Database;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}): Writing {
  const { assist, helpdesk, store, database, createLogger, now } = deps;
  const found = {
    find: (runId: string) => store.find(runId),
    team: () => assist.graph.team(),
    check: createDraftCheck(assist.engine.embedder),
  };
  return {
    checker: createDraftChecker({ ...found, ...{ helpdesk, now } }),
    rewriter: createRewriter({
      ...found,
      ...{ helpdesk, now, chat: assist.chat },
      log: createLogger('suggestion'),
    }),
    playground: createPlayground({
      helpdesk,
      team: found.team,
      graphOf: (team) => assist.graphOf(team),
    }),
    summaries: createThreadSummaries({
      ...{ helpdesk, chat: assist.chat, team: found.team },
      store: createThreadSummaryStore(database),
      countTokens: assist.countTokens,
      log: createLogger('suggestion'),
    }),
  };
}
