import { z } from 'zod';

import { DraftContent, DraftItem } from '../../domain/draft-item.js';
import { Member, Role } from '../../domain/member.js';
import { Publication } from '../../domain/publication.js';
import { ReleaseManifest, SegmentKey } from '../../domain/release.js';
import { Rollout } from '../../domain/rollout.js';
import { ApprovalAnswer } from '../../domain/approval.js';
import { Invite } from '../hub/access.js';
import { approvalEndpoints } from '../hub/approvals.js';
import { auditEndpoints } from '../hub/audit.js';
import { feedbackEndpoints } from '../hub/feedback.js';
import { ReleaseChange } from '../hub/releases.js';
import { RolloutState, RunningDevice } from '../hub/rollout.js';
import { defineRoute } from './define-route.js';

const number = z.int().positive();
const notes = z.string().max(20_000);
const revision = z.int().nonnegative();

/** One item as it would be published, and who edited it last where that is not published yet. */
export const ItemNow = z.object({
  key: SegmentKey,
  revision,
  /** Null where there is none, or where it is to be retired. */
  content: DraftContent.nullable(),
  edit: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
});
export type ItemNow = z.infer<typeof ItemNow>;

/** Of an edit: kept, or refused because the item is not any more what the edit began with. */
export const EditOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), item: ItemNow }),
  z.object({ kind: z.literal('conflict'), theirs: ItemNow }),
]);
export type EditOutcome = z.infer<typeof EditOutcome>;

/** What the team has: items with their content but articles, of which only the ids come. */
export const TeamContents = z.object({
  /** The newest release; null before the first. */
  release: number.nullable(),
  articleIds: z.array(z.string()),
  items: z.array(DraftContent),
  edits: z.array(DraftItem),
});
export type TeamContents = z.infer<typeof TeamContents>;

/** Of a change of the rollout: done, or refused with what it is by now. */
export const RolloutOutcome = z.object({ isChanged: z.boolean(), state: RolloutState });
export type RolloutOutcome = z.infer<typeof RolloutOutcome>;

/** What the leads' inbox is narrowed to. */
export const InboxFilter = feedbackEndpoints['feedback.inbox'].query
  .omit({ isResolved: true, before: true, limit: true })
  .extend({ isResolved: z.boolean().optional() });
export type InboxFilter = z.infer<typeof InboxFilter>;

/**
 * What a lead does at the team's hub. Roles are checked by the hub: a rep gets HUB_NOT_ALLOWED, whoever is in no team HUB_NOT_SIGNED_IN.
 */
export const leadRoutes = {
  'lead.contents': defineRoute({ input: z.void(), output: TeamContents }),
  /** Titles of published articles by their ids, for those that are not on this computer; what the release does not have is left out. */
  'lead.titles': defineRoute({
    input: z.object({ articleIds: z.array(z.string()).max(500) }),
    output: z.record(z.string(), z.string()),
  }),
  'lead.item': defineRoute({ input: z.object({ key: SegmentKey }), output: ItemNow }),
  /** `base` is what the edit began with; null content retires the item. */
  'lead.edit': defineRoute({
    input: z.object({
      key: SegmentKey,
      base: z.object({ revision, content: DraftContent.nullable() }),
      content: DraftContent.nullable(),
    }),
    output: EditOutcome,
  }),
  'lead.discard': defineRoute({ input: z.object({ key: SegmentKey, revision }), output: EditOutcome }),
  /** What the draft changes on top of the newest release. */
  'lead.preview': defineRoute({ input: z.void(), output: z.array(ReleaseChange) }),
  'lead.publication': defineRoute({ input: z.void(), output: Publication }),
  /** Begins to publish; how it goes on, `lead.publication_changed` tells. Does nothing while one runs. */
  'lead.publish': defineRoute({ input: z.object({ notes, assign: z.boolean() }), output: z.void() }),
  'lead.cancel_publish': defineRoute({ input: z.void(), output: z.void() }),
  'lead.releases': defineRoute({
    input: z.object({ before: number.nullable() }),
    output: z.array(ReleaseManifest),
  }),
  'lead.compare': defineRoute({
    input: z.object({ from: revision, to: number }),
    output: z.array(ReleaseChange),
  }),
  /** A new release with the content of an old one, for everybody; gives its number. */
  'lead.restore': defineRoute({ input: z.object({ number, notes }), output: z.object({ number }) }),
  'lead.rollout': defineRoute({
    input: z.void(),
    output: RolloutState.extend({ running: z.array(RunningDevice) }),
  }),
  'lead.change_rollout': defineRoute({
    input: z.object({ expectedRevision: revision, rollout: Rollout }),
    output: RolloutOutcome,
  }),
  'lead.people': defineRoute({
    input: z.void(),
    output: z.object({
      members: z.array(Member),
      invites: z.array(Invite),
      /** Which of the members uses this computer. */
      ownId: z.uuid().nullable(),
      /** The eight words a new member compares with those on its screen. */
      words: z.array(z.string()),
    }),
  }),
  /** `text` is what a person pastes to join: address and code in one. The code is shown once and kept nowhere. */
  'lead.invite': defineRoute({
    input: z.object({
      role: Role,
      name: z.string().trim().min(1).max(200),
      email: z.email().max(320).nullable(),
      expiresInHours: z.int().min(1).max(720),
    }),
    output: z.object({ invite: Invite, text: z.string() }),
  }),
  'lead.cancel_invite': defineRoute({ input: z.object({ id: z.uuid() }), output: z.void() }),
  'lead.change_role': defineRoute({ input: z.object({ id: z.uuid(), role: Role }), output: Member }),
  'lead.revoke': defineRoute({ input: z.object({ id: z.uuid(), wipe: z.boolean() }), output: Member }),
  'lead.feedback': defineRoute({
    input: z.object({ filter: InboxFilter, before: z.string().max(100).nullable() }),
    output: feedbackEndpoints['feedback.inbox'].answer,
  }),
  'lead.feedback_groups': defineRoute({
    input: feedbackEndpoints['feedback.groups'].query.pick({ by: true }),
    output: feedbackEndpoints['feedback.groups'].answer.shape.groups,
  }),
  'lead.resolve': defineRoute({
    input: z.object({ id: z.uuid(), note: z.string().max(4000), draftKey: SegmentKey.nullable() }),
    output: feedbackEndpoints['feedback.resolve'].answer,
  }),
  /** Shows the system's own dialog and writes there; null when it was closed. */
  'lead.export_feedback': defineRoute({
    input: z.object({ format: z.enum(['csv', 'supervised', 'preference']), redact: z.boolean() }),
    output: z.object({ path: z.string() }).nullable(),
  }),
  /** Changes of reps that wait for a lead's word, oldest first. */
  'lead.approvals': defineRoute({
    input: z.void(),
    output: approvalEndpoints['approvals.waiting'].answer.shape.approvals,
  }),
  /** `content` names what was shown; an answer to another content is refused. */
  'lead.decide_approval': defineRoute({
    input: approvalEndpoints['approvals.decide'].body.extend({ id: z.uuid() }),
    output: ApprovalAnswer,
  }),
  'lead.audit': defineRoute({
    input: z.object({ before: number.nullable() }),
    output: auditEndpoints['audit.list'].answer.shape.entries,
  }),
  'lead.verify_audit': defineRoute({ input: z.void(), output: auditEndpoints['audit.verify'].answer }),
} as const;

/** What of the hub may not be any more what the window shows. */
export const LeadSubject = z.enum(['draft', 'releases', 'members', 'feedback', 'approvals']);
export type LeadSubject = z.infer<typeof LeadSubject>;

export const leadEvents = {
  'lead.publication_changed': z.object({ publication: Publication }),
  'lead.changed': z.object({ subject: LeadSubject }),
} as const;
