import type { ListingEntry } from '../../shared/domain/release.js';
import { decodeArticle, type ReleasedArticle } from '../../release/article-segment.js';
import { canonicalJson } from '../../release/canonical-json.js';
import type { HubClient } from '../sync/hub-client.js';
import { fetchPublished } from './fetch-published.js';
import type { Patience } from './patience.js';

/** Gives the content of articles by their keys, as they are here. */
export type ArticlesByKey = (
  keys: ReadonlySet<string>,
) => Iterable<{ readonly key: string; readonly content: Buffer }>;

/**
 * Finds articles that differ from what is published in the last digits of their vectors only, as two processors compute them: those stay as
 * they are published, or a pipeline on another machine would send every rep everything again.
 * @param candidates published entries of articles that have other content here.
 * @returns the entries to keep.
 */
export async function keepPublished(
  hub: Pick<HubClient, 'receive'>,
  candidates: readonly ListingEntry[],
  articlesHere: ArticlesByKey,
  patience: Patience,
  signal?: AbortSignal,
): Promise<ListingEntry[]> {
  const kept: ListingEntry[] = [];
  for await (const batch of fetchPublished(hub, candidates, patience, signal)) {
    const published = new Map(
      batch.map(({ entry, article }) => [entry.key, { entry, said: saidBy(article) }]),
    );
    for (const { key, content } of articlesHere(new Set(published.keys()))) {
      const before = published.get(key);
      if (before?.said === saidBy(decodeArticle(content))) kept.push(before.entry);
    }
  }
  return kept;
}

/** All but the numbers. */
const saidBy = ({ article, fingerprint, chunks, vectors }: ReleasedArticle): string =>
  canonicalJson({ article, fingerprint, chunks, vectors });
