import type { ListingEntry, SegmentKey } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Listing } from '../../release/listing.js';
import { isArticle } from './send-release.js';

/** What could not be read here now: what was published of it is not gone for that. */
export interface Unread {
  /** What the ids of its articles begin with. */
  readonly baseIds: ReadonlySet<string>;
  /** Paths that hide nobody knows which articles, such as a folder that cannot be opened. */
  readonly hiding: readonly string[];
}

/** So many articles may always go. */
const HANDFUL = 5;
const LARGEST_SHARE = 0.2;

/** Published articles that are not here because their file could not be read. An id is a base id, or one with a part of the file after a colon. */
export const entriesOfUnread = (
  published: Listing,
  here: ReadonlyMap<SegmentKey, ListingEntry>,
  { baseIds }: Unread,
): ListingEntry[] =>
  published.filter(
    ({ key }) =>
      isArticle(key) && !here.has(key) && baseIds.has(key.slice('article/'.length).split(':')[0] ?? ''),
  );

/**
 * Refuses a release that takes away what nobody may have meant to: most often the wrong folder was named.
 * @param lost of them, what could not be read here and cannot be kept either.
 * @throws AppErrorException RELEASE_REMOVES_MANY for more than five articles and a fifth of all, RELEASE_REMOVES_UNREAD where articles go that
 * may be in what could not be read.
 */
export function refuseRemovals(
  published: Listing,
  here: ReadonlyMap<SegmentKey, ListingEntry>,
  { hiding }: Pick<Unread, 'hiding'>,
  lost: readonly ListingEntry[],
): void {
  const before = published.filter(({ key }) => isArticle(key));
  const going = before.filter(({ key }) => !here.has(key)).length;
  const counts = `${going.toLocaleString('en')} of ${before.length.toLocaleString('en')} articles would go`;
  if (going > HANDFUL && going > before.length * LARGEST_SHARE)
    throw new AppErrorException('RELEASE_REMOVES_MANY', counts);
  if (lost.length > 0)
    throw new AppErrorException(
      'RELEASE_REMOVES_UNREAD',
      `${counts}; ${lost.length.toLocaleString('en')} of them could not be read and are published with another search model or encoding`,
    );
  const [first] = hiding;
  if (going > 0 && first !== undefined)
    throw new AppErrorException('RELEASE_REMOVES_UNREAD', `${counts}; they may be in ${first}`);
}
