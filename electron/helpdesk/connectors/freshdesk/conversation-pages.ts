import type { HelpdeskHttp } from '../helpdesk-http.js';
import { ConversationList, type FdConversation } from './answers.js';

/** Most that one page holds. */
const PAGE = 100;
/** Ten thousand replies and notes; a ticket has a few dozen. */
const MOST_PAGES = 100;

/**
 * All replies and notes of a ticket, oldest first. Freshdesk says nothing of their order and has no filter by time, so every page is
 * read each time: nearly always one.
 */
export async function conversationsOf(
  http: Pick<HelpdeskHttp, 'json'>,
  ticketId: string,
  signal: AbortSignal,
): Promise<readonly FdConversation[]> {
  const found = new Map<string, FdConversation>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { per_page: String(PAGE), page: String(page) };
    const path = `/api/v2/tickets/${ticketId}/conversations`;
    const { body } = await http.json(path, ConversationList, { query }, signal);
    for (const conversation of body) found.set(conversation.id, conversation);
    if (body.length < PAGE) break;
  }
  return [...found.values()].sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
}

/** What is known of a ticket: who asked, and which replies and notes were read. Reads `5:3.4.7` in a cursor. */
export interface Known {
  readonly requesterId: string;
  readonly ids: ReadonlySet<string>;
}

export const cursorOf = (requesterId: string, conversations: readonly FdConversation[]): string =>
  `${requesterId}:${conversations.map(({ id }) => id).join('.')}`;

/** Null for the beginning, and for what cannot be read: then everything comes again and nothing is missed. */
export function knownAt(cursor: string | null): Known | null {
  const [, requesterId, ids = ''] = /^(\d*):([\d.]*)$/u.exec(cursor ?? '') ?? [];
  if (requesterId === undefined) return null;
  return { requesterId, ids: new Set(ids.split('.')) };
}
