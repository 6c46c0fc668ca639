import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AttachmentRef, ShownImage } from '../../../shared/contracts/ipc/attachment.js';
import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { UsedFile } from '../../../shared/domain/used-file.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { Result } from '../../../shared/lib/result.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** What the rep had done with a file, as far as it got. */
export interface FileView {
  readonly work: 'none' | 'showing' | 'saving' | 'using';
  readonly image: ShownImage | null;
  readonly problem: AppError | null;
  /** Where it was saved. */
  readonly savedAs: string | null;
}

export interface AttachmentState {
  readonly conversationId: string | null;
  /** By {@link keyOf}; files nobody touched have none. */
  readonly files: Readonly<Record<string, FileView>>;
  /** Files that count as what the customer said in the conversation on screen. */
  readonly used: readonly UsedFile[];
  /** Another conversation is on screen; images of the one before are let go. */
  readonly show: (conversationId: string | null) => Promise<void>;
  /** Shows the image, or takes it away where it is shown. */
  readonly toggleImage: (file: FileKey) => Promise<void>;
  readonly save: (file: FileKey) => Promise<void>;
  /** Uses the file as context, or stops where it is used. */
  readonly toggleUse: (file: FileKey) => Promise<void>;
  /** Lets go of images, words about files and chips of conversations that were forgotten. */
  readonly forget: (conversationIds: readonly string[]) => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type FileKey = Pick<AttachmentRef, 'messageId' | 'attachmentId'>;
export type AttachmentStore = StoreApi<AttachmentState>;

export const keyOf = ({ messageId, attachmentId }: FileKey): string => `${messageId} ${attachmentId}`;
export const untouched: FileView = { work: 'none', image: null, problem: null, savedAs: null };

/** Keeps what was done with the files of the conversation on screen; main owns which of them are used. */
export function createAttachmentStore(bridge: AssistBridge): AttachmentStore {
  return createStore<AttachmentState>()((set, get) => {
    const viewOf = (file: FileKey): FileView => get().files[keyOf(file)] ?? untouched;
    const put = (file: FileKey, change: Partial<FileView>): void =>
      set(({ files }) => ({ files: { ...files, [keyOf(file)]: { ...viewOf(file), ...change } } }));

    /** Asks main about a file, one thing at a time; an answer for a conversation that is left is dropped. */
    async function ask<T>(
      file: FileKey,
      work: FileView['work'],
      request: (ref: AttachmentRef) => Promise<Result<T>>,
      done: (value: T) => void,
    ): Promise<void> {
      const { conversationId } = get();
      if (conversationId === null || viewOf(file).work !== 'none') return;
      put(file, { work, problem: null, savedAs: null });
      const answer = await request({ conversationId, ...file });
      if (get().conversationId !== conversationId) return;
      put(file, { work: 'none', problem: answer.ok ? null : answer.error });
      if (answer.ok) done(answer.value);
    }

    return {
      conversationId: null,
      files: {},
      used: [],
      async show(conversationId) {
        set({ conversationId, files: {}, used: [] });
        if (conversationId === null) return;
        const answer = await bridge.request('attachment.used', { conversationId });
        if (answer.ok && get().conversationId === conversationId) set({ used: answer.value });
      },
      async toggleImage(file) {
        if (viewOf(file).image) return put(file, { image: null });
        await ask(
          file,
          'showing',
          (ref) => bridge.request('attachment.show', ref),
          (image) => put(file, { image }),
        );
      },
      save: (file) =>
        ask(
          file,
          'saving',
          (ref) => bridge.request('attachment.save', ref),
          (saved) => put(file, { savedAs: saved?.path ?? null }),
        ),
      toggleUse(file) {
        const isUsed = get().used.some((one) => keyOf(one) === keyOf(file));
        const route = isUsed ? 'attachment.remove' : 'attachment.use';
        return ask(
          file,
          'using',
          (ref) => bridge.request(route, ref),
          (used) => set({ used }),
        );
      },
      forget(conversationIds) {
        const { conversationId } = get();
        if (conversationId !== null && conversationIds.includes(conversationId))
          set({ conversationId: null, files: {}, used: [] });
      },
      connect: () =>
        bridge.on('attachment.changed', ({ conversationId, files: used }) => {
          if (get().conversationId === conversationId) set({ used });
        }),
    };
  });
}

export const AttachmentContext = createStoreContext<AttachmentState>();

export const useAttachments = <T>(selector: (state: AttachmentState) => T): T =>
  useSelected(AttachmentContext, selector);
