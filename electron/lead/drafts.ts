import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { EditOutcome, ItemNow, TeamContents } from '../../shared/contracts/ipc/lead.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import type { SegmentKey } from '../../shared/domain/release.js';
import { canonicalJson } from '../../release/canonical-json.js';
import { describeChange } from '../../release/readable-diff.js';
import { hasCode, joinedHub, type HubNow } from './lead-hub.js';
import { createNewestContents } from './newest-contents.js';

/** What an edit began with. */
export type EditBase = Pick<ItemNow, 'revision' | 'content'>;

/** The team's draft: what there is, what is edited, and editing it without ever overwriting somebody else's edit. */
export interface Drafts {
  contents(): Promise<TeamContents>;
  /** Titles of articles of the newest release, by id; what it does not have is left out. */
  titles(articleIds: readonly string[]): Promise<Record<string, string>>;
  item(key: SegmentKey): Promise<ItemNow>;
  /** Null content retires the item. Refused as a conflict also where the item's content changed by another way than an edit: a release. */
  edit(key: SegmentKey, base: EditBase, content: DraftContent | null): Promise<EditOutcome>;
  /** The item is again what is published. */
  discard(key: SegmentKey, revision: number): Promise<EditOutcome>;
  /** How the draft differs from the newest release; items edited back to what is published are left out. */
  preview(): Promise<ReleaseChange[]>;
}

export function createDrafts(hub: HubNow): Drafts {
  const newest = createNewestContents(hub);

  const item = async (key: SegmentKey): Promise<ItemNow> => {
    const client = joinedHub(hub);
    const now = await client.request('draft.read', { query: { key } });
    const { items } = now.isEdited ? await client.request('draft.list') : { items: [] };
    const edit = items.find((each) => each.key === key);
    return {
      ...{ key, revision: now.revision, content: now.content },
      edit: edit ? { by: edit.editedBy, at: edit.editedAt } : null,
    };
  };

  /** The hub compares revisions; the item as it is now tells the lead what the other one did. */
  const refusable = async (key: SegmentKey, change: () => Promise<EditOutcome>): Promise<EditOutcome> => {
    try {
      return await change();
    } catch (cause) {
      if (!hasCode(cause, 'HUB_CONFLICT')) throw cause;
      return { kind: 'conflict', theirs: await item(key) };
    }
  };

  return {
    async contents() {
      const { manifest, entries } = await newest.read();
      const items = await newest.teamItems();
      const { items: edits } = await joinedHub(hub).request('draft.list');
      const articles = [...entries.keys()].filter((key) => key.startsWith('article/'));
      return {
        release: manifest?.number ?? null,
        articleIds: articles.map((key) => key.slice('article/'.length)),
        ...{ items, edits },
      };
    },
    async titles(articleIds) {
      const contents = await newest.contentsOf(articleIds.map((id): SegmentKey => `article/${id}`));
      return Object.fromEntries(
        [...contents.values()].flatMap((content) =>
          content.kind === 'article' ? [[content.article.id, content.article.title]] : [],
        ),
      );
    },
    item,
    edit: (key, base, content) =>
      refusable(key, async () => {
        const now = await item(key);
        if (now.revision !== base.revision || !isSame(now.content, base.content))
          return { kind: 'conflict', theirs: now };
        const body = { key, expectedRevision: base.revision, content };
        const { revision, editedBy, editedAt } = await joinedHub(hub).request('draft.edit', { body });
        return {
          kind: 'saved',
          item: { key, revision, content, edit: { by: editedBy, at: editedAt } },
        };
      }),
    discard: (key, revision) =>
      refusable(key, async () => {
        await joinedHub(hub).request('draft.discard', { body: { key, expectedRevision: revision } });
        return { kind: 'saved', item: await item(key) };
      }),
    async preview() {
      const { items } = await joinedHub(hub).request('draft.list');
      const published = await newest.contentsOf(items.map(({ key }) => key));
      return items.flatMap(({ key, content }): ReleaseChange[] => {
        const before = published.get(key) ?? null;
        if (isSame(before, content)) return [];
        const change = before === null ? 'added' : content === null ? 'removed' : 'changed';
        return [{ key, change, ...describeChange(key, before, content) }];
      });
    },
  };
}

const isSame = (a: DraftContent | null, b: DraftContent | null): boolean =>
  canonicalJson(a) === canonicalJson(b);
