import type { DraftContent } from '../../shared/domain/draft-item.js';
import type { ListingEntry, ReleaseManifest, SegmentKey } from '../../shared/domain/release.js';
import { decodeFrames } from '../../release/segment-frames.js';
import { decodeItem, isTeamKey } from '../../release/team-segments.js';
import type { HubClient } from '../sync/hub-client.js';
import { joinedHub, type HubNow } from './lead-hub.js';

const FETCHED_AT_ONCE = 200;

export interface Newest {
  readonly manifest: ReleaseManifest | null;
  readonly entries: ReadonlyMap<SegmentKey, ListingEntry>;
}

/** What the newest release holds, read where a lead looks at it and kept while it stays the newest. */
export interface NewestContents {
  read(): Promise<Newest>;
  /** Contents of these items, by key; what the release does not have is left out. */
  contentsOf(keys: Iterable<SegmentKey>): Promise<ReadonlyMap<SegmentKey, DraftContent>>;
  /** Everything but articles. */
  teamItems(): Promise<DraftContent[]>;
}

export function createNewestContents(hub: HubNow): NewestContents {
  let kept: Newest = { manifest: null, entries: new Map() };
  /** Team items are small and looked at again and again; an article is read when it is opened. */
  const teamItems = new Map<string, DraftContent>();

  const read = async (): Promise<Newest> => {
    const client = joinedHub(hub);
    const { releases } = await client.request('releases.list', { query: { limit: 1 } });
    const manifest = releases[0] ?? null;
    if (manifest && kept.manifest?.root === manifest.root && kept.manifest.number === manifest.number)
      return kept;
    if (!manifest) return (kept = { manifest, entries: new Map() });
    const { delta } = await client.request('releases.read', { params: { number: manifest.number } });
    return (kept = { manifest, entries: new Map(delta.changed.map((entry) => [entry.key, entry])) });
  };

  const contentsOf = async (keys: Iterable<SegmentKey>): Promise<Map<SegmentKey, DraftContent>> => {
    const { entries } = await read();
    const wanted = [...keys].flatMap((key) => entries.get(key) ?? []);
    const found = new Map<SegmentKey, DraftContent>();
    const missing = wanted.filter(({ key, hash }) => {
      const known = teamItems.get(hash);
      if (known) found.set(key, known);
      return !known;
    });
    for (let start = 0; start < missing.length; start += FETCHED_AT_ONCE)
      for (const [entry, content] of await fetchItems(
        joinedHub(hub),
        missing.slice(start, start + FETCHED_AT_ONCE),
      )) {
        found.set(entry.key, content);
        if (isTeamKey(entry.key)) teamItems.set(entry.hash, content);
      }
    return found;
  };

  return {
    read,
    contentsOf,
    async teamItems() {
      const { entries } = await read();
      return [...(await contentsOf([...entries.keys()].filter(isTeamKey))).values()];
    },
  };
}

async function fetchItems(
  hub: HubClient,
  entries: readonly ListingEntry[],
): Promise<[ListingEntry, DraftContent][]> {
  const hashes = [...new Set(entries.map(({ hash }) => hash))];
  const found: [ListingEntry, DraftContent][] = [];
  const chunks = await hub.receive('segments.fetch', { body: { hashes } });
  for await (const { hash, content } of decodeFrames(chunks))
    for (const entry of entries) if (entry.hash === hash) found.push([entry, decodeItem(entry.key, content)]);
  return found;
}
