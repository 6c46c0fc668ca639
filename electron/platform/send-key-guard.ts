/** A key press before a page gets it, as Electron tells it. */
export interface PageKey {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly isAutoRepeat: boolean;
  /** Whether an input method is at work on words that are not there yet. */
  readonly isComposing: boolean;
}

/** How long the page gets no Ctrl+Enter after the reply was put into it, the key was let go, or it was pressed again. */
const QUIET_MS = 1_000;

export interface SendKeyGuard {
  /** A reply is put into the page by a key that is perhaps still held. */
  begin(): void;
  /** Whether the page must not get this key. */
  takes(key: PageKey): boolean;
}

/**
 * Keeps Ctrl+Enter (Cmd+Enter) from the page after a reply was put into it: the page has the focus then, and in a helpdesk's editor the same key,
 * held or pressed twice, commonly sends. What ends it is a second without the key; a held key never ends it.
 */
export function createSendKeyGuard(now: () => number): SendKeyGuard {
  /** Null while nothing is kept from the page. */
  let until: number | null = null;
  return {
    begin: () => void (until = now() + QUIET_MS),
    takes({ type, key, control, meta, isAutoRepeat }) {
      if (until === null || !['Enter', 'Control', 'Meta'].includes(key)) return false;
      const isOver = now() >= until;
      // A key that repeats was held all the while, also where Ctrl was let go first.
      if (isOver && !(type === 'keyDown' && isAutoRepeat)) {
        until = null;
        return false;
      }
      if (type === 'keyDown' && key === 'Enter' && !(control || meta || isAutoRepeat)) return false;
      if (type === 'keyDown' && key !== 'Enter') return false;
      until = now() + QUIET_MS;
      return key === 'Enter';
    },
  };
}
