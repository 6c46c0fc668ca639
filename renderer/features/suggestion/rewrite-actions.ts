import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { ReadyCard, Version } from './card-state.js';
import { nextRewriteNo } from './versions.js';

/** Why an action that needs a model cannot be done now; null where it can, as far as is known. */
export type NoModel = 'not_set_up' | 'over_budget' | null;

/** What the rep does to say the same in another way. */
export interface RewriteActions {
  /** What is being rewritten now; null when nothing is. */
  readonly rewriting: { readonly runId: string; readonly action: RewriteAction } | null;
  readonly noModel: NoModel;
  readonly isRewriteOpen: boolean;
  /** Opens the menu, and asks main whether a model could rewrite; or closes it. */
  readonly openRewrite: (isOpen: boolean) => Promise<void>;
  /** Asks main whether a model could rewrite. */
  readonly readModel: () => Promise<void>;
  /**
   * Rewrites the reply on screen and has it checked; both come on screen at once. Gives the error when nothing changed, false when there
   * is no reply to rewrite or the card has moved on meanwhile.
   */
  readonly rewrite: (action: RewriteAction) => Promise<AppError | boolean>;
}

interface RewriteDeps {
  readonly bridge: AssistBridge;
  readonly shown: () => ReadyCard | null;
  readonly put: (card: ReadyCard) => void;
  readonly kept: (card: ReadyCard) => readonly Version[];
  readonly set: (part: Partial<RewriteActions>) => void;
}

export function createRewriteActions({ bridge, shown, put, kept, set }: RewriteDeps): RewriteActions {
  async function readModel(): Promise<void> {
    const result = await bridge.request('models.read', undefined);
    if (!result.ok) return;
    const { settings, isLimitReached } = result.value;
    const isSetUp = settings.isOn && settings.main.length > 0;
    const isStopped = isLimitReached && settings.limits.atLimit === 'local';
    set({ noModel: !isSetUp ? 'not_set_up' : isStopped ? 'over_budget' : null });
  }
  return {
    rewriting: null,
    noModel: null,
    isRewriteOpen: false,
    async openRewrite(isOpen) {
      set({ isRewriteOpen: isOpen });
      if (isOpen) await readModel();
    },
    readModel,
    async rewrite(action) {
      const card = shown();
      if (card?.suggestion.outcome !== 'reply') return false;
      const { runId, conversationId, draft } = card.suggestion;
      const rewriting = { runId, action };
      set({ rewriting });
      const result = await bridge.request('suggestion.rewrite', {
        ...{ conversationId, action },
        source: { kind: 'reply', runId, sentences: draft.sentences },
      });
      set({ rewriting: null });
      if (!result.ok) return result.error;
      const { sentences, critique, modelUse } = result.value;
      const now = shown();
      // Only onto the reply it was made of: the rep may have changed it, or be in another conversation.
      if (now?.suggestion !== card.suggestion || !critique) return false;
      put({
        ...now,
        suggestion: {
          ...now.suggestion,
          ...{ draft: { ...draft, sentences }, critique },
          modelUse: [...now.suggestion.modelUse, ...modelUse],
        },
        original: now.original ?? now.suggestion,
        rewritten: action.kind,
        rewriteNo: nextRewriteNo(now, kept(now)),
      });
      return true;
    },
  };
}
