import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import { describeChange } from '../../release/readable-diff.js';
import { decodeItem } from '../../release/team-segments.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { changesBetween, type EntryChange } from './listing-store.js';

/** What of a release nobody reads. */
const isForMachines = (key: string): boolean => /^(graph|evaluation)\//.test(key);
/** Changes whose contents are in memory at once. */
const READ_AT_ONCE = 100;

/** What changed from one release to another, for a person to read; `from` 0 is nothing at all. */
export async function diffReleases(
  database: HubDatabase,
  segments: SegmentService,
  workspaceId: string,
  from: number,
  to: number,
): Promise<ReleaseChange[]> {
  const changes = await changesBetween(database, workspaceId, from, to);
  const described: ReleaseChange[] = [];
  for (let start = 0; start < changes.length; start += READ_AT_ONCE) {
    const page = changes.slice(start, start + READ_AT_ONCE);
    const contents = await segments.contents(workspaceId, page.flatMap(hashesToRead));
    const read = (key: string, hash: string | null): DraftContent | null => {
      const content = hash === null ? undefined : contents.get(hash);
      return content ? decodeItem(key, content) : null;
    };
    described.push(
      ...page.map((change) =>
        describe(change, read(change.key, change.before), read(change.key, change.after?.hash ?? null)),
      ),
    );
  }
  return described;
}

/** Both sides of a change, as far as somebody reads them. */
function hashesToRead({ key, before, after }: EntryChange): string[] {
  return isForMachines(key) ? [] : [before, after?.hash ?? null].filter((hash) => hash !== null);
}

function describe(
  { key, before: oldHash, after: entry }: EntryChange,
  before: DraftContent | null,
  after: DraftContent | null,
): ReleaseChange {
  const change = oldHash === null ? 'added' : entry === null ? 'removed' : 'changed';
  return { key, change, ...describeChange(key, before, after) };
}
