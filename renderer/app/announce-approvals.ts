import type { ApprovalsStore, Waiting } from '../features/lead/approvals-store.js';
import type { TeamStore } from '../features/team/team-store.js';
import type { NoticeStore } from './notice-store.js';
import { isLead } from './is-lead.js';
import { strings } from './strings.js';

interface ApprovalNewsDeps {
  readonly team: TeamStore;
  readonly approvals: ApprovalsStore;
  readonly notice: NoticeStore;
}

/**
 * Tells a lead what waits for their word: all of it when they come, each that is new later, whatever they are at. Returns the function that
 * ends it.
 */
export function announceApprovals({ team, approvals, notice }: ApprovalNewsDeps): () => void {
  const told = new Set<string>();
  const stopTeam = team.subscribe(({ status, trouble }, before) => {
    const isNew = isLead(status) && !isLead(before.status);
    // What was asked while the hub was away was not announced.
    const isBack = isLead(status) && !trouble && before.trouble !== null;
    if (isNew || isBack) void approvals.getState().load();
  });
  const stopList = approvals.subscribe(({ waiting }, before) => {
    if (waiting.kind !== 'ready' || waiting === before.waiting) return;
    const fresh = waiting.value.filter((each) => !each.isOwn && !told.has(each.question.actionId));
    for (const { question } of fresh) told.add(question.actionId);
    const words = wordsOf(fresh);
    if (words !== null) notice.getState().say(words);
  });
  return () => {
    stopTeam();
    stopList();
  };
}

function wordsOf(fresh: readonly Waiting[]): string | null {
  const [first] = fresh;
  if (!first) return null;
  const { came, many } = strings.approvals;
  return fresh.length === 1 ? came(first.memberName, first.question.title) : many(fresh.length);
}
