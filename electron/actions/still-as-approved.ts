import type { Action } from '../../shared/domain/action.js';
import type { ToolCustomer } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { deadline, orAborted } from '../deadline.js';
import type { ActionContext } from './action-store.js';
import type { CheckPolicy } from './policy.js';
import { detailOf, newestFirst, PREVIEW_MS, type Previewed } from './preview-action.js';
import { isBlocked, needsLead } from './what-findings-ask.js';

/** Whether what was approved is still what would happen, and the team's rules still allow it. */
export type Standing =
  | { readonly kind: 'as_approved' }
  /** It would do something else now, or is not allowed any more: nobody approved that. */
  | { readonly kind: 'changed'; readonly now: Previewed }
  /** The system does not answer: nothing is asked of it. */
  | { readonly kind: 'away'; readonly detail: string };

/** A lead's word is for the case as it stands; a try days later needs it anew. */
const LEAD_LASTS_MS = 86_400_000;
const CHANGED = 'What it would do changed since it was approved.';

/**
 * Looks once more just before a change is asked for: time passes between preview and approval, between a rep's and a lead's, and over a restart;
 * meanwhile the order and the team's rules may change. Changes nothing. Never rejects.
 */
export async function stillAsApproved(
  action: Action,
  tool: WriteTool,
  run: { readonly input: Record<string, string>; readonly customer: ToolCustomer },
  { facts }: ActionContext,
  checkPolicy: CheckPolicy,
  now: () => Date,
): Promise<Standing> {
  const limit = deadline(PREVIEW_MS);
  try {
    const { conversationId } = action;
    const asked = tool.preview({ ...run, conversationId, signal: limit.signal });
    const preview = await orAborted(asked, limit.signal);
    const status = 'waiting_for_rep' as const;
    if (preview.status !== 'ready') {
      const nothing = { effect: '', call: '', amount: null, findings: [] };
      return { kind: 'changed', now: { ...nothing, status, detail: preview.detail } };
    }
    const { effect, call, amount } = preview;
    const isByLead = action.decisions.some(
      ({ decision, role, at }) =>
        decision === 'approved' && role === 'lead' && now().getTime() - Date.parse(at) < LEAD_LASTS_MS,
    );
    const change = { tool: tool.name, input: run.input, amount, facts: newestFirst(preview.facts, facts) };
    const findings = [...checkPolicy({ ...change, role: isByLead ? 'lead' : 'rep' })];
    const found = { effect, call, amount, findings, status };
    if (isBlocked(findings) || (needsLead(findings) && !isByLead))
      return { kind: 'changed', now: { ...found, detail: detailOf(findings) } };
    return effect === action.effect && call === action.call
      ? { kind: 'as_approved' }
      : { kind: 'changed', now: { ...found, detail: CHANGED } };
  } catch {
    return { kind: 'away', detail: `${tool.title}: the system does not answer. Nothing was changed.` };
  } finally {
    limit.clear();
  }
}
