import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { ApprovalAnswer } from '../../shared/domain/approval.js';
import type { Action } from '../../shared/domain/action.js';
import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { HubClient } from '../sync/hub-client.js';
import { HubBusy } from '../sync/hub-errors.js';
import { nextCheckMs } from '../sync/sync-schedule.js';
import { ASKED, ASKING, askLeads, tellAway } from './ask-leads.js';
import type { QuestionStore } from './question-store.js';
import { NO_TEAM, type ApprovalListener, type SecondApprover, type Standing } from './second-approver.js';

export interface HubSecondApproverDeps {
  readonly questions: QuestionStore;
  readonly findAction: (id: string) => Action | null;
  readonly log: Logger;
  readonly random?: () => number;
}

/** The questions at the hub of one membership. */
export interface QuestionsAtHub {
  onHubEvent(event: HubEvent): void;
  /** The hub answers again after it could not be reached. */
  onReachable(): void;
  close(): Promise<void>;
}

/** Asks the leads of the team through its hub. */
export interface HubSecondApprover extends SecondApprover {
  /** Looks after the questions at this hub until it is closed. */
  askAt(client: Pick<HubClient, 'request'>): QuestionsAtHub;
}

/** An answer that came while the action was being written is brought again after so long. */
const AGAIN_MS = 300;

export function createHubSecondApprover(deps: HubSecondApproverDeps): HubSecondApprover {
  const { questions, findAction, log, random = Math.random } = deps;
  let listener: ApprovalListener | null = null;
  let wake: (() => void) | null = null;
  /** Answers that are being acted on. */
  const delivering = new Set<string>();

  function deliver(actionId: string, { content, decision, by, reason }: ApprovalAnswer): void {
    if (!listener || delivering.has(actionId)) return;
    delivering.add(actionId);
    listener
      .onAnswer({ actionId, content, decision, by, reason })
      .then(() => questions.remove(actionId))
      .catch((cause: unknown) => {
        log.info('approval.not_taken', { code: errorCodeOf(cause) });
        setTimeout(() => wake?.(), AGAIN_MS).unref();
      })
      .finally(() => delivering.delete(actionId));
  }

  function tell(standing: Standing): void {
    try {
      listener?.onStanding(standing);
    } catch (cause) {
      // A full disk keeps the line as it was; the question goes on.
      log.warn('approval.standing_not_written', { code: errorCodeOf(cause) });
    }
  }

  return {
    ask(actionId) {
      questions.add(actionId);
      wake?.();
      if (!wake) return NO_TEAM;
      return questions.find(actionId)?.isSent ? ASKED : ASKING;
    },
    withdraw: () => wake?.(),
    forgotten: () => wake?.(),
    listen(next) {
      listener = next;
    },
    askAt(client) {
      const closing = new AbortController();
      const work = {
        ...{ client, questions, findAction, signal: closing.signal },
        onStanding: tell,
        onAnswer: deliver,
      };
      let timer: NodeJS.Timeout | undefined;
      let running: Promise<void> | null = null;
      let failures = 0;
      /** Before this the hub wants to be left alone, by `performance.now()`. */
      let busyUntil = 0;
      // Asked by a call: what it says changes while something is awaited.
      let isAskedAgain = false;
      const wasAskedAgain = (): boolean => isAskedAgain;

      const runIn = (ms: number): void => {
        clearTimeout(timer);
        if (closing.signal.aborted) return;
        timer = setTimeout(start, Math.max(ms, busyUntil - performance.now()));
        timer.unref();
      };
      const start = (): void => {
        running ??= run()
          .catch((cause: unknown) => log.error('approval.failed', { code: errorCodeOf(cause) }))
          .finally(() => (running = null));
      };
      async function run(): Promise<void> {
        isAskedAgain = false;
        failures = (await tried()) ? 0 : failures + 1;
        if (wasAskedAgain() && failures === 0) runIn(0);
        else if (questions.open().length > 0)
          runIn(nextCheckMs({ isLive: false, failures, retryAfterMs: 0 }, random()));
      }
      async function tried(): Promise<boolean> {
        try {
          await askLeads(work);
          return true;
        } catch (cause) {
          if (closing.signal.aborted) return false;
          log.warn('approval.not_asked', { code: errorCodeOf(cause) });
          if (cause instanceof HubBusy) busyUntil = performance.now() + cause.retryAfterMs;
          if (cause instanceof AppErrorException) tellAway(work);
          return false;
        }
      }
      const soon = (): void => {
        if (running) isAskedAgain = true;
        else runIn(0);
      };
      wake = soon;
      soon();
      return {
        onHubEvent(event) {
          if (event.name === 'approval_decided') soon();
        },
        onReachable: soon,
        async close() {
          if (wake === soon) wake = null;
          closing.abort();
          clearTimeout(timer);
          await running;
        },
      };
    },
  };
}
