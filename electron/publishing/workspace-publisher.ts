import type { HubClient } from '../sync/hub-client.js';
import { readNewest, refuseOverCanary } from './newest-release.js';
import { defaultPatience, refuseCancelled, type Patience } from './patience.js';
import type { Publisher } from './published.js';
import { sendRelease } from './send-release.js';
import { workspaceRelease, type WorkspaceSource } from './workspace-release.js';

export interface WorkspacePublisherDeps {
  readonly hub: HubClient;
  readonly source: WorkspaceSource;
  readonly patience?: Patience;
}

/** Publishes a workspace: the release becomes exactly what it says. The draft on the hub stays as it is. */
export function createWorkspacePublisher({
  hub,
  source,
  patience = defaultPatience,
}: WorkspacePublisherDeps): Publisher {
  return {
    async publish({ notes, assign }, onProgress, signal) {
      try {
        if (assign) await refuseOverCanary(hub, patience, signal);
        const base = await readNewest(hub, patience, signal);
        const deps = { hub, patience };
        const publication = await workspaceRelease(base, source, deps, onProgress, signal);
        return await sendRelease(hub, publication, { notes, assign, patience, onProgress, signal });
      } catch (cause) {
        refuseCancelled(signal);
        throw cause;
      }
    },
  };
}
