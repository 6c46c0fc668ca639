import { setImmediate as pause } from 'node:timers/promises';

import { keyOf } from '../../shared/domain/item-key.js';
import type { ListingEntry, ReleaseEmbedder, SegmentKey } from '../../shared/domain/release.js';
import { canonicalJson, sha256 } from '../../release/canonical-json.js';
import { diffListings, listingOf } from '../../release/listing.js';
import { encodeGraphArticles, GRAPH_ARTICLES } from '../../release/graph-articles.js';
import { partsOf } from '../../release/graph-segment.js';
import { encodeItem, type TeamItem } from '../../release/team-segments.js';
import type { HubClient } from '../sync/hub-client.js';
import { carriedGraph, FRESH, USEFUL } from './carried-graph.js';
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
  const passages = new Map<SegmentKey, number>();
  for (const article of source.articles()) {
    here.set(article.key, entryOf(article));
    passages.set(article.key, article.chunks);
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
  const areSomeElsewhere = kept.length > 0;
  const release = { hashes: new Set([...here.values()].map(({ hash }) => hash)), passages: chunks };
  const limits = areSomeElsewhere ? USEFUL : FRESH;
  let graph = await carriedGraph(hub, base, release, limits, patience, signal);
  if (graph.length === 0 && !areSomeElsewhere) {
    const onDone = (done: number, total: number): void => onProgress({ step: 'indexing', done, total });
    const made = await source.graphs(onDone, signal);
    graph = (made.length > 0 ? [...made, ...articlesOfGraph(here, passages)] : []).map(hold);
  }
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

/** What a graph of all articles was made of, in their order. */
function articlesOfGraph(
  articles: ReadonlyMap<SegmentKey, ListingEntry>,
  passages: ReadonlyMap<SegmentKey, number>,
): MadeSegment[] {
  const content = encodeGraphArticles(
    [...articles].map(([key, { hash }]) => ({ hash, passages: passages.get(key) ?? 0 })),
  );
  return partsOf(content).map((part, i) => ({
    key: `${GRAPH_ARTICLES}${String(i).padStart(5, '0')}` as const,
    content: part,
  }));
}
