import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ItemNow } from '../../../shared/contracts/ipc/lead.js';
import type { DraftContent } from '../../../shared/domain/draft-item.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { problemsOf, tidied, type ItemProblems } from './check-item.js';
import { without } from './without.js';
import { keyOf } from '../../../shared/domain/item-key.js';
import { emptyItem, isSameContent, type ItemKind } from './items.js';

/** One item that is open: what it began with and what the lead has typed. */
export interface Editor {
  /** Key of the item; of a new one a name until it is saved. */
  readonly key: string;
  readonly isNew: boolean;
  readonly base: ItemNow;
  /** Null where the item is retired and nothing was typed. */
  readonly mine: DraftContent | null;
  readonly busy: 'no' | 'saving' | 'discarding';
  readonly problems: ItemProblems;
  readonly error: AppError | null;
  /** The item as somebody else left it meanwhile; what was typed stays until the lead has chosen. */
  readonly theirs: ItemNow | null;
  /** What a rep's feedback said, for a draft that was made from it. */
  readonly hint: string | null;
}

export interface EditorsState {
  readonly editors: Readonly<Record<string, Editor>>;
  readonly shown: string | null;
  /** Why an item could not be opened. */
  readonly notOpened: AppError | null;
  /** Shows an item; one with typing in it as it was left. `proposal` changes what is read first. */
  readonly open: (key: string, proposal?: Proposal) => Promise<void>;
  readonly create: (
    kind: ItemKind,
    proposal?: { readonly id?: string; readonly content?: DraftContent; readonly hint?: string },
  ) => void;
  readonly show: (key: string | null) => void;
  readonly change: (key: string, mine: DraftContent) => void;
  /** Gives the key the item was saved under; null when it was not. */
  readonly save: (key: string) => Promise<string | null>;
  readonly retire: (key: string) => Promise<void>;
  /** The item is again what is published. */
  readonly discard: (key: string) => Promise<void>;
  /** Throws away what was typed. */
  readonly revert: (key: string) => void;
  /** The lead has chosen between two edits: goes on from theirs with `mine` in the fields. */
  readonly settle: (key: string, mine: DraftContent | null) => void;
  /** Items as they are now, read again where nothing was typed. */
  readonly refresh: () => Promise<void>;
}

/** What is to stand in the fields beside what is there: from feedback, or of an article the team does not have yet. */
export interface Proposal {
  readonly change: (content: DraftContent | null) => DraftContent;
  readonly hint?: string;
}

export type EditorsStore = StoreApi<EditorsState>;

export const isTyped = ({ base, mine }: Editor): boolean => !isSameContent(base.content, mine);

/** Keeps every open item with what was typed in it, wherever the lead goes. Nothing is ever sent over somebody else's edit. */
export function createEditorsStore(bridge: AssistBridge): EditorsStore {
  let created = 0;
  return createStore<EditorsState>()((set, get) => {
    const put = (key: string, change: Partial<Editor>): void => {
      const editor = get().editors[key];
      if (editor) set({ editors: { ...get().editors, [key]: { ...editor, ...change } } });
    };
    const add = (editor: Editor): void => set({ editors: { ...get().editors, [editor.key]: editor } });
    const drop = (key: string): void => {
      set({ editors: without(get().editors, key), ...(get().shown === key && { shown: null }) });
    };
    /** Sends one change of an item. Gives the item as it was saved; null when it was not, which the editor then says. */
    const send = async (
      editor: Editor,
      ask: () => ReturnType<typeof askEdit>,
      busy: Editor['busy'],
    ): Promise<ItemNow | null> => {
      put(editor.key, { busy, error: null, problems: {} });
      const answer = await ask();
      put(editor.key, { busy: 'no' });
      if (!answer.ok) put(editor.key, { error: answer.error });
      else if (answer.value.kind === 'conflict') put(editor.key, { theirs: answer.value.theirs });
      else return answer.value.item;
      return null;
    };
    const askEdit = (key: string, { revision, content: before }: ItemNow, content: DraftContent | null) =>
      bridge.request('lead.edit', { key, base: { revision, content: before }, content });

    return {
      editors: {},
      ...{ shown: null, notOpened: null },
      async open(key, proposal) {
        const known = get().editors[key];
        set({ notOpened: null });
        if (known && (isTyped(known) || known.theirs)) {
          set({ shown: key });
          if (proposal) put(key, { mine: proposal.change(known.mine), hint: proposal.hint ?? null });
          return;
        }
        const answer = await bridge.request('lead.item', { key });
        if (!answer.ok) return set({ notOpened: answer.error, shown: null });
        const base = answer.value;
        // What was typed while the hub was asked stays; the next refresh says what others did.
        const meanwhile = get().editors[key];
        if (meanwhile && isTyped(meanwhile)) {
          set({ shown: key });
          if (proposal) put(key, { mine: proposal.change(meanwhile.mine), hint: proposal.hint ?? null });
          return;
        }
        add({
          ...blank(key, base),
          isNew: base.content === null && base.edit === null,
          mine: proposal ? proposal.change(base.content) : base.content,
          hint: proposal?.hint ?? null,
        });
        set({ shown: key });
      },
      create(kind, { id, content, hint } = {}) {
        const mine = content ?? emptyItem(kind, id);
        const isNamed = id !== undefined;
        created += 1;
        const key = isNamed ? keyOf(mine) : `${kind}/ new ${created}`;
        if (!get().editors[key])
          add({ ...blank(key, nothingAt(key)), isNew: true, mine, hint: hint ?? null });
        set({ shown: key, notOpened: null });
      },
      show: (shown) => set({ shown, notOpened: null }),
      change: (key, mine) => put(key, { mine, error: null, problems: {} }),
      async save(key) {
        const editor = get().editors[key];
        if (!editor?.mine || editor.busy !== 'no') return null;
        const content = withVersion(tidied(editor.mine), editor.base);
        const problems = problemsOf(content);
        if (Object.keys(problems).length > 0) {
          put(key, { problems });
          return null;
        }
        const target = keyOf(content);
        let item = await send(editor, () => askEdit(target, editor.base, content), 'saving');
        const theirs = get().editors[key]?.theirs;
        // A new item of an id that was retired once: nobody's edit is in the way.
        if (!item && editor.isNew && theirs && theirs.content === null) {
          put(key, { theirs: null });
          item = await send(editor, () => askEdit(target, theirs, content), 'saving');
        }
        if (!item) return null;
        const now = get().editors[key];
        // What was typed while it was being saved stays.
        const isTypedOn = now?.mine !== editor.mine;
        const isShown = get().shown === key;
        if (target !== key) drop(key);
        add({ ...blank(target, item), mine: isTypedOn && now ? now.mine : item.content, hint: editor.hint });
        if (isShown) set({ shown: target });
        return target;
      },
      async retire(key) {
        const editor = get().editors[key];
        if (!editor || editor.busy !== 'no') return;
        const item = await send(editor, () => askEdit(key, editor.base, null), 'saving');
        if (item) put(key, { base: item, mine: null, isNew: false });
      },
      async discard(key) {
        const editor = get().editors[key];
        if (!editor || editor.busy !== 'no') return;
        const { revision } = editor.base;
        const item = await send(
          editor,
          () => bridge.request('lead.discard', { key, revision }),
          'discarding',
        );
        if (!item) return;
        if (item.content === null) drop(key);
        else put(key, { base: item, mine: item.content });
      },
      revert(key) {
        const editor = get().editors[key];
        if (!editor) return;
        if (editor.base.content === null && editor.base.edit === null) drop(key);
        else put(key, { mine: editor.base.content, error: null, problems: {} });
      },
      settle(key, mine) {
        const editor = get().editors[key];
        if (!editor?.theirs) return;
        put(key, { base: editor.theirs, theirs: null, mine, isNew: false, error: null, problems: {} });
      },
      async refresh() {
        for (const editor of Object.values(get().editors)) {
          if (editor.isNew || editor.theirs || editor.busy !== 'no') continue;
          const answer = await bridge.request('lead.item', { key: editor.key });
          const now = get().editors[editor.key];
          if (!answer.ok || !now || now.base !== editor.base) continue;
          if (isSameContent(answer.value, now.base)) continue;
          if (!isTyped(now)) put(editor.key, { base: answer.value, mine: answer.value.content });
          // Somebody else was here: said at once, not only when the lead saves.
          else if (isSameContent(answer.value.content, now.base.content))
            put(editor.key, { base: answer.value });
          else put(editor.key, { theirs: answer.value });
        }
      },
    };
  });
}

const nothingAt = (key: string): ItemNow => ({ key, revision: 0, content: null, edit: null });

const blank = (key: string, base: ItemNow): Editor => ({
  ...{ key, base, isNew: false, mine: base.content, busy: 'no' },
  ...{ problems: {}, error: null, theirs: null, hint: null },
});

/** A prompt's version rises once over what is published, with the first edit. */
function withVersion(content: DraftContent, base: ItemNow): DraftContent {
  if (content.kind !== 'prompt') return content;
  const before = base.content?.kind === 'prompt' ? base.content.prompt : null;
  if (!before) return { ...content, prompt: { ...content.prompt, version: 1 } };
  const isChanged = before.text !== content.prompt.text;
  const version = before.version + (isChanged && base.edit === null ? 1 : 0);
  return { ...content, prompt: { ...content.prompt, version } };
}
