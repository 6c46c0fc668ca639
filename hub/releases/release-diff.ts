import type { ReleaseChange } from '../../shared/contracts/hub/releases.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import { describeChange } from '../../release/readable-diff.js';
import { decodeItem } from '../../release/team-segments.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { changesBetween } from './listing-store.js';

/** What of a release nobody reads. */
const isForMachines = (key: string): boolean => /^(graph|evaluation)\//.test(key);

/** What changed from one release to another, for a person to read; `from` 0 is nothing at all. */
export async function diffReleases(
  database: HubDatabase,
  segments: SegmentService,
  workspaceId: string,
  from: number,
  to: number,
): Promise<ReleaseChange[]> {
  const changes = await changesBetween(database, workspaceId, from, to);
  const read = async (key: string, hash: string | null): Promise<DraftContent | null> =>
    hash === null || isForMachines(key) ? null : decodeItem(key, await segments.content(workspaceId, hash));
  const described: ReleaseChange[] = [];
  for (const { key, before, after } of changes) {
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    const text = describeChange(key, await read(key, before), await read(key, after?.hash ?? null));
    described.push({ key, change, ...text });
  }
  return described;
}
