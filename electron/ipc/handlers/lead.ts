import type { leadRoutes } from '../../../shared/contracts/ipc/lead.js';
import type { LeadService } from '../../lead/lead-service.js';
import type { Handlers } from '../router.js';

/** Asks in the system's own dialog where to save a file of this name; null when nothing was chosen. */
export type ChooseSaveFile = (suggestedName: string) => Promise<string | null>;

export function leadHandlers(
  lead: LeadService,
  chooseSaveFile: ChooseSaveFile,
): Handlers<keyof typeof leadRoutes> {
  const { drafts, publications, rollouts, people, feedback, approvals } = lead;
  return {
    'lead.contents': () => drafts.contents(),
    'lead.titles': ({ articleIds }) => drafts.titles(articleIds),
    'lead.item': ({ key }) => drafts.item(key),
    'lead.edit': ({ key, base, content }) => drafts.edit(key, base, content),
    'lead.discard': ({ key, revision }) => drafts.discard(key, revision),
    'lead.preview': () => drafts.preview(),
    'lead.publication': () => publications.now(),
    'lead.publish': (options) => publications.start(options),
    'lead.cancel_publish': () => publications.cancel(),
    'lead.releases': ({ before }) => rollouts.releases(before),
    'lead.compare': ({ from, to }) => rollouts.compare(from, to),
    'lead.restore': ({ number, notes }) => rollouts.restore(number, notes),
    'lead.rollout': () => rollouts.read(),
    'lead.change_rollout': ({ expectedRevision, rollout }) => rollouts.change(expectedRevision, rollout),
    'lead.people': () => people.read(),
    'lead.invite': (invite) => people.invite(invite),
    'lead.cancel_invite': ({ id }) => people.cancelInvite(id),
    'lead.change_role': ({ id, role }) => people.changeRole(id, role),
    'lead.revoke': ({ id, wipe }) => people.revoke(id, wipe),
    'lead.feedback': ({ filter, before }) => feedback.list(filter, before),
    'lead.feedback_groups': ({ by }) => feedback.groups(by),
    'lead.resolve': ({ id, note, draftKey }) => feedback.resolve(id, note, draftKey),
    'lead.export_feedback': async (options) => {
      const path = await chooseSaveFile(
        `feedback-${options.format}.${options.format === 'csv' ? 'csv' : 'jsonl'}`,
      );
      if (path === null) return null;
      await feedback.export(options, path);
      return { path };
    },
    'lead.approvals': () => approvals.waiting(),
    'lead.decide_approval': ({ id, content, decision, reason }) =>
      approvals.decide(id, content, decision, reason),
    'lead.audit': ({ before }) => lead.audit(before),
    'lead.verify_audit': () => lead.verifyAudit(),
  };
}
