import { z } from 'zod';

import { HubEvent } from '../../shared/contracts/hub/events.js';
import type { Queries } from '../storage/hub-database.js';

/** The one channel all copies of the hub listen to. */
export const CHANNEL = 'cuecard_hub';

export const Announcement = z.object({ workspaceId: z.uuid(), event: HubEvent });
export type Announcement = z.infer<typeof Announcement>;

/** Tells the devices of a workspace, on every copy, once the transaction of `queries` is committed. */
export async function announce(queries: Queries, workspaceId: string, event: HubEvent): Promise<void> {
  await queries.run('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify({ workspaceId, event })]);
}
