import type { RouteOutput } from '../../shared/contracts/ipc/index.js';
import type { ApprovalAnswer } from '../../shared/domain/approval.js';
import { joinedHub, type HubNow } from './lead-hub.js';

/** Changes of reps that need a lead's word. */
export interface Approvals {
  /** Oldest first. */
  waiting(): Promise<RouteOutput<'lead.approvals'>>;
  /** Answers what was shown, which `content` names. @throws AppErrorException HUB_CONFLICT, HUB_NOT_FOUND, HUB_NOT_ALLOWED. */
  decide(
    id: string,
    content: string,
    decision: 'approved' | 'refused',
    reason: string,
  ): Promise<ApprovalAnswer>;
}

export function createApprovals(hub: HubNow): Approvals {
  return {
    waiting: async () => (await joinedHub(hub).request('approvals.waiting')).approvals,
    decide: (id, content, decision, reason) =>
      joinedHub(hub).request('approvals.decide', { params: { id }, body: { content, decision, reason } }),
  };
}
