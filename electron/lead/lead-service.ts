import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { auditEndpoints } from '../../shared/contracts/hub/audit.js';
import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { LeadSubject } from '../../shared/contracts/ipc/lead.js';
import type { AuditEntry } from '../../shared/domain/audit-entry.js';
import type { Publication } from '../../shared/domain/publication.js';
import type { Logger } from '../../shared/lib/logger.js';
import { createApprovals, type Approvals } from './approvals.js';
import { createDrafts, type Drafts } from './drafts.js';
import { createFeedbackInbox, type FeedbackInbox } from './feedback-inbox.js';
import { joinedHub, type HubNow } from './lead-hub.js';
import { createPeople, type People } from './people.js';
import { createPublications, type Publications, type PublishDraft } from './publications.js';
import { createRollouts, type Rollouts } from './rollouts.js';

export type LeadNews =
  | { readonly name: 'publication'; readonly publication: Publication }
  | { readonly name: 'changed'; readonly subject: LeadSubject };

/** The team this computer is in, as far as a lead's work needs it; `TeamService` is one. */
export interface LeadMembership {
  readonly hub: HubNow;
  status(): { readonly kind: string; readonly hubUrl?: string };
  whileJoined(
    open: () => {
      readonly onHubEvent: (event: HubEvent) => void;
      readonly onReachable: () => void;
      readonly close: () => void;
    },
  ): void;
}

export interface LeadServiceDeps {
  readonly membership: LeadMembership;
  readonly publish: PublishDraft;
  readonly log: Logger;
}

/** Everything a team's lead does against the hub. @throws AppErrorException HUB_NOT_SIGNED_IN from each where there is no team. */
export interface LeadService {
  readonly drafts: Drafts;
  readonly publications: Publications;
  readonly rollouts: Rollouts;
  readonly people: People;
  readonly feedback: FeedbackInbox;
  readonly approvals: Approvals;
  /** The audit log, newest first, a page at a time. */
  audit(before: number | null): Promise<AuditEntry[]>;
  verifyAudit(): Promise<AnswerOf<(typeof auditEndpoints)['audit.verify']>>;
  /** Returns the function that stops listening. */
  onNews(listener: (news: LeadNews) => void): () => void;
  close(): Promise<void>;
}

const AUDIT_PAGE = 100;

/** What of the hub each announcement is about. */
const subjects: Record<HubEvent['name'], LeadSubject> = {
  approval_asked: 'approvals',
  approval_decided: 'approvals',
  assignment_changed: 'releases',
  draft_changed: 'draft',
  feedback_received: 'feedback',
  feedback_resolved: 'feedback',
  member_changed: 'members',
};

export function createLeadService({ membership, publish, log }: LeadServiceDeps): LeadService {
  const hub: HubNow = () => membership.hub();
  const listeners = new Set<(news: LeadNews) => void>();
  const tell = (news: LeadNews): void => {
    for (const listener of listeners) listener(news);
  };
  const publications = createPublications({
    ...{ hub, publish, log },
    onChanged: (publication) => tell({ name: 'publication', publication }),
  });
  membership.whileJoined(() => ({
    onHubEvent: (event) => tell({ name: 'changed', subject: subjects[event.name] }),
    // A question that came while nobody listened must not wait until somebody looks.
    onReachable: () => tell({ name: 'changed', subject: 'approvals' }),
    close: () => undefined,
  }));
  return {
    drafts: createDrafts(hub),
    publications,
    rollouts: createRollouts(hub),
    people: createPeople(hub, () => membership.status().hubUrl ?? ''),
    feedback: createFeedbackInbox(hub),
    approvals: createApprovals(hub),
    async audit(before) {
      const query = { limit: AUDIT_PAGE, ...(before === null ? {} : { before }) };
      return (await joinedHub(hub).request('audit.list', { query })).entries;
    },
    verifyAudit: () => joinedHub(hub).request('audit.verify'),
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      await publications.close();
    },
  };
}
