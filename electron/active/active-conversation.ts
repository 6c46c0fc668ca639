import type { ActiveConversation, ActiveSource, ActiveState } from '../../shared/contracts/ipc/active.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';

/** Longer than any address of a page or number of a ticket. */
const MAX_ADDRESS_CHARACTERS = 4_000;

export interface ActiveDeps {
  /** The conversation that an address or a number stands for, read by now. */
  readonly find: (text: string) => Promise<string | null>;
  readonly onChanged: (state: ActiveState) => void;
  /** The rep asked for something no helpdesk knows, or that could not be read: the window says why and shows the text. */
  readonly onUnknown: (text: string) => void;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Where the rep is: several sources, one truth. */
export interface ActiveDesk {
  state(): ActiveState;
  /** A page the rep looks at. One that shows no conversation changes nothing, and nothing is said of it. */
  heard(source: Extract<ActiveSource, 'view' | 'extension'>, url: string): Promise<void>;
  /** The rep asks for what a text stands for, by key or by link; works also while pages are not followed. */
  asked(source: Extract<ActiveSource, 'shortcut' | 'link'>, text: string): Promise<void>;
  follow(isOn: boolean): ActiveState;
  /** Leaves a conversation that is not here any more. */
  keepOnly(isHere: (conversationId: string) => boolean): void;
}

/**
 * The newest source that names a conversation wins, by when it spoke: a slow look-up never takes the rep back from where a later source put
 * them.
 */
export function createActiveDesk({ find, onChanged, onUnknown, now, log }: ActiveDeps): ActiveDesk {
  let state: ActiveState = { isFollowing: true, active: null };
  let spoken = 0;
  let inForce = 0;
  const isFollowing = (): boolean => state.isFollowing;

  function change(part: Partial<ActiveState>): ActiveState {
    state = { ...state, ...part };
    onChanged(state);
    return state;
  }

  function name(turn: number, active: ActiveConversation): void {
    if (turn < inForce) return;
    inForce = turn;
    change({ active });
    log.info('active.named', { source: active.source });
  }

  return {
    state: () => state,
    async heard(source, url) {
      if (!isFollowing()) return;
      const turn = (spoken += 1);
      const at = now().toISOString();
      try {
        const conversationId = await find(url);
        // The rep may have stopped it meanwhile.
        if (conversationId !== null && isFollowing()) name(turn, { source, conversationId, at });
      } catch (error) {
        // A page that cannot be read changes nothing; the helpdesk's own line says what is wrong with it.
        log.info('active.unreadable', { source, code: errorCodeOf(error) });
      }
    },
    async asked(source, text) {
      const turn = (spoken += 1);
      const at = now().toISOString();
      const isAddress = text.length <= MAX_ADDRESS_CHARACTERS && !text.trim().includes('\n');
      // What went wrong is said by the window, which asks once more.
      const conversationId = isAddress ? await find(text).catch(() => null) : null;
      if (conversationId === null) onUnknown(text);
      else name(turn, { source, conversationId, at });
    },
    follow: (isOn) => change({ isFollowing: isOn }),
    keepOnly(isHere) {
      if (state.active && !isHere(state.active.conversationId)) change({ active: null });
    },
  };
}
