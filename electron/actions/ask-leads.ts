import { ApprovalQuestion, type ApprovalAnswer } from '../../shared/domain/approval.js';
import type { Action } from '../../shared/domain/action.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';
import { contentOf } from './action-content.js';
import type { OpenQuestion, QuestionStore } from './question-store.js';
import type { Standing } from './second-approver.js';

export interface AskLeadsDeps {
  readonly client: Pick<HubClient, 'request'>;
  readonly questions: QuestionStore;
  readonly findAction: (id: string) => Action | null;
  readonly onStanding: (standing: Standing) => void;
  /** A lead answered; the question is kept until it is removed. */
  readonly onAnswer: (actionId: string, answer: ApprovalAnswer) => void;
  readonly signal: AbortSignal;
}

export const ASKING = 'A lead must approve this too; they are being asked.';
export const ASKED = 'A lead must approve this too. The leads of your team were asked.';
const NOT_ASKED =
  'A lead must approve this too. The hub cannot be reached; they are asked as soon as it is back.';
const OTHER_CONTENT =
  'The answer of a lead is for another change than this one, so nothing was done. Refuse this and start it again.';
const AWAY =
  'The leads of your team were asked. The hub cannot be reached now; their answer comes when it is back.';

/**
 * Brings each open question to where its action says it should be: asked at the hub while the action waits for a lead, taken back otherwise,
 * deleted with its answer where the action was forgotten.
 * @throws AppErrorException of `hub-errors.ts` where the hub is away; the questions after it wait then.
 */
export async function askLeads(deps: AskLeadsDeps): Promise<void> {
  const { questions, findAction, onStanding } = deps;
  for (const question of questions.open()) {
    const { actionId } = question;
    const action = findAction(actionId);
    try {
      if (action?.status === 'waiting_for_lead') await lookAfter(deps, question, action);
      else await takeBack(deps, actionId, action ? 'approvals.withdraw' : 'approvals.forget');
    } catch (cause) {
      if (!(cause instanceof AppErrorException) || cause.error.canRetry || deps.signal.aborted) throw cause;
      const { message, detail } = cause.error;
      questions.mark(actionId, false);
      onStanding({ actionId, isSent: false, detail: detail ? `${message} (${detail})` : message });
    }
  }
}

/** Tells of each open question that the hub is away. */
export function tellAway({ questions, onStanding }: Pick<AskLeadsDeps, 'questions' | 'onStanding'>): void {
  for (const { actionId, isSent } of questions.open())
    onStanding({ actionId, isSent: false, detail: isSent ? AWAY : NOT_ASKED });
}

async function lookAfter(
  deps: AskLeadsDeps,
  { actionId, isSent }: OpenQuestion,
  action: Action,
): Promise<void> {
  const { questions, onStanding, onAnswer } = deps;
  const content = contentOf(action);
  const known = isSent ? await read(deps, actionId) : null;
  const { answer } = known ?? (await ask(deps, action, content));
  if (!isSent) questions.mark(actionId, true);
  if (answer?.content === content) onAnswer(actionId, answer);
  else onStanding({ actionId, isSent: true, detail: answer ? OTHER_CONTENT : ASKED });
}

/** Null where the hub does not have it any more, as one that was restored from a backup. */
async function read({ client, signal }: AskLeadsDeps, id: string) {
  try {
    return await client.request('approvals.read', { params: { id } }, signal);
  } catch (cause) {
    if (isUnknown(cause)) return null;
    throw cause;
  }
}

function ask({ client, signal }: AskLeadsDeps, action: Action, content: string) {
  // Only what a lead needs to see leaves: neither the conversation nor what the look-ups found.
  const question = ApprovalQuestion.safeParse({ ...action, actionId: action.id });
  if (!question.success)
    throw new AppErrorException('HUB_INVALID_REQUEST', 'the change is too long for a question to a lead');
  return client.request('approvals.ask', { body: { question: question.data, content } }, signal);
}

/** What a lead answered stays answered, unless its customer was forgotten here. */
async function takeBack(
  { client, questions, signal }: AskLeadsDeps,
  id: string,
  way: 'approvals.withdraw' | 'approvals.forget',
): Promise<void> {
  try {
    await client.request(way, { params: { id } }, signal);
  } catch (cause) {
    if (!isUnknown(cause)) throw cause;
    if (way === 'approvals.forget' && isOlderHub(cause))
      return withdrawAtLeast({ client, questions, signal }, id);
  }
  questions.remove(id);
}

/**
 * A hub from before questions could be deleted takes an open one back; what a lead answered stays there until the hub is renewed, and is asked
 * to be deleted until then.
 */
async function withdrawAtLeast(
  { client, questions, signal }: Pick<AskLeadsDeps, 'client' | 'questions' | 'signal'>,
  id: string,
): Promise<void> {
  try {
    await client.request('approvals.withdraw', { params: { id } }, signal);
  } catch (cause) {
    if (!isUnknown(cause)) throw cause;
    // It has nothing of this id.
    if (!isOlderHub(cause)) questions.remove(id);
  }
}

const isUnknown = (cause: unknown): boolean =>
  cause instanceof AppErrorException && cause.error.code === 'HUB_NOT_FOUND';

/** The hub has no such endpoint, in its own words (hub/http). */
const isOlderHub = (cause: unknown): boolean =>
  cause instanceof AppErrorException && cause.error.detail === 'no such address';
