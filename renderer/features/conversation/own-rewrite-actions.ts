import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import {
  rewritable,
  untouchedRewrite,
  withRewritten,
  type Composer,
  type Selection,
} from './composer-state.js';

/** What became of the wish to say the rep's own text in another way. */
export type OwnRewriteOutcome =
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'nothing' }
  /** The rep went on writing meanwhile: their text stays as it is. */
  | { readonly kind: 'changed_meanwhile' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Rewriting of what the rep wrote. */
export interface OwnRewriteActions {
  /** What is being rewritten now; null when nothing is. */
  readonly rewriting: { readonly conversationId: string; readonly action: RewriteAction['kind'] } | null;
  readonly isRewriteOpen: boolean;
  readonly openRewrite: (isOpen: boolean) => void;
  /** Remembers which words are selected. */
  readonly select: (selection: Selection) => void;
  /**
   * Rewrites what is selected in the composer on screen, else all of it.
   * @param runId whose passages and facts it is checked against; null where there are none.
   */
  readonly rewriteOwn: (action: RewriteAction, runId: string | null) => Promise<OwnRewriteOutcome>;
  /** Takes the newest rewrite back, as long as the rep did not go on writing; tells whether there was one. */
  readonly undoRewrite: () => boolean;
}

interface OwnRewriteDeps {
  readonly bridge: AssistBridge;
  readonly activeId: () => string | null;
  readonly composerOf: (conversationId: string) => Composer;
  readonly putComposer: (conversationId: string, composer: Composer) => void;
  readonly set: (part: Partial<Pick<OwnRewriteActions, 'rewriting' | 'isRewriteOpen'>>) => void;
}

export function createOwnRewriteActions(deps: OwnRewriteDeps): OwnRewriteActions {
  const { bridge, activeId, composerOf, putComposer, set } = deps;
  // Of one text of one conversation: anywhere else the same places mean other words.
  let selected: {
    readonly conversationId: string;
    readonly text: string;
    readonly selection: Selection;
  } | null = null;
  const selectionIn = (conversationId: string, text: string): Selection | null =>
    selected?.conversationId === conversationId && selected.text === text ? selected.selection : null;
  return {
    rewriting: null,
    isRewriteOpen: false,
    openRewrite: (isOpen) => set({ isRewriteOpen: isOpen }),
    select(selection) {
      const conversationId = activeId();
      if (conversationId !== null)
        selected = { conversationId, text: composerOf(conversationId).text, selection };
    },
    async rewriteOwn(action, runId) {
      const conversationId = activeId();
      if (conversationId === null) return { kind: 'nothing' };
      const composer = composerOf(conversationId);
      const part = rewritable(composer.text, selectionIn(conversationId, composer.text));
      if (!part) return { kind: 'nothing' };
      const rewriting = { conversationId, action: action.kind };
      set({ rewriting });
      const text = composer.text.slice(part.start, part.end);
      const source = { kind: 'text', text, runId } as const;
      const result = await bridge.request('suggestion.rewrite', { conversationId, action, source });
      set({ rewriting: null });
      if (!result.ok) return { kind: 'failed', error: result.error };
      const now = composerOf(conversationId);
      if (now.text !== composer.text) return { kind: 'changed_meanwhile' };
      putComposer(conversationId, withRewritten(now, part, action.kind, result.value));
      return { kind: 'rewritten' };
    },
    undoRewrite() {
      const conversationId = activeId();
      const composer = conversationId === null ? null : composerOf(conversationId);
      const rewrite = composer && untouchedRewrite(composer);
      if (conversationId === null || !rewrite) return false;
      putComposer(conversationId, { ...rewrite.before, isOpen: composer.isOpen });
      return true;
    },
  };
}
