import type { ListingEntry } from '../../shared/domain/release.js';
import { decodeArticle, type ReleasedArticle } from '../../release/article-segment.js';
import { decodeFrames } from '../../release/segment-frames.js';
import type { HubClient } from '../sync/hub-client.js';
import { patiently, type Patience } from './patience.js';

const FETCHED_AT_ONCE = 200;

export interface PublishedArticle {
  readonly entry: ListingEntry;
  readonly article: ReleasedArticle;
}

/** Articles as they are published, a few at a time: those the hub still holds. */
export async function* fetchPublished(
  hub: Pick<HubClient, 'receive'>,
  entries: readonly ListingEntry[],
  patience: Patience,
  signal?: AbortSignal,
): AsyncGenerator<readonly PublishedArticle[]> {
  for (let start = 0; start < entries.length; start += FETCHED_AT_ONCE) {
    const batch = entries.slice(start, start + FETCHED_AT_ONCE);
    const byHash = await patiently(
      async () => {
        const hashes = [...new Set(batch.map(({ hash }) => hash))];
        const found = new Map<string, ReleasedArticle>();
        const chunks = await hub.receive('segments.fetch', { body: { hashes } }, signal);
        for await (const { hash, content } of decodeFrames(chunks)) found.set(hash, decodeArticle(content));
        return found;
      },
      patience,
      signal,
    );
    yield batch.flatMap((entry) => {
      const article = byHash.get(entry.hash);
      return article ? [{ entry, article }] : [];
    });
  }
}
