import type { Action, PolicyFinding } from '../../shared/domain/action.js';
import type { Fact } from '../../shared/domain/tool-call.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { deadline } from '../deadline.js';
import type { ActionContext } from './action-store.js';
import type { CheckPolicy } from './policy.js';
import { isBlocked } from './what-findings-ask.js';

/** What a preview changes of an action. */
export type Previewed = Pick<Action, 'effect' | 'call' | 'amount' | 'findings' | 'status' | 'detail'>;

export interface PreviewDeps {
  readonly checkPolicy: CheckPolicy;
  /** Whose approval is asked for first. */
  readonly role: () => 'rep' | 'lead';
}

const NOTHING: Omit<Previewed, 'detail'> = {
  ...{ effect: '', call: '', amount: null },
  findings: [],
  status: 'waiting_for_rep',
};
/** Only looks are made; a rep waits for them. */
export const PREVIEW_MS = 8_000;

/** Looks what an action would do and checks the team's rules. Never rejects: what stands in the way is told in `detail`. */
export async function previewAction(
  action: Action,
  tool: WriteTool,
  { customer, facts }: ActionContext,
  { checkPolicy, role }: PreviewDeps,
): Promise<Previewed> {
  const parsed = tool.input.safeParse(action.input);
  if (!parsed.success) return { ...NOTHING, detail: missingText(tool, parsed.error.issues) };
  const limit = deadline(PREVIEW_MS);
  try {
    const preview = await tool.preview({
      ...{ input: parsed.data, customer, signal: limit.signal },
      conversationId: action.conversationId,
    });
    if (preview.status !== 'ready') return { ...NOTHING, detail: preview.detail };
    const { effect, call, amount } = preview;
    const known = newestFirst(preview.facts, facts);
    const findings = checkPolicy({ tool: tool.name, input: parsed.data, amount, facts: known, role: role() });
    return {
      effect,
      call,
      amount,
      findings: [...findings],
      status: 'waiting_for_rep',
      detail: detailOf(findings),
    };
  } catch {
    return { ...NOTHING, detail: `${tool.title}: the system does not answer. Nothing was changed.` };
  } finally {
    limit.clear();
  }
}

/** The preview has just asked; the card's look-ups fill in what it left out. */
export function newestFirst(fresh: readonly Fact[], older: readonly Fact[]): Fact[] {
  const known = new Set(fresh.map(({ key }) => key));
  return [...fresh, ...older.filter(({ key }) => !known.has(key))];
}

function missingText(
  tool: WriteTool,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const labels = new Map(tool.fields.map(({ key, label }) => [key, label]));
  const [first] = issues;
  const key = String(first?.path[0] ?? '');
  return `${labels.get(key) ?? key}: ${first?.message ?? 'is missing'}`;
}

export function detailOf(findings: readonly PolicyFinding[]): string {
  const wanted = isBlocked(findings) ? 'blocks' : 'needs_lead';
  return findings.find(({ effect }) => effect === wanted)?.message ?? '';
}
