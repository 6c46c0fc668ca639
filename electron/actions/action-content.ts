import { createHash } from 'node:crypto';

import type { Action } from '../../shared/domain/action.js';
import { contentText } from '../../shared/domain/approval.js';
import type { Conversation } from '../../shared/domain/conversation.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import type { WriteTool } from '../agents/tools/write-tool.js';

/** What an action is about, apart from what the rep may change of it. */
export function subjectOf(tool: WriteTool, input: Readonly<Record<string, string>>): string {
  const fixed = tool.fields.filter(({ isEditable }) => !isEditable).map(({ key }) => [key, input[key] ?? '']);
  return JSON.stringify(tool.systemId === undefined ? [tool.name, fixed] : [tool.name, fixed, tool.systemId]);
}

/** Asked of a system, so that it was made or may have been. */
const ASKED: ReadonlySet<Action['status']> = new Set(['running', 'succeeded', 'unclear']);

/**
 * Whether an action is the same wish although it is of no system that is connected now: kept by a Cuecard from before systems were told apart, or
 * made in an account that was removed and is connected anew. One nobody can do any more, and that was never asked for, stands in no way.
 * @param isThere whether its system can still be asked.
 */
export function isSameWishElsewhere(
  action: Action,
  tool: WriteTool,
  input: Readonly<Record<string, string>>,
  isThere: boolean,
): boolean {
  const fixed = tool.fields.filter(({ isEditable }) => !isEditable);
  if (action.tool !== tool.name || action.systemId === tool.systemId) return false;
  if (fixed.some(({ key }) => (action.input[key] ?? '') !== (input[key] ?? ''))) return false;
  return isThere ? action.systemId === undefined : ASKED.has(action.status);
}

/** A fingerprint of all that is approved: another amount is another content. */
export const contentOf = (action: Action): string =>
  createHash('sha256').update(contentText(action)).digest('hex');

/** A done action as a call whose facts a reply may cite. */
export function doneCall(action: Action): ToolCall {
  const { id, tool, systemId, title, input, facts, createdAt, updatedAt } = action;
  return {
    ...(systemId === undefined ? {} : { systemId }),
    ...{ id, tool, title, risk: 'write', input, status: 'succeeded', detail: '', facts },
    durationMs: Math.max(0, Date.parse(updatedAt) - Date.parse(createdAt)),
  };
}

/**
 * Whether a wish that was decided before is a new one now: to a rep always, to a card when another message asks for it and it was not done. What
 * was done is not proposed again, since customers go on writing about it.
 */
export function mayBeWishedAgain(
  { status, messageId }: Action,
  now: { readonly messageId: string; readonly isByHand?: boolean },
): boolean {
  if (!['succeeded', 'failed', 'refused'].includes(status)) return false;
  return now.isByHand === true || (status !== 'succeeded' && messageId !== now.messageId);
}

/**
 * Whether the customer was not told of an action yet: it answers what they wrote since the last reply, or was done after it (a lead may approve
 * hours later). What they were told is said once; from then on it is a fact of the order like any other.
 */
export function isNews(action: Action, { messages }: Pick<Conversation, 'messages'>): boolean {
  const at = messages.findLastIndex(({ author }) => author === 'rep');
  const since = messages.slice(at + 1);
  const repliedAt = messages[at]?.sentAt;
  return (
    repliedAt === undefined ||
    since.some(({ id }) => id === action.messageId) ||
    Date.parse(action.updatedAt) > Date.parse(repliedAt)
  );
}

const UNDER_WAY: ReadonlySet<Action['status']> = new Set(['approved', 'running', 'unclear']);

/** Whether, forgotten now, nobody could tell any more whether it was done. */
export const isUnderWay = ({ status }: Action): boolean => UNDER_WAY.has(status);
