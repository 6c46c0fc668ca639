import type { ListingEntry } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { decodeGraphArticles, GRAPH_ARTICLES, type GraphArticle } from '../../release/graph-articles.js';
import { decodeFrames } from '../../release/segment-frames.js';
import type { HubClient } from '../sync/hub-client.js';
import type { NewestRelease } from './newest-release.js';
import { patiently, type Patience } from './patience.js';

/** How far articles may have gone on from those of a graph, in shares of its passages. */
export interface GraphLimits {
  /** A device makes its own graph where more of it is gone (`electron/knowledge/index/hnsw-index.ts`). */
  readonly gone: number;
  /** Passages the graph does not know, which each device that joins adds to it. */
  readonly added: number;
}

/** Where no other graph can be made. */
export const USEFUL: GraphLimits = { gone: 0.2, added: Infinity };
/** Where one can: up to here a joining device is faster done with the rest than this machine and the hub with a new graph. */
export const FRESH: GraphLimits = { gone: 0.05, added: 0.05 };

export const isGraph = ({ key }: Pick<ListingEntry, 'key'>): boolean => key.startsWith('graph/');

/**
 * The published graph, where it is still of use to a release of other articles; none where there is none or too much of it is gone.
 * @param release hashes of the articles the release is to have, and how many passages those have.
 */
export async function carriedGraph(
  hub: Pick<HubClient, 'receive'>,
  base: NewestRelease,
  release: { readonly hashes: ReadonlySet<string>; readonly passages: number },
  limits: GraphLimits,
  patience: Patience,
  signal?: AbortSignal,
): Promise<ListingEntry[]> {
  const graph = base.listing.filter(isGraph);
  const articles = await articlesOf(hub, graph, patience, signal);
  const count = (of: readonly GraphArticle[]): number => of.reduce((sum, { passages }) => sum + passages, 0);
  const total = count(articles);
  const kept = count(articles.filter(({ hash }) => release.hashes.has(hash)));
  const isUseful =
    total > 0 && total - kept <= limits.gone * total && release.passages - kept <= limits.added * total;
  return isUseful ? graph : [];
}

/** Empty where the hub or this version does not know. */
async function articlesOf(
  hub: Pick<HubClient, 'receive'>,
  graph: readonly ListingEntry[],
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<GraphArticle[]> {
  const hashes = graph.filter(({ key }) => key.startsWith(GRAPH_ARTICLES)).map(({ hash }) => hash);
  if (hashes.length === 0) return [];
  const parts = await patiently(
    async () => {
      const found = new Map<string, Buffer>();
      const chunks = await hub.receive('segments.fetch', { body: { hashes: [...new Set(hashes)] } }, signal);
      for await (const { hash, content } of decodeFrames(chunks)) found.set(hash, content);
      return hashes.flatMap((hash) => found.get(hash) ?? []);
    },
    patience,
    signal,
  );
  if (parts.length < hashes.length) return [];
  try {
    return decodeGraphArticles(Buffer.concat(parts));
  } catch (cause) {
    if (cause instanceof AppErrorException) return [];
    throw cause;
  }
}
