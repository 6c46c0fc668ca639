import type { HubEndpointName } from '../shared/contracts/hub/index.js';
import type { Access } from './access/access.js';
import { accessHandlers } from './access/access-handlers.js';
import { accessTables } from './access/access-tables.js';
import { approvalHandlers } from './approvals/approval-handlers.js';
import type { ApprovalService } from './approvals/approval-service.js';
import { approvalTables } from './approvals/approval-tables.js';
import { auditHandlers } from './audit/audit-handlers.js';
import type { AuditService } from './audit/audit-service.js';
import { auditTables } from './audit/audit-tables.js';
import { draftHandlers } from './drafts/draft-handlers.js';
import { DraftService } from './drafts/draft-service.js';
import { draftTables } from './drafts/draft-tables.js';
import { eventHandlers } from './events/event-handlers.js';
import type { EventStreams } from './events/event-streams.js';
import { feedbackHandlers } from './feedback/feedback-handlers.js';
import { FeedbackService } from './feedback/feedback-service.js';
import { feedbackTables } from './feedback/feedback-tables.js';
import type { Handlers } from './http/handlers.js';
import type { HubServices } from './hub-services.js';
import { releaseHandlers } from './releases/release-handlers.js';
import { ReleaseService } from './releases/release-service.js';
import { releaseTables } from './releases/release-tables.js';
import { rolloutHandlers } from './rollout/rollout-handlers.js';
import { RolloutService } from './rollout/rollout-service.js';
import { rolloutTables } from './rollout/rollout-tables.js';
import { segmentHandlers } from './segments/segment-handlers.js';
import type { SegmentService } from './segments/segment-service.js';
import { segmentTables } from './segments/segment-tables.js';
import type { MigrationSet } from './storage/migrate.js';

/** The tables of all areas, in the order they need each other. */
export const hubTables: readonly MigrationSet[] = [
  accessTables,
  auditTables,
  segmentTables,
  releaseTables,
  draftTables,
  rolloutTables,
  feedbackTables,
  approvalTables,
];

/** What the areas of the hub are made with. */
export interface AreaDeps {
  readonly services: HubServices;
  readonly audit: AuditService;
  readonly access: Access;
  readonly streams: EventStreams;
  readonly segments: SegmentService;
  readonly approvals: ApprovalService;
}

/** Makes the services of all areas. @returns what answers the endpoints. */
export function createHandlers(deps: AreaDeps): Handlers<HubEndpointName> {
  const { services, audit, access, streams, segments, approvals } = deps;
  const releases = new ReleaseService(services, segments);
  return {
    ...accessHandlers(access),
    ...auditHandlers(audit),
    ...eventHandlers(streams),
    ...segmentHandlers(segments),
    ...releaseHandlers(releases, segments, services.database),
    ...draftHandlers(new DraftService(services, segments)),
    ...rolloutHandlers(new RolloutService(services, releases)),
    ...feedbackHandlers(new FeedbackService(services)),
    ...approvalHandlers(approvals),
  };
}
