import { setTimeout as wait } from 'node:timers/promises';

import type { Action } from '../../shared/domain/action.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../agents/tools/write-tool.js';
import { deadline, orAborted } from '../deadline.js';
import type { ActionContext, ActionStore } from './action-store.js';
import type { AuditEvent } from './audit-log.js';
import type { CheckPolicy } from './policy.js';
import { stillAsApproved } from './still-as-approved.js';

export interface ExecuteDeps {
  readonly store: Pick<ActionStore, 'find' | 'contextOf'>;
  /** Writes the action and tells the window. @throws when the disk does not take it. */
  readonly save: (action: Action, event: AuditEvent) => void;
  readonly toolOf: (name: string, systemId?: string) => WriteTool | null;
  readonly checkPolicy: CheckPolicy;
  readonly log: Logger;
  readonly now: () => Date;
  /** Waits before each look after a change nobody answered for, in milliseconds: a slow system may still be at it. */
  readonly lookAfterMs?: readonly number[];
}

/** An approval from before a longer absence is no approval for now: what it was given for may have changed. */
const APPROVAL_LASTS_MS = 10 * 60_000;
const LOOK_AFTER_MS = [1_500, 4_000];
const ANEW = 'Nothing was changed; start it anew.';
const NOT_DONE = 'The system did not do it. Nothing was changed.';
const UNCLEAR = 'The system does not say whether it was done. Look again, or look into the system itself.';
const GONE =
  'This system is not connected any more, so that it cannot be asked whether it was done. Look into the system itself, and say here what you saw.';
const UNKNOWN =
  'The system did not answer, and it cannot be asked whether it was done. Look into the system itself, and say here what you saw.';

/**
 * Does an approved action once, if it is still what was approved.
 *
 * The order is what makes it once: `running` is on disk before the system is asked; an action that is `running` already (a process that ended
 * in between) or `unclear` is read back first, and only what is surely not done is asked for again, with the same key.
 */
export function createExecuteAction(deps: ExecuteDeps): (actionId: string) => Promise<void> {
  const { store, save, toolOf, checkPolicy, log, now, lookAfterMs = LOOK_AFTER_MS } = deps;

  return async (actionId) => {
    const action = store.find(actionId);
    const context = store.contextOf(actionId);
    if (!action || !context || !['approved', 'running', 'unclear'].includes(action.status)) return;
    const tool = toolOf(action.tool, action.systemId);
    const parsed = tool?.input.safeParse(action.input);
    if ((!tool || !parsed?.success) && action.status !== 'approved') {
      // It was asked for before, and whoever could say what became of it is gone.
      if (action.status === 'running' || action.detail !== GONE)
        save(stamped({ ...action, status: 'unclear', detail: GONE }), 'unclear');
      return;
    }
    if (!tool || !parsed?.success) {
      end(action, { status: 'refused', detail: 'This tool is not set up any more. Nothing was changed.' });
      return;
    }
    const { id: key, conversationId } = action;
    const run = { input: parsed.data, customer: context.customer, key, conversationId };
    if (action.status === 'approved') {
      await firstLook(action, tool, run, context);
      return;
    }
    const outcome = await readBack(action, tool, run, action.status === 'running' ? lookAfterMs : [0]);
    if (outcome === 'not_done' && action.status === 'running' && isFresh(action))
      await firstLook(action, tool, run, context);
    else if (outcome === 'not_done') end(action, { status: 'refused', detail: NOT_DONE });
    else if (outcome !== 'unclear') end(action, outcome);
  };

  type Run = Omit<ActionRun<Record<string, string>>, 'signal'>;

  async function firstLook(action: Action, tool: WriteTool, run: Run, context: ActionContext): Promise<void> {
    const standing = await stillAsApproved(action, tool, run, context, checkPolicy, now);
    if (standing.kind === 'as_approved') await first(action, tool, run);
    else if (await wasDoneBefore(action, tool, run)) return;
    else if (standing.kind === 'away') end(action, { status: 'refused', detail: standing.detail });
    // A lead approved exactly that one; another is a new action, which is asked about anew.
    else if (action.decisions.some(({ role, decision }) => role === 'lead' && decision === 'approved'))
      end(action, { status: 'refused', detail: `${standing.now.detail} ${ANEW}` });
    else save(stamped({ ...action, ...standing.now }), 'previewed');
  }

  async function first(action: Action, tool: WriteTool, run: Run): Promise<void> {
    const running = { ...action, status: 'running' as const, detail: '' };
    save(stamped(running), 'asked');
    const limit = deadline(tool.timeLimitMs);
    let outcome: ActionOutcome;
    try {
      outcome = await orAborted(tool.run({ ...run, signal: limit.signal }), limit.signal);
    } catch (error) {
      log.warn('action.unanswered', { code: error instanceof Error ? error.name : 'unknown' });
      const later = await readBack(running, tool, run, lookAfterMs);
      if (later === 'unclear') return;
      outcome = later === 'not_done' ? { status: 'refused', detail: NOT_DONE } : later;
    } finally {
      limit.clear();
    }
    if (outcome.status === 'refused' && (await wasDoneBefore(action, tool, run))) return;
    end(running, outcome);
  }

  /**
   * What is refused the second time may be what the first time has done since it was looked for.
   * @returns true when it was, or when nobody can say: then no refusal is told.
   */
  async function wasDoneBefore(action: Action, tool: WriteTool, run: Run): Promise<boolean> {
    if (action.status !== 'running') return false;
    const earlier = await readBack(action, tool, run, [0]);
    if (earlier === 'not_done') return false;
    if (earlier !== 'unclear') end(action, earlier);
    return true;
  }

  /** Reads back until the change is found; surely not done only when the last look says so too. */
  async function readBack(
    action: Action,
    tool: WriteTool,
    run: Run,
    waitsMs: readonly number[],
  ): Promise<ActionOutcome | 'not_done' | 'unclear'> {
    const canLookAgain = tool.canReadBack !== false;
    if (action.status !== 'unclear') {
      const detail = canLookAgain ? UNCLEAR : UNKNOWN;
      save(stamped({ ...action, status: 'unclear', detail, canLookAgain }), 'unclear');
    }
    if (!canLookAgain) return 'unclear';
    let isSureNot = false;
    for (const waitMs of waitsMs) {
      await wait(waitMs);
      const limit = deadline(tool.timeLimitMs);
      try {
        const found = await orAborted(tool.readBack({ ...run, signal: limit.signal }), limit.signal);
        if (found) return found;
        isSureNot = true;
      } catch {
        isSureNot = false;
      } finally {
        limit.clear();
      }
    }
    return isSureNot ? 'not_done' : 'unclear';
  }

  function end(action: Action, outcome: ActionOutcome): void {
    if (outcome.status === 'succeeded') {
      const { facts, proof } = outcome;
      save(stamped({ ...action, status: 'succeeded', detail: '', facts: [...facts], proof }), 'succeeded');
    } else {
      save(stamped({ ...action, status: 'failed', detail: outcome.detail }), 'failed');
    }
    log.info('action.ended', { code: outcome.status });
  }

  function stamped(action: Action): Action {
    return { ...action, updatedAt: now().toISOString() };
  }

  function isFresh({ decisions }: Action): boolean {
    const at = decisions.findLast(({ decision }) => decision === 'approved')?.at;
    return at !== undefined && now().getTime() - Date.parse(at) < APPROVAL_LASTS_MS;
  }
}
