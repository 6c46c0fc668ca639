import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { textToHtml } from '../text-to-html.js';
import { refusalOf, type Fields } from './freshdesk-refusals-for-tests.js';

export const RHEA = { id: 43_000_111, name: 'Rhea Adler', email: 'rhea@example.com', token: 'key-of-rhea' };
export const OMAR = { id: 43_000_222, name: 'Omar Haddad', email: 'omar@example.com' };
const FEMKE = { id: 43_000_999, name: 'Femke de Vries', email: 'femke.devries@example.com' };

interface Ticket {
  readonly id: number;
  head: Fields;
  readonly conversations: Fields[];
}

/** Freshdesk as its API reference shapes it, with a memory: bare lists, a requester only where asked for, files on a host of their own. */
export interface FreshdeskServer {
  readonly url: string;
  opens(text: string, head?: Fields): string;
  /** The customer writes; `more` overwrites fields of the conversation. */
  says(ticketId: string, text: string, more?: Fields): string;
  change(ticketId: string, head: Fields): void;
  /** A file on the host of files. */
  putFile(name: string, bytes: Uint8Array): Fields;
  /** Fields of whoever has the key. */
  readonly me: Fields;
  /** Whether the key may look at other agents. */
  maySeeAgents: boolean;
  /** Newest conversation first: the reference promises no order. */
  isReversed: boolean;
  /** Paths at which the host of files saw a token. */
  readonly tokensAtFiles: string[];
  /** What was asked, in order: method and path with its query. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startFreshdeskServer(): Promise<FreshdeskServer> {
  const tickets = new Map<number, Ticket>();
  const files = new Map<string, Uint8Array>();
  let number = 41;
  let conversationNumber = 43_099_000_000;
  let clock = Date.parse('2026-09-01T08:00:00Z');
  const now = (): string => new Date((clock += 1000)).toISOString().replace('.000Z', 'Z');

  const shown = ({ id, head }: Ticket, isWhole: boolean, include: string | null): Fields => ({
    ...{ id, ...head },
    // A list leaves the text out, as for every account since the end of 2018.
    ...(isWhole ? {} : { description: undefined, description_text: undefined, attachments: undefined }),
    ...(include === 'requester' ? { requester: { ...FEMKE, mobile: null, phone: null } } : {}),
  });

  function addConversation(ticket: Ticket, fields: Fields): Fields {
    const at = now();
    const conversation: Fields = {
      ...{ id: (conversationNumber += 13), ticket_id: ticket.id, incoming: true, private: false, source: 0 },
      ...{ user_id: FEMKE.id, from_email: `"${FEMKE.name}" <${FEMKE.email}>`, support_email: null },
      ...{ to_emails: [], cc_emails: [], bcc_emails: [], attachments: [], created_at: at, updated_at: at },
      ...fields,
    };
    ticket.conversations.push(conversation);
    ticket.head = { ...ticket.head, updated_at: at };
    return conversation;
  }

  const page = <T>(all: readonly T[], query: URLSearchParams): readonly T[] => {
    const size = Number(query.get('per_page') ?? 30);
    const at = Number(query.get('page') ?? 1);
    return all.slice((at - 1) * size, at * size);
  };

  function listed(query: URLSearchParams): readonly Fields[] {
    const since = query.get('updated_since') ?? new Date(clock - 30 * 86_400_000).toISOString();
    const all = [...tickets.values()]
      .filter(({ head }) => Date.parse(String(head['updated_at'])) >= Date.parse(since))
      .sort((a, b) => String(b.head['updated_at']).localeCompare(String(a.head['updated_at'])));
    return page(all, query).map((ticket) => shown(ticket, false, query.get('include')));
  }

  function write(ticket: Ticket, isNote: boolean, asked: Fields): [number, Fields] {
    const html = String(asked['body']);
    const written = addConversation(ticket, {
      ...{ body: `<div>${html}</div>`, body_text: html.replace(/<[^>]*>/gu, ' ') },
      ...{ incoming: false, private: isNote && asked['private'] !== false, source: isNote ? 2 : 0 },
      ...{ user_id: RHEA.id, from_email: isNote ? null : 'support@example.com' },
    });
    return [201, written];
  }

  function answer(method: string, url: URL, body: Fields): [number, Fields | readonly Fields[] | null] {
    const { pathname, searchParams: query } = url;
    if (pathname === '/api/v2/agents/me') return [200, server.me];
    if (pathname === '/api/v2/tickets') return [200, listed(query)];
    const [, agentId] = /^\/api\/v2\/agents\/(\d+)$/u.exec(pathname) ?? [];
    if (agentId !== undefined) {
      const denied = { code: 'access_denied', message: 'You are not authorized to perform this action.' };
      const agent = [RHEA, OMAR].find(({ id }) => String(id) === agentId);
      if (!server.maySeeAgents) return [403, denied];
      return agent ? [200, { id: agent.id, contact: { name: agent.name, email: agent.email } }] : [404, null];
    }
    const [, id, sub] = /^\/api\/v2\/tickets\/(\d+)(?:\/(conversations|notes|reply))?$/u.exec(pathname) ?? [];
    const ticket = tickets.get(Number(id));
    if (!ticket) return [404, null];
    if (sub === undefined) return [200, shown(ticket, true, query.get('include'))];
    if (sub !== 'conversations' && method === 'POST') return write(ticket, sub === 'notes', body);
    const all = server.isReversed ? [...ticket.conversations].reverse() : ticket.conversations;
    return [200, page(all, query)];
  }

  const api = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    server.asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    bodyOf(request).then(
      (body) => {
        const [status, said] =
          refusalOf(request, url, body, RHEA.token) ?? answer(request.method ?? 'GET', url, body);
        const limits = { 'x-ratelimit-total': '200', 'x-ratelimit-remaining': '199' };
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limits });
        // What is not there is said without a body.
        response.end(said === null ? '' : JSON.stringify(said));
      },
      () => response.destroy(),
    );
  });
  const store = http.createServer((request, response) => {
    const path = request.url ?? '/';
    if (request.headers.authorization !== undefined) server.tokensAtFiles.push(path);
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

  const server: FreshdeskServer = {
    url: urlOf(api),
    opens(text, head = {}) {
      const at = now();
      const ticket: Ticket = {
        id: (number += 1),
        head: {
          ...{ subject: 'Where is HP-104233?', status: 2, priority: 3, source: 1, type: 'Question' },
          ...{ description: `<div>${textToHtml(text)}</div>`, description_text: text, attachments: [] },
          ...{ created_at: at, updated_at: at, requester_id: FEMKE.id, responder_id: RHEA.id, group_id: 7 },
          ...{ tags: ['parcel', 'late'], custom_fields: { cf_order_number: 'HP-104233', cf_gift: false } },
          ...head,
        },
        conversations: [],
      };
      tickets.set(ticket.id, ticket);
      return String(ticket.id);
    },
    says(ticketId, text, more = {}) {
      const fields = { body: `<div>${textToHtml(text)}</div>`, body_text: text, ...more };
      return String(addConversation(ticketOf(ticketId), fields)['id']);
    },
    change(ticketId, head) {
      const ticket = ticketOf(ticketId);
      ticket.head = { ...ticket.head, updated_at: now(), ...head };
    },
    putFile(name, bytes) {
      const path = `/data/helpdesk/attachments/${String((conversationNumber += 1))}?X-Amz-Expires=86400`;
      files.set(path, bytes);
      const file = { id: conversationNumber, name, content_type: 'image/png', size: bytes.byteLength };
      return { ...file, attachment_url: `${urlOf(store)}${path}` };
    },
    me: {
      ...{ id: RHEA.id, available: true, occasional: false, ticket_scope: 1, type: 'support_agent' },
      contact: { name: RHEA.name, email: RHEA.email, active: true },
    },
    ...{ maySeeAgents: true, isReversed: false, tokensAtFiles: [], asked: [] },
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
