import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { PlaygroundOutcome, PromptInForce } from '../../../shared/contracts/ipc/playground.js';
import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import type { Stage } from '../../../shared/domain/suggestion.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createLoader, type Loaded } from './loaded.js';
import { without } from './without.js';

/** One side of a trial. */
export type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'done'; readonly outcome: PlaygroundOutcome };

export interface PlaygroundState {
  readonly prompts: Loaded<readonly PromptInForce[]>;
  readonly conversations: readonly ConversationSummary[];
  readonly conversationId: string | null;
  readonly stage: Stage;
  /** Whether the other stages ask the model too. */
  readonly isWhole: boolean;
  /** What the lead typed, by stage; a stage that is missing is as it is in force. */
  readonly texts: Readonly<Partial<Record<Stage, string>>>;
  /** The prompts in force, and the lead's. */
  readonly before: Trial;
  readonly after: Trial;
  readonly load: () => Promise<void>;
  readonly choose: (change: Partial<Pick<PlaygroundState, 'conversationId' | 'stage' | 'isWhole'>>) => void;
  readonly write: (text: string) => void;
  readonly revert: () => void;
  /** Runs the conversation with both versions at once. */
  readonly run: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Stops what is running, when nobody looks at it any more; outcomes stay. */
  readonly leave: () => void;
}

export type PlaygroundStore = StoreApi<PlaygroundState>;

const NONE: Trial = { kind: 'none' };

/** Trying prompts on a conversation. What was typed stays while the desk is closed; nothing of it is published. */
export function createPlaygroundStore(bridge: AssistBridge): PlaygroundStore {
  return createStore<PlaygroundState>()((set, get) => {
    let newest = 0;
    const loadPrompts = createLoader(
      () => get().prompts,
      (prompts) => set({ prompts }),
      () => bridge.request('playground.prompts', undefined),
    );

    async function tryOut(text: string | null): Promise<Trial> {
      const { conversationId, stage, isWhole, prompts } = get();
      if (conversationId === null) return NONE;
      const inForce =
        prompts.kind === 'ready' ? prompts.value.find((prompt) => prompt.stage === stage) : undefined;
      const answer = await bridge.request('playground.run', {
        conversationId,
        prompts: text === null ? [] : [{ stage, version: (inForce?.version ?? 0) + 1, text }],
        stage: isWhole ? 'all' : stage,
      });
      return answer.ok ? { kind: 'done', outcome: answer.value } : { kind: 'failed', error: answer.error };
    }

    return {
      prompts: { kind: 'unread' },
      conversations: [],
      ...{ conversationId: null, stage: 'drafting', isWhole: true, texts: {} },
      ...{ before: NONE, after: NONE },
      async load() {
        const [conversations] = await Promise.all([
          bridge.request('conversation.list', undefined),
          loadPrompts(),
        ]);
        if (!conversations.ok) return;
        const known = conversations.value.some(({ id }) => id === get().conversationId);
        set({
          conversations: conversations.value,
          ...(known ? {} : { conversationId: conversations.value[0]?.id ?? null }),
        });
      },
      choose(change) {
        newest += 1;
        set({ ...change, before: NONE, after: NONE });
      },
      write: (text) => set(({ texts, stage }) => ({ texts: { ...texts, [stage]: text } })),
      revert() {
        set(({ texts, stage }) => ({ texts: without(texts, stage) }));
      },
      async run() {
        newest += 1;
        const own = newest;
        const text = get().texts[get().stage] ?? null;
        set({ before: { kind: 'running' }, after: { kind: 'running' } });
        const take = (side: 'before' | 'after', trial: Trial): void => {
          if (own === newest) set({ [side]: trial });
        };
        await Promise.all([
          tryOut(null).then((trial) => take('before', trial)),
          tryOut(text).then((trial) => take('after', trial)),
        ]);
      },
      async cancel() {
        newest += 1;
        set({ before: NONE, after: NONE });
        await bridge.request('playground.cancel', undefined);
      },
      leave() {
        const { before, after, cancel } = get();
        if (before.kind === 'running' || after.kind === 'running') void cancel();
      },
    };
  });
}
