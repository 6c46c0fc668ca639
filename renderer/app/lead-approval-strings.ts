import { plural } from './plural.js';

/** Changes of reps that wait for a lead's word; a part of `strings`. */
export const leadApprovalStrings = {
  approvals: {
    tab: (waiting: number) => `Approvals (${String(waiting)})`,
    list: 'Changes that wait for a lead',
    asks: (name: string) => `${name} approved this and asks for a second approval`,
    own: 'You asked for this yourself. Another lead must decide.',
    emptyTitle: 'Nothing waits for you',
    emptyNext:
      'A change above a limit of the team comes here when a rep has approved it. You see exactly what it would do.',
    rules: 'Rules',
    ruleEffect: { passes: 'OK', needs_lead: 'a lead must approve', blocks: 'not allowed' },
    from: (title: string) => `from “${title}”`,
    values: 'With these values',
    call: 'The exact call',
    approve: 'Approve',
    confirm: 'Press again to approve',
    confirmHint: 'It is done at the rep’s desk right after the second press. Esc takes the first one back.',
    refuse: 'Refuse',
    reason: 'Why it is refused',
    reasonHint: 'The rep reads this beside the change.',
    refuseNow: 'Refuse it',
    back: 'Back',
    working: 'Working…',
    approved: (title: string) => `Approved: ${title}. The rep’s desk does it now.`,
    refused: (title: string) => `Refused: ${title}.`,
    came: (name: string, title: string) => `${name} asks for approval: ${title}. Team desk, “Approvals”.`,
    many: (waiting: number) =>
      `${plural(waiting, 'change waits', 'changes wait')} for a lead. Team desk, “Approvals”.`,
  },
};
