import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { answerWithEtag } from '../answer-with-etag-for-tests.js';
import { textToHtml } from '../text-to-html.js';
import { refusalOf, type Fields } from './refusals-for-tests.js';
import { FEMKE, ORDERS, pagesOfTests, RHEA, type Ticket } from './ticket-pages-for-tests.js';

/** Zendesk Support as its API reference shapes it, with a memory: pages by cursor, a search that hears of changes late, safe updates. */
export interface ZendeskServer {
  readonly url: string;
  opens(text: string, head?: Fields): string;
  /** The customer writes; `more` overwrites fields of the comment. */
  says(ticketId: string, text: string, more?: Fields): string;
  /** Changes fields of a ticket, as a colleague does. */
  change(ticketId: string, head: Fields): void;
  /** From now on a search knows what it does not know yet; without it nothing new is found. */
  index(): void;
  /** A file for those who are signed in, as it hangs on a comment. */
  putFile(name: string, bytes: Uint8Array): Fields;
  /** Fields of whoever is signed in. */
  readonly me: Fields;
  /** Paths at which the file store saw a token. */
  readonly tokensAtStore: string[];
  /** What was asked, in order: method and path with its query. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startZendeskServer(): Promise<ZendeskServer> {
  const tickets = new Map<number, Ticket>();
  const files = new Map<string, Uint8Array>();
  let number = 41;
  let commentNumber = 5_600_000_000_000;
  let clock = Date.parse('2026-09-01T08:00:00Z');
  const now = (): string => new Date((clock += 1000)).toISOString().replace('.000Z', 'Z');

  function addComment(ticket: Ticket, fields: Fields): Fields {
    const comment: Fields = {
      ...{ id: (commentNumber += 13), type: 'Comment', author_id: FEMKE.id, public: true, attachments: [] },
      ...{ created_at: now(), audit_id: commentNumber - 1, via: { channel: 'email' }, metadata: {} },
      ...fields,
    };
    ticket.comments.push(comment);
    ticket.head = { ...ticket.head, updated_at: comment['created_at'] };
    return comment;
  }

  const { shown, users, listed, found, commentsOf } = pagesOfTests(tickets, () => server.url);

  function update(ticket: Ticket, { ticket: asked }: { ticket: Fields }): [number, Fields] {
    const { comment, updated_stamp: stamp } = asked as { comment: Fields; updated_stamp?: string };
    if (stamp !== undefined && stamp !== ticket.head['updated_at'])
      return [
        409,
        {
          error: 'UpdateConflict',
          description: 'Safe Update prevented the update due to outdated ticket data.',
        },
      ];
    const html = String(comment['html_body']);
    const body = html.replace(/<[^>]*>/gu, '');
    const added = addComment(ticket, {
      ...{ body, plain_body: body, html_body: `<div class="zd-comment" dir="auto">${html}</div>` },
      ...{ public: comment['public'] ?? true, author_id: RHEA.id, via: { channel: 'api' } },
    });
    const events = [
      { id: 1, type: 'Notification' },
      { ...added, type: 'Comment' },
    ];
    return [200, { ticket: shown(ticket), audit: { id: added['audit_id'], events } }];
  }

  function answer(method: string, url: URL, body: Fields): [number, Fields] {
    const { pathname, searchParams: query } = url;
    if (pathname === '/api/v2/users/me.json') return [200, { user: server.me }];
    if (pathname === '/api/v2/tickets.json') return [200, listed(query, null)];
    if (pathname === '/api/v2/search.json') return [200, found(query)];
    if (pathname === '/api/v2/ticket_fields.json')
      return [
        200,
        { ticket_fields: [{ id: 360_007, title: 'Order', type: 'text' }], next_page: null, count: 1 },
      ];
    const [, assignee] = /^\/api\/v2\/users\/(\d+)\/tickets\/assigned\.json$/u.exec(pathname) ?? [];
    if (assignee !== undefined) return [200, listed(query, assignee)];
    const [, id, sub] = /^\/api\/v2\/tickets\/(\d+)(\/comments)?\.json$/u.exec(pathname) ?? [];
    const ticket = tickets.get(Number(id));
    if (!ticket) return [404, { error: 'RecordNotFound', description: 'Not found' }];
    if (sub !== undefined) return [200, commentsOf(ticket, query)];
    if (method === 'PUT') return update(ticket, body as { ticket: Fields });
    return [200, { ticket: shown(ticket), ...users(query.get('include') === 'users,groups') }];
  }

  const api = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    server.asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    bodyOf(request).then(
      (body) => {
        const refused = refusalOf(request, url, body, `${RHEA.email}/token:${RHEA.token}`);
        if (!refused && url.pathname.startsWith('/attachments/'))
          return void response
            .writeHead(302, { location: `${urlOf(store)}${url.pathname}${url.search}` })
            .end();
        const [status, said] = refused ?? answer(request.method ?? 'GET', url, body);
        answerWithEtag(request, response, status, said, { 'x-rate-limit': '700' });
      },
      () => response.destroy(),
    );
  });
  const store = http.createServer((request, response) => {
    const path = request.url ?? '/';
    if (request.headers.authorization !== undefined) server.tokensAtStore.push(path);
    const bytes = files.get(path);
    response.writeHead(bytes ? 200 : 403, { 'content-type': 'application/octet-stream' }).end(bytes);
  });
  for (const one of [api, store]) await once(one.listen(0, '127.0.0.1'), 'listening');
  const urlOf = (one: http.Server): string =>
    `http://127.0.0.1:${String((one.address() as AddressInfo).port)}`;
  const ticketOf = (id: string): Ticket => {
    const ticket = tickets.get(Number(id));
    if (!ticket) throw new Error(`No ticket ${id}.`);
    return ticket;
  };

  const server: ZendeskServer = {
    url: urlOf(api),
    opens(text, head = {}) {
      const at = now();
      const ticket: Ticket = {
        id: (number += 1),
        head: {
          ...{ subject: 'Where is HP-104233?', status: 'open', priority: 'high', type: 'question' },
          ...{ created_at: at, updated_at: at, requester_id: FEMKE.id, submitter_id: FEMKE.id },
          ...{
            assignee_id: RHEA.id,
            group_id: ORDERS.id,
            tags: ['parcel', 'late'],
            via: { channel: 'email' },
          },
          ...{ custom_fields: [{ id: 360_007, value: 'HP-104233' }], description: text },
        },
        ...{ comments: [], indexed: null },
      };
      tickets.set(ticket.id, ticket);
      server.says(String(ticket.id), text);
      ticket.head = { ...ticket.head, ...head };
      return String(ticket.id);
    },
    says(ticketId, text, more = {}) {
      const html = `<div class="zd-comment" dir="auto">${textToHtml(text)}</div>`;
      const fields = { body: text, plain_body: text, html_body: html, ...more };
      return String(addComment(ticketOf(ticketId), fields)['id']);
    },
    change(ticketId, head) {
      const ticket = ticketOf(ticketId);
      ticket.head = { ...ticket.head, updated_at: now(), ...head };
    },
    index: () => tickets.forEach((ticket) => (ticket.indexed = shown(ticket))),
    putFile(name, bytes) {
      const path = `/attachments/token/${String((commentNumber += 1))}/?name=${encodeURIComponent(name)}`;
      files.set(path, bytes);
      return {
        ...{
          id: commentNumber,
          file_name: name,
          content_url: `${server.url}${path}`,
          content_type: 'image/png',
        },
        ...{
          size: bytes.byteLength,
          inline: false,
          deleted: false,
          malware_scan_result: 'malware_not_found',
        },
      };
    },
    me: { ...RHEA, token: undefined, only_private_comments: false, ticket_restriction: null },
    ...{ tokensAtStore: [], asked: [] },
    async close() {
      for (const one of [api, store]) {
        one.closeAllConnections();
        await new Promise((done) => one.close(done));
      }
    },
  };
  return server;
}

async function bodyOf(request: http.IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Fields);
}
