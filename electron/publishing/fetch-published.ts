import type { ListingEntry } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { decodeArticle, type ReleasedArticle } from '../../release/article-segment.js';
import { decodeFrames } from '../../release/segment-frames.js';
import type { HubClient } from '../sync/hub-client.js';
import { patiently, type Patience } from './patience.js';

const FETCHED_AT_ONCE = 200;

export interface PublishedArticle {
  readonly entry: ListingEntry;
  readonly article: ReleasedArticle;
}

/** Articles as they are published, a few at a time: those the hub holds and this version can read; the others are only replaced. */
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
        for await (const { hash, content } of decodeFrames(chunks)) {
          const article = readable(content);
          if (article) found.set(hash, article);
        }
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

function readable(content: Buffer): ReleasedArticle | null {
  try {
    return decodeArticle(content);
  } catch (cause) {
    if (cause instanceof AppErrorException) return null;
    throw cause;
  }
}
