import type { HubEvent } from '../shared/contracts/hub/events.js';
import type { SignedManifest } from '../shared/domain/release.js';
import type { Logger } from '../shared/lib/logger.js';
import type { Principal } from './http/principal.js';
import type { HubDatabase, Queries } from './storage/hub-database.js';

/** What every service of the hub is given. */
export interface HubServices {
  readonly database: HubDatabase;
  readonly now: () => Date;
  readonly log: Logger;
  /** Writes an entry of the audit log in the caller's transaction. */
  audit(
    queries: Queries,
    principal: Pick<Principal, 'workspaceId' | 'actor'>,
    action: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  /** Signs a manifest (canonical JSON) with the workspace's newest key, in the transaction that stores it. */
  signRelease(queries: Queries, workspaceId: string, manifest: string): Promise<SignedManifest>;
  /** Tells the devices of a workspace, on every copy of the hub, once the caller's transaction is committed. */
  announce(queries: Queries, workspaceId: string, event: HubEvent): Promise<void>;
}
