import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ModelsView } from '../../../shared/contracts/ipc/models.js';
import type { ConnectionTrial } from '../../../shared/domain/model-settings.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';
import {
  chatFieldsOf,
  chatSettingsOf,
  emptyChatFields,
  presetOf,
  type ChatFieldProblem,
  type ChatModelFields,
} from './chat-model-fields.js';

/** What became of the last test or change. */
export type ChatOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'field'; readonly problem: ChatFieldProblem }
  | { readonly kind: 'tried'; readonly trial: ConnectionTrial }
  | { readonly kind: 'applied' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface ChatModelState {
  /** What is in force; null before it was read. */
  readonly view: ModelsView | null;
  readonly fields: ChatModelFields;
  readonly isEdited: boolean;
  readonly busy: 'no' | 'testing' | 'applying';
  readonly outcome: ChatOutcome;
  /** Reads what is in force; what the rep has typed and not used stays. */
  readonly load: () => Promise<void>;
  readonly edit: (change: Partial<ChatModelFields>) => void;
  /** Another service: its address, and no key of the one before. */
  readonly choosePreset: (id: string) => void;
  /** Off and the team's take effect at once; the rep's own once it is used. */
  readonly chooseUse: (use: ChatModelFields['use']) => Promise<void>;
  readonly test: () => Promise<void>;
  readonly use: () => Promise<void>;
  readonly forgetKey: () => Promise<void>;
}

export type ChatModelStore = StoreApi<ChatModelState>;

/** Keeps the choice of chat models while the rep makes it; main owns what is in force. */
export function createChatModelStore(bridge: AssistBridge): ChatModelStore {
  return createStore<ChatModelState>()((set, get) => {
    const fail = (error: AppError): void => set({ busy: 'no', outcome: { kind: 'failed', error } });
    const show = (view: ModelsView): void =>
      set({ view, fields: chatFieldsOf(view), isEdited: false, busy: 'no', outcome: { kind: 'applied' } });
    const begin = (busy: 'testing' | 'applying') => {
      if (get().busy !== 'no') return null;
      const made = chatSettingsOf(get().fields);
      if ('problem' in made) {
        set({ outcome: { kind: 'field', problem: made.problem } });
        return null;
      }
      set({ busy, outcome: { kind: 'none' } });
      return made;
    };
    return {
      view: null,
      fields: emptyChatFields,
      isEdited: false,
      busy: 'no',
      outcome: { kind: 'none' },
      async load() {
        const result = await bridge.request('models.read', undefined);
        if (!result.ok) return fail(result.error);
        const view = result.value;
        set(get().isEdited ? { view } : { view, fields: chatFieldsOf(view) });
      },
      edit: (change) =>
        set(({ fields }) => ({
          fields: { ...fields, ...change },
          isEdited: true,
          outcome: { kind: 'none' },
        })),
      choosePreset(id) {
        const { baseUrl } = presetOf(id);
        get().edit({
          preset: id,
          address: baseUrl,
          ...{ model: '', small: '', fallback: '' },
          ...{ key: '', secretHeader: '' },
        });
      },
      async chooseUse(use) {
        const { view, fields } = get();
        if (use === 'own' || !view) return get().edit({ use });
        if (get().busy !== 'no') return;
        set({ fields: { ...fields, use }, busy: 'applying', outcome: { kind: 'none' } });
        const { settings } = view;
        const result =
          use === 'team'
            ? await bridge.request('models.use_team', undefined)
            : await bridge.request('models.save', { settings: { ...settings, isOn: false }, secrets: {} });
        if (!result.ok) return fail(result.error);
        show(result.value);
        set({ outcome: { kind: 'none' } });
      },
      async test() {
        const asked = begin('testing');
        if (!asked) return;
        const { fields } = get();
        const result = await bridge.request('models.test', asked.test);
        // What was typed meanwhile was not what was tested.
        if (get().fields !== fields) return set({ busy: 'no' });
        if (!result.ok) return fail(result.error);
        set({ busy: 'no', outcome: { kind: 'tried', trial: result.value } });
      },
      async use() {
        const asked = begin('applying');
        if (!asked) return;
        const result = await bridge.request('models.save', asked.save);
        if (!result.ok) return fail(result.error);
        show(result.value);
      },
      async forgetKey() {
        const connection = get().fields.preset;
        const result = await bridge.request('models.forget_key', { connection });
        if (result.ok) set({ view: result.value });
        else fail(result.error);
      },
    };
  });
}

export const ChatModelContext = createStoreContext<ChatModelState>();

export const useChatModel = <T>(selector: (state: ChatModelState) => T): T =>
  useSelected(ChatModelContext, selector);
