import type { Critique } from '../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../shared/domain/draft.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { checkEdited } from '../agents/check-edited.js';
import type { DraftCheck } from '../agents/critique/check-draft.js';
import type { Inbox } from '../helpdesk/inbox.js';

export interface DraftCheckerDeps {
  readonly find: (runId: string) => Suggestion | null;
  /** The one in force: what it forbids now counts, not what it forbade when the reply was written. */
  readonly team: () => Team;
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly check: DraftCheck;
  readonly now: () => Date;
}

/** Judges a reply again after the rep took a fix or a sentence out. */
export interface DraftChecker {
  /**
   * Changes nothing that is stored: the suggestion stays what was suggested.
   * @throws AppErrorException SUGGESTION_NOT_FOUND when the run came to no reply; HELPDESK_* when the conversation cannot be opened.
   */
  check(
    runId: string,
    sentences: readonly DraftSentence[],
  ): Promise<{ readonly draft: Draft; readonly critique: Critique }>;
}

export function createDraftChecker({ find, team, helpdesk, check, now }: DraftCheckerDeps): DraftChecker {
  return {
    async check(runId, sentences) {
      const suggestion = find(runId);
      if (suggestion?.outcome !== 'reply') throw new AppErrorException('SUGGESTION_NOT_FOUND', runId);
      const conversation = await helpdesk.open(suggestion.conversationId);
      return checkEdited({ suggestion, sentences, conversation, check, team: team(), now: now() });
    },
  };
}
