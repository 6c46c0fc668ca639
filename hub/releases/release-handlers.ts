import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Handlers } from '../http/handlers.js';
import type { SegmentService } from '../segments/segment-service.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { diffReleases } from './release-diff.js';
import { getRelease } from './release-rows.js';
import type { ReleaseService } from './release-service.js';

type Names = 'releases.list' | 'releases.read' | 'releases.diff' | 'releases.publish' | 'releases.restore';

export function releaseHandlers(
  releases: ReleaseService,
  segments: SegmentService,
  database: HubDatabase,
): Handlers<Names> {
  return {
    'releases.list': async ({ principal, query }) => ({
      releases: await releases.list(principal.workspaceId, query),
    }),
    'releases.read': async ({ principal, params, query }) =>
      releases.read(principal.workspaceId, params.number, query.from),
    'releases.diff': async ({ principal, params, query }) => {
      const { workspaceId } = principal;
      await getRelease(database, workspaceId, params.number);
      if (query.from > 0) await getRelease(database, workspaceId, query.from);
      return { changes: await diffReleases(database, segments, workspaceId, query.from, params.number) };
    },
    'releases.publish': async ({ principal, body }) => {
      if (body.delta.changed.length + body.delta.removed.length === 0)
        throw new AppErrorException('RELEASE_NOTHING_TO_PUBLISH');
      return { signed: await releases.publish(principal, body) };
    },
    'releases.restore': async ({ principal, params, body }) => ({
      signed: await releases.restore(principal, params.number, body),
    }),
  };
}
