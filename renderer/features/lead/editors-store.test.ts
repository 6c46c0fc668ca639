import { describe, expect, it } from 'vitest';

import type { EditOutcome, ItemNow } from '../../../shared/contracts/ipc/lead.js';
import type { DraftContent } from '../../../shared/domain/draft-item.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createEditorsStore, isTyped } from './editors-store.js';
import { emptyItem } from './items.js';

const key = 'article/returns';
const article = (markdown: string): DraftContent => {
  const item = emptyItem('article', 'returns');
  return item.kind === 'article'
    ? { ...item, article: { ...item.article, title: 'Returns', markdown } }
    : item;
};
const now = (revision: number, content: DraftContent | null): ItemNow => ({
  ...{ key, revision, content, edit: { by: 'Linus <1>', at: '2026-01-01T00:00:00.000Z' } },
});

function scripted(answers: { item?: ItemNow; edit?: EditOutcome[] }) {
  let item = answers.item ?? now(1, article('30 days'));
  const edits = [...(answers.edit ?? [])];
  const bridge = createScriptedBridge({
    'lead.item': () => ({ ok: true, value: item }),
    'lead.edit': ({ base }) => ({
      ok: true,
      value: edits.shift() ?? { kind: 'saved', item: { ...item, revision: base.revision + 1 } },
    }),
  });
  const store = createEditorsStore(bridge);
  return {
    ...{ bridge, store },
    set: (next: ItemNow) => (item = next),
    editor: (at = key) => store.getState().editors[at],
  };
}

describe('open items', () => {
  // Catches typing that is gone because the lead looked at another item, or opened this one again.
  it('keep what was typed, wherever the lead goes', async () => {
    const { store, editor } = scripted({});
    await store.getState().open(key);
    store.getState().change(key, article('45 days'));
    store.getState().show(null);
    await store.getState().open(key);
    expect(editor()?.mine).toEqual(article('45 days'));
  });

  // Catches typing that is gone because the answer of the hub came after it.
  it('keep what was typed while the hub was asked for the item again', async () => {
    const { store, editor } = scripted({});
    await store.getState().open(key);
    const opening = store.getState().open(key);
    store.getState().change(key, article('45 days'));
    await opening;
    expect(editor()?.mine).toEqual(article('45 days'));
  });

  it('follow the hub where nothing was typed, and show both where something was', async () => {
    const { store, set, editor } = scripted({});
    await store.getState().open(key);
    set(now(2, article('60 days')));
    await store.getState().refresh();
    expect(editor()).toMatchObject({ base: { revision: 2 }, mine: article('60 days'), theirs: null });
    store.getState().change(key, article('45 days'));
    set(now(3, article('90 days')));
    await store.getState().refresh();
    expect(editor()).toMatchObject({
      base: { revision: 2 },
      mine: article('45 days'),
      theirs: { revision: 3 },
    });
  });

  // Catches a save over somebody else's edit, and one that loses the lead's own.
  it('that are refused keep both edits, and go on from the other’s revision once the lead has chosen', async () => {
    const theirs = now(2, article('60 days'));
    const { store, bridge, editor } = scripted({ edit: [{ kind: 'conflict', theirs }] });
    await store.getState().open(key);
    store.getState().change(key, article('45 days'));
    expect(await store.getState().save(key)).toBeNull();
    expect(editor()).toMatchObject({ mine: article('45 days'), theirs });
    store.getState().settle(key, article('45 days'));
    await store.getState().save(key);
    expect(bridge.asked.at(-1)?.input).toMatchObject({ base: { revision: 2 }, content: article('45 days') });
  });

  it('that lack something are not sent', async () => {
    const { store, bridge, editor } = scripted({});
    store.getState().create('article');
    const at = store.getState().shown ?? '';
    expect(await store.getState().save(at)).toBeNull();
    expect(editor(at)?.problems).toEqual({ title: 'missing', id: 'id' });
    expect(bridge.asked).toEqual([]);
  });

  it('that are new take over an id that was retired once, and ask about one that is in use', async () => {
    const retired: EditOutcome = { kind: 'conflict', theirs: now(4, null) };
    const { store, bridge, editor } = scripted({ edit: [retired] });
    store.getState().create('article', { content: article('45 days') });
    expect(await store.getState().save(store.getState().shown ?? '')).toBe(key);
    expect(bridge.asked.at(-1)?.input).toMatchObject({ base: { revision: 4 } });
    expect(store.getState().shown).toBe(key);
    expect(Object.keys(store.getState().editors)).toEqual([key]);
    expect(editor()?.theirs).toBeNull();
  });
});

describe('a prompt', () => {
  it('gets a higher version with its first edit, once', async () => {
    const prompt = (version: number, text: string): DraftContent => ({
      ...{ kind: 'prompt', prompt: { stage: 'drafting', version, text } },
    });
    const at = 'prompt/drafting';
    const { store, bridge } = scripted({
      item: { key: at, revision: 3, content: prompt(7, 'a'), edit: null },
    });
    await store.getState().open(at);
    store.getState().change(at, prompt(7, 'b'));
    await store.getState().save(at);
    expect(bridge.asked.at(-1)?.input).toMatchObject({ content: prompt(8, 'b') });
    const editor = store.getState().editors[at];
    expect(editor && isTyped(editor)).toBe(false);
  });
});
