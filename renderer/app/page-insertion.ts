import type { InsertOutcome } from '../../shared/contracts/ipc/view.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import type { Card } from '../features/suggestion/card-state.js';
import type { ActionTools } from './action-tools.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

/** What the rep has begun to write for the conversation on screen. */
export interface Written {
  readonly conversationId: string;
  readonly text: string;
  /** The run whose suggestion it began with; null for the rep's own words. */
  readonly runId: string | null;
}

/** The way of a text into the field of the helpdesk's page that has the focus. */
export interface PageInsertion {
  /** Whether the helpdesk's pages are open. */
  readonly isOpen: () => boolean;
  /**
   * Puts the text for a conversation into the page, where that shows it and so does the card. Tells the rep only where the field holds it already;
   * null where another text is on its way. `isReply` for a text from a suggestion: then a reply put there before counts too.
   */
  readonly put: (conversationId: string, text: string, isReply: boolean) => Promise<InsertOutcome | null>;
  /** What is in the composer, where the rep is at work in it: not what lies there of an older message. */
  readonly begun: () => Written | null;
}

/** How long the same key puts a text in although it is there. Before that it was a double press. */
const AGAIN_MS = { from: 600, to: 8_000 } as const;

/** A text that was put into the page for a conversation, and the run that was shown then. */
interface Put {
  readonly text: string;
  /** The newest of them that came from a suggestion; null where none did. */
  readonly reply: string | null;
  /** The page it was put into: another one may quote it. */
  readonly url: string;
  readonly shownRunId: string | null;
}

export function createPageInsertion(
  stores: Stores,
  tools: ActionTools,
  now: () => number = () => performance.now(),
): PageInsertion {
  const { conversation, view } = stores;
  const puts = new Map<string, Put>();
  /** What was not put in because it was there, to be put in when the rep asks again. */
  let refused: { readonly conversationId: string; readonly text: string; readonly atMs: number } | null =
    null;
  let isPutting = false;
  const shownRunId = (): string | null => runIdOf(tools.shownCard());

  /** Null for a press that must do nothing. */
  function isAgain(conversationId: string, text: string): boolean | null {
    if (refused?.conversationId !== conversationId || refused.text !== text) return false;
    const sinceMs = now() - refused.atMs;
    if (sinceMs < AGAIN_MS.from) return null;
    return sinceMs <= AGAIN_MS.to;
  }

  return {
    isOpen: () => view.getState().view.connectionId !== null,
    async put(conversationId, text, isReply) {
      if (isPutting) return null;
      // The card may have gone on since the rep asked: following a page takes no account of what is under way.
      if (conversation.getState().activeId !== conversationId) return 'other_conversation';
      const again = isAgain(conversationId, text);
      if (again === null) return null;
      const { url } = view.getState().view;
      const last = puts.get(conversationId);
      const before = last?.url === url ? last.reply : null;
      const held = isReply && before !== null && before !== text ? [text, before] : [text];
      isPutting = true;
      try {
        const shownNow = shownRunId();
        const how = await view.getState().insert(conversationId, text, again ? [] : held);
        refused = how === 'already' ? { conversationId, text, atMs: now() } : null;
        if (how === 'already') tools.say(strings.view.already, 'bad');
        if (how === 'inserted')
          puts.set(conversationId, { text, reply: isReply ? text : before, url, shownRunId: shownNow });
        return how;
      } finally {
        isPutting = false;
      }
    },
    begun() {
      const { activeId } = conversation.getState();
      const { text, runId, insertedText } = selectComposer(conversation.getState());
      if (activeId === null || text.trim() === '') return null;
      const shown = shownRunId();
      const put = puts.get(activeId);
      const isOldSuggestion = text === insertedText && runId !== null && runId !== shown;
      const isPutBefore = put?.text === text && put.shownRunId !== shown;
      return isOldSuggestion || isPutBefore ? null : { conversationId: activeId, text, runId };
    },
  };
}

function runIdOf(card: Card | null): string | null {
  if (card?.kind === 'ready') return card.suggestion.runId;
  return card?.kind === 'running' ? card.run.runId : null;
}
