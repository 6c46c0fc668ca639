import type { AnswerOf } from '../../shared/contracts/hub/define-endpoint.js';
import type { auditEndpoints } from '../../shared/contracts/hub/audit.js';
import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { LeadSubject } from '../../shared/contracts/ipc/lead.js';
import type { AuditEntry } from '../../shared/domain/audit-entry.js';
import type { Publication } from '../../shared/domain/publication.js';
import type { Logger } from '../../shared/lib/logger.js';
import { createDrafts, type Drafts } from './drafts.js';
import { createFeedbackInbox, type FeedbackInbox } from './feedback-inbox.js';
import { joinedHub, type HubNow } from './lead-hub.js';
import { createPeople, type People } from './people.js';
import { createPublications, type Publications, type PublishDraft } from './publications.js';
import { createRollouts, type Rollouts } from './rollouts.js';

export type LeadNews =
  | { readonly name: 'publication'; readonly publication: Publication }
  | { readonly name: 'changed'; readonly subject: LeadSubject };

export interface LeadServiceDeps {
  readonly hub: HubNow;
  /** Address of the hub; asked only while there is one. */
  readonly hubUrl: () => string;
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
  /** The audit log, newest first, a page at a time. */
  audit(before: number | null): Promise<AuditEntry[]>;
  verifyAudit(): Promise<AnswerOf<(typeof auditEndpoints)['audit.verify']>>;
  /** To be told of what the hub announces. */
  onHubEvent(event: HubEvent): void;
  /** Returns the function that stops listening. */
  onNews(listener: (news: LeadNews) => void): () => void;
  close(): Promise<void>;
}

const AUDIT_PAGE = 100;

/** What of the hub each announcement is about. */
const subjects: Record<HubEvent['name'], LeadSubject> = {
  assignment_changed: 'releases',
  draft_changed: 'draft',
  feedback_received: 'feedback',
  feedback_resolved: 'feedback',
  member_changed: 'members',
};

export function createLeadService({ hub, hubUrl, publish, log }: LeadServiceDeps): LeadService {
  const listeners = new Set<(news: LeadNews) => void>();
  const tell = (news: LeadNews): void => {
    for (const listener of listeners) listener(news);
  };
  const publications = createPublications({
    ...{ hub, publish, log },
    onChanged: (publication) => tell({ name: 'publication', publication }),
  });
  return {
    drafts: createDrafts(hub),
    publications,
    rollouts: createRollouts(hub),
    people: createPeople(hub, hubUrl),
    feedback: createFeedbackInbox(hub),
    async audit(before) {
      const query = { limit: AUDIT_PAGE, ...(before === null ? {} : { before }) };
      return (await joinedHub(hub).request('audit.list', { query })).entries;
    },
    verifyAudit: () => joinedHub(hub).request('audit.verify'),
    onHubEvent: (event) => tell({ name: 'changed', subject: subjects[event.name] }),
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
