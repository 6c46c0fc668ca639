import type { z } from 'zod';

import type { HelpdeskHttp } from '../helpdesk-http.js';
import { SearchPage, TicketPage, type ZdBeside, type ZdTicket } from './answers.js';
import { statusOf } from './nouns.js';

/** Most that one page holds. */
const PAGE = 100;
/** A search gives a thousand tickets; asking for more is refused with 422. */
const MOST_FOUND = 1000;

export interface OpenTickets {
  /** Newest change first. */
  readonly tickets: readonly ZdTicket[];
  readonly beside: ZdBeside;
}

/**
 * Tickets that are not done. Two questions together answer that: the list of all tickets knows the newest hundred changes at once, but
 * not which are open further down; the search knows those, but hears of changes only minutes later. Where both tell, the list is right.
 *
 * @param assigneeId only this user's tickets; null lists all the token may see.
 */
export async function openTickets(
  http: Pick<HelpdeskHttp, 'json'>,
  assigneeId: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<OpenTickets> {
  const [newest, found] = await Promise.all([
    newestChanges(http, assigneeId, signal),
    search(http, assigneeId, limit, signal),
  ]);
  const isListed = new Set(newest.tickets.map(({ id }) => id));
  const tickets = [...newest.tickets, ...found.tickets.filter(({ id }) => !isListed.has(id))]
    .filter((ticket) => statusOf(ticket) !== 'solved')
    .sort((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at))
    .slice(0, limit);
  return { tickets, beside: together(newest.beside, found.beside) };
}

async function newestChanges(
  http: Pick<HelpdeskHttp, 'json'>,
  assigneeId: string | null,
  signal: AbortSignal,
): Promise<OpenTickets> {
  const path =
    assigneeId === null ? '/api/v2/tickets.json' : `/api/v2/users/${assigneeId}/tickets/assigned.json`;
  const query = { include: 'users,groups', sort: '-updated_at', 'page[size]': String(PAGE) };
  const { body } = await http.json(path, TicketPage, { query }, signal);
  return { tickets: body.tickets, beside: body };
}

async function search(
  http: Pick<HelpdeskHttp, 'json'>,
  assigneeId: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<OpenTickets> {
  const tickets = new Map<string, ZdTicket>();
  let beside: ZdBeside = {};
  const size = Math.min(limit, PAGE);
  for (let page = 1; page * size <= MOST_FOUND; page += 1) {
    const query = {
      query: `type:ticket status<solved${assigneeId === null ? '' : ` assignee:${assigneeId}`}`,
      ...{ sort_by: 'updated_at', sort_order: 'desc', include: 'tickets(users,groups)' },
      ...{ per_page: String(size), page: String(page) },
    };
    const { body }: { body: z.infer<typeof SearchPage> } = await http.json(
      ...(['/api/v2/search.json', SearchPage, { query }, signal] as const),
    );
    for (const ticket of body.results) tickets.set(ticket.id, ticket);
    beside = together(beside, body);
    if (body.next_page == null || tickets.size >= limit) break;
  }
  return { tickets: [...tickets.values()], beside };
}

const together = (one: ZdBeside, other: ZdBeside): ZdBeside => ({
  users: [...(one.users ?? []), ...(other.users ?? [])],
  groups: [...(one.groups ?? []), ...(other.groups ?? [])],
});
