import type { z } from 'zod';

import type { HelpdeskHttp } from '../helpdesk-http.js';
import { CommentPage, type ZdComment, type ZdUser } from './answers.js';

/** Most that one page holds. */
const PAGE = 100;
/** Numbers a cursor remembers: two pages, so that the page on which known and new meet is remembered whole. */
const REMEMBERED = 200;
/** A ticket holds five thousand comments at most. */
const MOST_PAGES = 50;

type Page = z.infer<typeof CommentPage>;

/** Comments, oldest first, with whom Zendesk knows of their authors. */
export interface Comments {
  readonly comments: readonly ZdComment[];
  readonly users: ReadonlyMap<string, ZdUser>;
  readonly cursor: string;
}

/**
 * Comments that are not known at the cursor. Pages are read from the newest back until one holds a known comment, so a look at a quiet
 * ticket is one request however long it is, and a comment that is stored later than its time tells is found all the same.
 *
 * The cursor is the numbers of the newest comments. Zendesk's own cursors are for the pages of one reading: nothing says how long they
 * hold. One that cannot be read is the beginning: then everything comes again and nothing is missed.
 */
export async function commentsAfter(
  http: Pick<HelpdeskHttp, 'json'>,
  ticketId: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Comments> {
  const known = new Set((cursor ?? '').split(' ').filter((id) => /^\d+$/u.test(id)));
  const users = new Map<string, ZdUser>();
  const fresh = new Map<string, ZdComment>();
  const newest: string[] = [];
  for await (const page of pagesOf(http, ticketId, signal)) {
    for (const user of page.users ?? []) users.set(user.id, user);
    for (const comment of page.comments) {
      newest.push(comment.id);
      if (!known.has(comment.id)) fresh.set(comment.id, comment);
    }
    if (page.comments.some(({ id }) => known.has(id))) break;
  }
  return {
    comments: [...fresh.values()]
      .reverse()
      .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at)),
    users,
    cursor: [...new Set([...newest, ...known])].slice(0, REMEMBERED).join(' '),
  };
}

/** Pages of a ticket's comments, the newest comment first. */
export async function* pagesOf(
  http: Pick<HelpdeskHttp, 'json'>,
  ticketId: string,
  signal: AbortSignal,
): AsyncGenerator<Page, undefined> {
  const path = `/api/v2/tickets/${ticketId}/comments.json`;
  let after: Record<string, string> | null = {};
  for (let at = 1; after !== null && at <= MOST_PAGES; at += 1) {
    const query = { include: 'users', sort: '-created_at', 'page[size]': String(PAGE), ...after };
    const page: Page = (await http.json(path, CommentPage, { query }, signal)).body;
    yield page;
    const { has_more: hasMore, after_cursor: cursor } = page.meta;
    after = hasMore && cursor != null ? { 'page[after]': cursor } : null;
  }
}

/** The number of the comment an audit tells of, where it is among the newest. The audit is done, so whatever fails here is no failure. */
export async function commentOfAudit(
  http: Pick<HelpdeskHttp, 'json'>,
  ticketId: string,
  auditId: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { value: newest } = await pagesOf(http, ticketId, signal).next();
    return newest?.comments.find((comment) => comment.audit_id === auditId)?.id ?? null;
  } catch {
    return null;
  }
}
