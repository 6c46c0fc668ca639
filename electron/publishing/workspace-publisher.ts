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
  /** Lets a release take away any number of articles, and those of files that could not be read. */
  readonly allowRemoval?: boolean;
}

/**
 * Publishes a workspace: the release becomes what it says; the draft on the hub stays as it is. Beside what every publisher refuses it
 * refuses with RELEASE_REMOVES_MANY and RELEASE_REMOVES_UNREAD, and with RELEASE_CANARY_RUNS another release that a canary is to be made of.
 */
export function createWorkspacePublisher({
  hub,
  source,
  patience = defaultPatience,
  allowRemoval = false,
}: WorkspacePublisherDeps): Publisher {
  return {
    async publish({ notes, assign }, onProgress, signal) {
      try {
        if (assign) await refuseOverCanary(hub, patience, signal);
        const base = await readNewest(hub, patience, signal);
        const deps = { hub, patience, allowRemoval };
        const publication = await workspaceRelease(base, source, deps, onProgress, signal);
        const { changed, removed } = publication.difference;
        if (!assign && changed.length + removed.length > 0) await refuseOverCanary(hub, patience, signal);
        return await sendRelease(hub, publication, { notes, assign, patience, onProgress, signal });
      } catch (cause) {
        refuseCancelled(signal);
        throw cause;
      }
    },
  };
}
