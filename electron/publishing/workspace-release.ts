import { setImmediate as pause } from 'node:timers/promises';

import { keyOf } from '../../shared/domain/item-key.js';
import type { ListingEntry, ReleaseEmbedder, SegmentKey } from '../../shared/domain/release.js';
import { canonicalJson, sha256 } from '../../release/canonical-json.js';
import { diffListings, listingOf } from '../../release/listing.js';
import { encodeItem, type TeamItem } from '../../release/team-segments.js';
import type { HubClient } from '../sync/hub-client.js';
import { fetchPublished } from './fetch-published.js';
import { keepPublished } from './keep-published.js';
import type { NewestRelease } from './newest-release.js';
import { refuseCancelled, type Patience } from './patience.js';
import type { PublishProgress } from './published.js';
import { entriesOfUnread, refuseRemovals, type Unread } from './removals.js';
import { isArticle, type Publication } from './send-release.js';

/** An article or a part of a graph as it is published. */
interface MadeSegment {
  readonly key: SegmentKey;
  readonly content: Buffer;
}

/** What a release is made equal to. Asked twice, it gives the same bytes. */
export interface WorkspaceSource {
  readonly embedder: ReleaseEmbedder | null;
  readonly count: number;
  /** In the order of their keys: all, or those with one of these ids. */
  articles(ids?: ReadonlySet<string>): Iterable<MadeSegment & { readonly chunks: number }>;
  graphs(
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<readonly MadeSegment[]>;
  readonly items: readonly TeamItem[];
  /** Whether the workspace says anything about things of this key; what it does not stays as it is published. */
  speaksOf(key: SegmentKey): boolean;
  /** Null where everything was read. */
  readonly unread: Unread | null;
}

export interface WorkspaceReleaseDeps {
  readonly hub: Pick<HubClient, 'receive'>;
  readonly patience: Patience;
  /** Whether as many articles may go as are not here. */
  readonly allowRemoval: boolean;
}

/** Turns of the event loop, in which Ctrl-C is heard, come after so many articles. */
const PAUSE_EVERY = 20;
const idOf = (key: SegmentKey): string => key.slice('article/'.length);
const entryOf = ({ key, content }: MadeSegment): ListingEntry => ({
  ...{ key, hash: sha256(content) },
  bytes: content.length,
});

/**
 * Makes the publication that turns the newest release into what a workspace holds. Articles of files that could not be read stay as they are
 * published. @throws AppErrorException as {@link refuseRemovals}, SUGGESTION_CANCELLED.
 */
export async function workspaceRelease(
  base: NewestRelease,
  source: WorkspaceSource,
  { hub, patience, allowRemoval }: WorkspaceReleaseDeps,
  onProgress: (progress: PublishProgress) => void,
  signal?: AbortSignal,
): Promise<Publication> {
  const before = new Map(base.listing.map((entry) => [entry.key, entry]));
  const contents = new Map<string, Buffer>();
  let chunks = 0;
  const here = new Map<SegmentKey, ListingEntry>();
  for (const article of source.articles()) {
    here.set(article.key, entryOf(article));
    chunks += article.chunks;
    if (here.size % PAUSE_EVERY !== 0) continue;
    onProgress({ step: 'reading', done: here.size, total: source.count });
    await pause();
    refuseCancelled(signal);
  }
  const articlesOf = (keys: ReadonlySet<SegmentKey>) =>
    source.articles(new Set([...keys].filter(isArticle).map(idOf)));
  const isSameModel = canonicalJson(base.manifest?.embedder ?? null) === canonicalJson(source.embedder);
  const candidates = [...here.values()].flatMap(({ key, hash }) => {
    const published = isSameModel ? before.get(key) : undefined;
    return published && published.hash !== hash ? [published] : [];
  });
  for (const entry of await keepPublished(hub, candidates, articlesOf, patience, signal))
    here.set(entry.key, entry);
  const unread = source.unread ?? { baseIds: new Set(), hiding: [] };
  const ofUnread = entriesOfUnread(base.listing, here, unread);
  const kept = isSameModel ? ofUnread : [];
  for (const entry of kept) here.set(entry.key, entry);
  if (!allowRemoval) refuseRemovals(base.listing, here, unread, isSameModel ? [] : ofUnread);
  for await (const batch of fetchPublished(hub, kept, patience, signal))
    chunks += batch.reduce((sum, { article }) => sum + article.chunks.length, 0);

  const hold = (segment: MadeSegment): ListingEntry => {
    const entry = entryOf(segment);
    contents.set(entry.hash, segment.content);
    return entry;
  };
  const graph = await graphOver(base, here, kept.length > 0, source, hold, onProgress, signal);
  const items = source.items.map((item) => hold({ key: keyOf(item), content: encodeItem(item) }));
  const untouched = base.listing.filter(
    ({ key }) => !/^(article|graph)\//.test(key) && !source.speaksOf(key),
  );
  const difference = diffListings(
    base.listing,
    listingOf([...here.values(), ...graph, ...items, ...untouched]),
  );
  return {
    ...{ base, difference, chunks, draftItems: [] },
    embedder: here.size > 0 ? source.embedder : null,
    *contentsOf(hashes) {
      for (const [hash, content] of contents) if (hashes.has(hash)) yield { hash, content };
      const keys = new Set([...here.values()].filter(({ hash }) => hashes.has(hash)).map(({ key }) => key));
      if (keys.size === 0) return;
      for (const { key, content } of articlesOf(keys)) {
        const hash = here.get(key)?.hash;
        if (hash !== undefined) yield { hash, content };
      }
    },
  };
}

/** The published graph where it still links these articles, else a new one; none where some of them are on the hub only. */
async function graphOver(
  base: NewestRelease,
  articles: ReadonlyMap<SegmentKey, ListingEntry>,
  areSomeElsewhere: boolean,
  source: WorkspaceSource,
  hold: (segment: MadeSegment) => ListingEntry,
  onProgress: (progress: PublishProgress) => void,
  signal: AbortSignal | undefined,
): Promise<ListingEntry[]> {
  const published = base.listing.filter(({ key }) => isArticle(key));
  const isSame =
    published.length === articles.size &&
    published.every(({ key, hash }) => articles.get(key)?.hash === hash);
  const graph = base.listing.filter(({ key }) => key.startsWith('graph/'));
  if (isSame && graph.length > 0) return graph;
  if (areSomeElsewhere) return [];
  const made = await source.graphs((done, total) => onProgress({ step: 'indexing', done, total }), signal);
  return made.map(hold);
}
