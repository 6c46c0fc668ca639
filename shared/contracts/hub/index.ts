import { accessEndpoints } from './access.js';
import { approvalEndpoints } from './approvals.js';
import { auditEndpoints } from './audit.js';
import { draftEndpoints } from './drafts.js';
import { eventEndpoints } from './events.js';
import { feedbackEndpoints } from './feedback.js';
import { releaseEndpoints } from './releases.js';
import { rolloutEndpoints } from './rollout.js';

/** Every request the hub answers under `/v1`, by name. Health, readiness, metrics and the API description stand beside it. */
export const hubEndpoints = {
  ...accessEndpoints,
  ...approvalEndpoints,
  ...auditEndpoints,
  ...draftEndpoints,
  ...eventEndpoints,
  ...feedbackEndpoints,
  ...releaseEndpoints,
  ...rolloutEndpoints,
} as const;

export type HubEndpointName = keyof typeof hubEndpoints;
