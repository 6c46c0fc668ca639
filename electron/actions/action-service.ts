import { randomUUID } from 'node:crypto';

import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import type { Action, ActionDecision } from '../../shared/domain/action.js';
import type { Conversation } from '../../shared/domain/conversation.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ToolCustomer } from '../agents/tools/tool.js';
import { callsFor } from '../agents/tools/several-systems.js';
import type { PlannedCall } from '../agents/tools/tool-registry.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import {
  contentOf,
  doneCall,
  isNews,
  isSameWishElsewhere,
  isUnderWay,
  mayBeWishedAgain,
  subjectOf,
} from './action-content.js';
import { createActionRuns } from './action-runs.js';
import type { ActionStore } from './action-store.js';
import type { AuditEvent } from './audit-log.js';
import { createExecuteAction } from './execute-action.js';
import type { CheckPolicy } from './policy.js';
import { previewAction } from './preview-action.js';
import { isBlocked, needsLead } from './what-findings-ask.js';
import { recoverActions } from './recover-actions.js';
import type { LeadAnswer, SecondApprover, Standing } from './second-approver.js';

export interface ActionServiceDeps {
  readonly store: ActionStore;
  readonly saver: BaseCheckpointSaver;
  /** The team's tools that change something, by name and system; those in force now. */
  readonly toolOf: (name: string, systemId?: string) => WriteTool | null;
  /** The systems that have a tool of this name now; `undefined` stands for the desk itself. */
  readonly systemsOf: (tool: string) => readonly (string | undefined)[];
  readonly checkPolicy: CheckPolicy;
  /** Who sits at this desk. */
  readonly person: () => { readonly name: string; readonly role: 'rep' | 'lead' };
  readonly secondApprover: SecondApprover;
  readonly log: Logger;
  readonly now: () => Date;
  readonly lookAfterMs?: readonly number[];
}

/** What a card asks to be done. */
export interface Proposal {
  readonly conversationId: string;
  readonly messageId: string;
  readonly customer: ToolCustomer;
  readonly calls: readonly PlannedCall[];
  /** What the card looked up; rules look at what of it is of the system that is changed. */
  readonly found: readonly ToolCall[];
  /** A rep starts it, also again for the same message. */
  readonly isByHand?: boolean;
}

/** Changes in business systems: proposed by cards, decided by people, done once. */
export interface ActionService {
  /** Oldest first. */
  ofConversation(conversationId: string): readonly Action[];
  /** Takes up what a card proposes; the same wish again is the same action. Resolves when all are previewed. */
  propose(proposal: Proposal): Promise<void>;
  /** Other arguments; previewed and checked anew. @throws AppErrorException ACTION_*. */
  edit(id: string, input: Readonly<Record<string, string>>): Promise<Action>;
  /**
   * Approves what was seen: `seenAt` is the `updatedAt` of the action on the screen. Resolves when it has ended, or waits for a lead.
   * @throws AppErrorException ACTION_NOT_FOUND, ACTION_DECIDED, ACTION_CHANGED, ACTION_BLOCKED.
   */
  approve(id: string, seenAt: string): Promise<Action>;
  refuse(id: string, reason: string): Promise<Action>;
  /** Asks the system once more for what failed, with the same key. */
  retry(id: string): Promise<Action>;
  /** Reads back what is unclear. */
  lookAgain(id: string): Promise<Action>;
  /** The rep looked into the system, which cannot tell: `wasDone` ends an unclear action. */
  settleByHand(id: string, wasDone: boolean): Promise<Action>;
  /** Goes on with what a kill left without an end. */
  recover(): Promise<void>;
  /** What was done and the customer was not told of yet, as calls a reply may cite. */
  doneCalls(conversation: Pick<Conversation, 'id' | 'messages'>): ToolCall[];
  /** The conversations among these whose changes were approved and have no known end yet. */
  underWay(conversationIds: readonly string[]): string[];
  /** Deletes the actions of conversations and their runs; the audit log keeps that they were, without what they said. */
  forgetConversations(conversationIds: readonly string[]): Promise<void>;
  /** Returns the function that stops listening. */
  onChanged(listener: (action: Action) => void): () => void;
}

export function createActionService(deps: ActionServiceDeps): ActionService {
  const { store, toolOf, checkPolicy, person, secondApprover, log, now } = deps;
  const listeners = new Set<(action: Action) => void>();
  const busy = new Set<string>();

  function save(action: Action, event: AuditEvent): void {
    store.save(action, event);
    for (const listener of listeners) listener(action);
  }

  const runs = createActionRuns(
    {
      async preview(id) {
        const action = store.find(id);
        const context = store.contextOf(id);
        const tool = action && toolOf(action.tool, action.systemId);
        if (!action || !context || !tool) return;
        const role = (): 'rep' | 'lead' => person().role;
        const previewed = await previewAction(action, tool, context, { checkPolicy, role });
        save({ ...action, ...previewed, updatedAt: now().toISOString() }, 'previewed');
      },
      needsLead: (id) => needsLead(store.find(id)?.findings ?? []),
      execute: createExecuteAction({
        ...{ store, save, toolOf, checkPolicy, log, now },
        ...(deps.lookAfterMs ? { lookAfterMs: deps.lookAfterMs } : {}),
      }),
    },
    deps.saver,
  );
  secondApprover.listen({ onAnswer: decideAsLead, onStanding: noteStanding });

  function found(id: string): Action {
    const action = store.find(id);
    if (!action) throw new AppErrorException('ACTION_NOT_FOUND', id);
    return action;
  }

  /** One at a time for each action: a second press while the first is under way is refused, not queued. */
  async function alone(id: string, work: (action: Action) => Promise<void>): Promise<Action> {
    const action = found(id);
    if (busy.has(id)) throw new AppErrorException('ACTION_DECIDED', action.status);
    busy.add(id);
    try {
      await work(action);
      return found(id);
    } finally {
      busy.delete(id);
    }
  }

  function decided(action: Action, decision: ActionDecision['decision'], reason = ''): Action {
    const { name, role } = person();
    const at = now().toISOString();
    return {
      ...action,
      decisions: [...action.decisions, { at, by: name, role, decision, reason }],
      updatedAt: at,
    };
  }

  function mustBe(action: Action, ...statuses: readonly Action['status'][]): void {
    if (!statuses.includes(action.status)) throw new AppErrorException('ACTION_DECIDED', action.status);
  }

  async function decideAsLead({ actionId, content, decision, by, reason }: LeadAnswer): Promise<void> {
    await alone(actionId, async (action) => {
      // A lead's word is for exactly what was shown to them, and for nothing else.
      if (action.status !== 'waiting_for_lead' || contentOf(action) !== content) return;
      const at = now().toISOString();
      const decisions = [...action.decisions, { at, by, role: 'lead' as const, decision, reason }];
      const status = decision === 'approved' ? 'approved' : 'refused';
      save({ ...action, decisions, status, detail: reason, updatedAt: at }, decision);
      await runs.answer(actionId, decision, 'lead');
    });
  }

  function noteStanding({ actionId, isSent, detail }: Standing): void {
    const action = store.find(actionId);
    if (action?.status !== 'waiting_for_lead' || action.detail === detail) return;
    const noted = { ...action, detail, updatedAt: now().toISOString() };
    save(noted, isSent ? 'sent_to_lead' : 'lead_not_reached');
  }

  function change(id: string, input: Readonly<Record<string, string>>): Promise<Action> {
    return alone(id, async (action) => {
      mustBe(action, 'waiting_for_rep');
      const editable = new Set(action.fields.flatMap(({ key, isEditable }) => (isEditable ? [key] : [])));
      const taken = Object.entries(input).filter(([key]) => editable.has(key));
      // Nothing of the old look stays: where the app ends before the new one, the old effect must not be approved with the new values.
      const unseen = { effect: '', call: '', amount: null, findings: [], detail: '' };
      const edited = { ...action, ...unseen, input: { ...action.input, ...Object.fromEntries(taken) } };
      save(decided(edited, 'edited'), 'edited');
      await runs.answer(id, 'edited');
    });
  }

  function wishedElsewhere(
    conversationId: string,
    tool: WriteTool,
    input: PlannedCall['input'],
  ): Action | null {
    const all = tool.systemId === undefined ? [] : store.ofConversation(conversationId);
    const isSame = (action: Action): boolean =>
      isSameWishElsewhere(action, tool, input, toolOf(action.tool, action.systemId) !== null);
    return all.findLast(isSame) ?? null;
  }

  async function takeUp(proposal: Proposal, call: PlannedCall): Promise<void> {
    const tool = toolOf(call.tool, call.systemId);
    if (!tool) return;
    const { conversationId, messageId, customer } = proposal;
    const subject = subjectOf(tool, call.input);
    const before =
      store.newestOf(conversationId, subject) ?? wishedElsewhere(conversationId, tool, call.input);
    if (before?.status === 'waiting_for_rep' && proposal.isByHand) {
      await change(before.id, call.input);
      return;
    }
    if (before && !mayBeWishedAgain(before, proposal)) return;
    const at = now().toISOString();
    const action: Action = {
      ...{ id: randomUUID(), conversationId, messageId, tool: tool.name, title: tool.title },
      ...(tool.systemId === undefined ? {} : { systemId: tool.systemId }),
      fields: [...tool.fields],
      input: Object.fromEntries(tool.fields.map(({ key }) => [key, call.input[key] ?? ''])),
      ...{ effect: '', call: '', amount: null },
      ...{ findings: [], status: 'waiting_for_rep', detail: '', decisions: [], facts: [], proof: null },
      ...{ createdAt: at, updatedAt: at },
    };
    const facts = callsFor(tool, proposal.found).flatMap((one) => one.facts);
    store.add(action, subject, { customer, facts });
    await runs.begin(action.id);
  }

  return {
    ofConversation: (conversationId) => store.ofConversation(conversationId),
    async propose(proposal) {
      for (const call of proposal.calls) await takeUp(proposal, call);
    },
    edit: change,
    approve: (id, seenAt) =>
      alone(id, async (action) => {
        mustBe(action, 'waiting_for_rep');
        if (action.updatedAt !== seenAt) throw new AppErrorException('ACTION_CHANGED');
        if (action.effect === '' || isBlocked(action.findings))
          throw new AppErrorException('ACTION_BLOCKED', action.detail);
        const approved = decided(action, 'approved');
        if (needsLead(action.findings))
          save({ ...approved, status: 'waiting_for_lead', detail: secondApprover.ask(id) }, 'approved');
        else save({ ...approved, status: 'approved' }, 'approved');
        await runs.answer(id, 'approved');
      }),
    refuse: (id, reason) =>
      alone(id, async (action) => {
        mustBe(action, 'waiting_for_rep', 'waiting_for_lead');
        save({ ...decided(action, 'refused', reason), status: 'refused', detail: reason }, 'refused');
        if (action.status === 'waiting_for_lead') secondApprover.withdraw(id);
        await runs.answer(id, 'refused');
      }),
    retry: (id) =>
      alone(id, async (action) => {
        mustBe(action, 'failed', 'approved');
        if (action.status === 'failed')
          save({ ...decided(action, 'approved'), status: 'approved', detail: '' }, 'approved');
        await runs.execute(id);
      }),
    lookAgain: (id) =>
      alone(id, async (action) => {
        mustBe(action, 'unclear');
        await runs.execute(id);
      }),
    settleByHand: (id, wasDone) =>
      alone(id, (action) => {
        mustBe(action, 'unclear');
        const settled = decided(action, wasDone ? 'said_done' : 'said_not_done');
        const detail = wasDone
          ? 'Done, as seen in the system by hand.'
          : 'Not done, as seen in the system by hand.';
        save({ ...settled, status: wasDone ? 'succeeded' : 'failed', detail }, 'settled_by_hand');
        return Promise.resolve();
      }),
    recover: () =>
      recoverActions({
        ...{ store, log, systemsOf: deps.systemsOf },
        preview: (id) => alone(id, () => runs.answer(id, 'edited')),
        execute: (id) => alone(id, () => runs.execute(id)),
        askLead: (id) => noteStanding({ actionId: id, isSent: false, detail: secondApprover.ask(id) }),
      }),
    doneCalls: (conversation) =>
      store
        .ofConversation(conversation.id)
        .filter(({ status, facts }) => status === 'succeeded' && facts.length > 0)
        .filter((action) => isNews(action, conversation))
        .map(doneCall),
    underWay: (conversationIds) => conversationIds.filter((id) => store.ofConversation(id).some(isUnderWay)),
    async forgetConversations(conversationIds) {
      const ids = conversationIds.flatMap((id) => store.ofConversation(id).map((action) => action.id));
      for (const id of ids) await runs.forget(id);
      store.forgetConversations(conversationIds);
      secondApprover.forgotten();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
