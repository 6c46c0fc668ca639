import type { Fields } from './refusals-for-tests.js';

export const RHEA = {
  ...{
    id: 360_012_345_678,
    name: 'Rhea Adler',
    email: 'rhea@example.com',
    role: 'agent',
    token: 'token-of-rhea',
  },
};
export const FEMKE = {
  ...{ id: 360_098_765_432, name: 'Femke de Vries', email: 'femke.devries@example.com', role: 'end-user' },
};
export const ORDERS = { id: 360_000_000_042, name: 'Orders', deleted: false };

export interface Ticket {
  readonly id: number;
  head: Fields;
  readonly comments: Fields[];
  /** What a search knows of it; null until it is indexed. */
  indexed: Fields | null;
}

/** Pages of tickets, of what a search finds and of comments. */
export function pagesOfTests(tickets: ReadonlyMap<number, Ticket>, baseUrl: () => string) {
  const shown = ({ id, head }: Ticket): Fields => ({
    id,
    url: `${baseUrl()}/api/v2/tickets/${String(id)}.json`,
    ...head,
  });
  const users = (asked: boolean): Fields =>
    asked ? { users: [{ ...FEMKE }, { ...RHEA, token: undefined }], groups: [ORDERS] } : {};

  function listed(query: URLSearchParams, assignee: string | null): Fields {
    const all = [...tickets.values()]
      .map(shown)
      .filter((head) => assignee === null || String(head['assignee_id']) === assignee)
      .sort((a, b) => String(b['updated_at']).localeCompare(String(a['updated_at'])));
    const page = all.slice(0, Number(query.get('page[size]')));
    const meta = { has_more: page.length < all.length, after_cursor: 'xxx', before_cursor: 'yyy' };
    return { tickets: page, ...users(query.get('include') === 'users,groups'), meta, links: {} };
  }

  function found(query: URLSearchParams): Fields {
    const assignee = /assignee:(\d+)/u.exec(query.get('query') ?? '')?.[1];
    const all = [...tickets.values()]
      .flatMap(({ indexed }): Fields[] => (indexed === null ? [] : [indexed]))
      .filter(({ status }) => status !== 'solved' && status !== 'closed')
      .filter((head) => assignee === undefined || String(head['assignee_id']) === assignee)
      .sort((a, b) => String(b['updated_at']).localeCompare(String(a['updated_at'])));
    const [size, page] = [Number(query.get('per_page')), Number(query.get('page'))];
    const results = all
      .slice((page - 1) * size, page * size)
      .map((one) => ({ ...one, result_type: 'ticket' }));
    const next = page * size < all.length ? `${baseUrl()}/api/v2/search.json?page=${String(page + 1)}` : null;
    const beside = users(query.get('include') === 'tickets(users,groups)');
    return { results, ...beside, count: all.length, next_page: next, previous_page: null, facets: null };
  }

  function commentsOf(ticket: Ticket, query: URLSearchParams): Fields {
    const all = [...ticket.comments].sort((a, b) =>
      String(b['created_at']).localeCompare(String(a['created_at'])),
    );
    const from = Number(atob(query.get('page[after]') ?? '') || 0);
    const to = from + Number(query.get('page[size]'));
    const has = to < all.length;
    return {
      ...{ comments: all.slice(from, to), ...users(query.get('include') === 'users') },
      ...{
        meta: { has_more: has, after_cursor: has ? btoa(String(to)) : null, before_cursor: null },
        links: {},
      },
    };
  }

  return { shown, users, listed, found, commentsOf };
}
