import type { DraftItem } from '../../shared/domain/draft-item.js';
import type { ListingEntry, ReleaseEmbedder, SegmentKey } from '../../shared/domain/release.js';
import { sha256 } from '../../release/canonical-json.js';
import { encodeItem } from '../../release/team-segments.js';
import type { HubClient } from '../sync/hub-client.js';
import { embedderOver, makeArticle, type ArticleMakerDeps } from './article-maker.js';
import { carriedGraph, isGraph, USEFUL } from './carried-graph.js';
import { fetchPublished } from './fetch-published.js';
import type { NewestRelease } from './newest-release.js';
import { refuseCancelled, type Patience } from './patience.js';
import type { PublishProgress } from './published.js';
import { isArticle, type Publication } from './send-release.js';

export interface DraftReleaseDeps extends ArticleMakerDeps {
  readonly hub: HubClient;
  readonly patience: Patience;
}

/**
 * Makes a publication of edits over a release: articles that were edited are cut and embedded here, team items written as they are. The graph
 * of the release before goes along while it is of use: devices that join bring it up to date.
 */
export async function draftRelease(
  base: NewestRelease,
  items: readonly DraftItem[],
  deps: DraftReleaseDeps,
  onProgress: (progress: PublishProgress) => void,
  signal?: AbortSignal,
): Promise<Publication> {
  const before = new Map(base.listing.map((entry) => [entry.key, entry]));
  const contents = new Map<string, Buffer>();
  const changed: ListingEntry[] = [];
  const removed = new Set<SegmentKey>();
  const articles = items.filter(({ content }) => content?.kind === 'article').length;
  let embedder: ReleaseEmbedder | null | undefined;
  let chunksMade = 0;
  let made = 0;

  const put = (key: SegmentKey, content: Buffer): boolean => {
    const hash = sha256(content);
    if (before.get(key)?.hash === hash) return false;
    contents.set(hash, content);
    changed.push({ key, hash, bytes: content.length });
    return true;
  };
  for (const { key, content } of items) {
    refuseCancelled(signal);
    if (content === null) {
      // What was drafted and retired again was never published.
      if (before.has(key)) removed.add(key);
    } else if (content.kind === 'article') {
      onProgress({ step: 'embedding', done: made, total: articles });
      embedder ??= await embedderOver(base, deps.embedder, deps.encoding);
      const article = await makeArticle(content.article, embedder, deps, signal);
      if (put(key, article.content)) chunksMade += article.chunks;
      made += 1;
    } else put(key, encodeItem(content));
  }
  const touched = [...changed.map(({ key }) => key), ...removed].filter(isArticle);
  const replaced = touched.flatMap((key) => before.get(key) ?? []);
  let chunksGone = 0;
  for await (const batch of fetchPublished(deps.hub, replaced, deps.patience, signal))
    chunksGone += batch.reduce((sum, { article }) => sum + article.chunks.length, 0);
  const chunks = Math.max(0, (base.manifest?.chunks ?? 0) - chunksGone + chunksMade);
  if (touched.length > 0 && base.listing.some(isGraph)) {
    const gone = new Set(replaced.map(({ hash }) => hash));
    const hashes = new Set(base.listing.map(({ hash }) => hash).filter((hash) => !gone.has(hash)));
    const release = { hashes, passages: chunks };
    const carried = await carriedGraph(deps.hub, base, release, USEFUL, deps.patience, signal);
    if (carried.length === 0) for (const { key } of base.listing.filter(isGraph)) removed.add(key);
  }
  return {
    base,
    difference: { changed, removed: [...removed] },
    embedder: embedder === undefined ? (base.manifest?.embedder ?? null) : embedder,
    chunks,
    draftItems: items.map(({ key, revision }) => ({ key, revision })),
    *contentsOf(hashes) {
      for (const [hash, content] of contents) if (hashes.has(hash)) yield { hash, content };
    },
  };
}
