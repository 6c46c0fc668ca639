import type { ConnectionReport } from '../../../../shared/domain/helpdesk.js';
import type { ConnectorOptions, HelpdeskConnector, HelpdeskThread, MessagePage } from '../connector.js';
import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { textToHtml } from '../text-to-html.js';
import { createAgentNames } from './agent-names.js';
import { Agent, TicketList, TicketWithText, Written, type FdAgent, type FdTicket } from './answers.js';
import { conversationsOf, cursorOf, knownAt } from './conversation-pages.js';
import { firstMessageOf, isByCustomer, messageOf, statusOf, threadOf } from './nouns.js';
import { ticketOfUrl, urlOfTicket } from './ticket-url.js';

/** Most that one page holds. */
const PAGE = 100;
/** Tickets that are done cannot be left out of the list, so the newest five hundred changes are looked through. */
const MOST_PAGES = 5;
/** Without it only tickets of the last thirty days are listed. Freshdesk is younger. */
const EVER = '2010-01-01T00:00:00Z';

/**
 * Freshdesk through its REST API v2 (developers.freshdesk.com/api).
 *
 * The token is the API key of an agent, sent as the name of a Basic sign-in. `options.assignee` is `me` to list only what is assigned to
 * the key's owner. A ticket's version is its last update; Freshdesk itself refuses no late write, so it is compared before.
 */
export function createFreshdesk({
  connection,
  token,
  fetch,
  timeoutMs,
}: ConnectorOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const http = createHelpdeskHttp({
    ...{ baseUrl, fetch, timeoutMs },
    headers: () => ({ authorization: `Basic ${Buffer.from(`${token()}:X`, 'utf8').toString('base64')}` }),
  });
  const names = createAgentNames(http);

  const me = async (signal: AbortSignal): Promise<FdAgent> =>
    (await http.json('/api/v2/agents/me', Agent, {}, signal)).body;

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const mine = connection.options['assignee'] === 'me' ? (await me(signal)).id : null;
    const found = new Map<string, FdTicket>();
    for (let page = 1; page <= MOST_PAGES && found.size < limit; page += 1) {
      const query = {
        ...{ updated_since: EVER, order_by: 'updated_at', order_type: 'desc', include: 'requester' },
        ...{ per_page: String(PAGE), page: String(page) },
      };
      const { body } = await http.json('/api/v2/tickets', TicketList, { query }, signal);
      for (const ticket of body)
        if (statusOf(ticket) !== 'solved' && (mine === null || ticket.responder_id === mine))
          found.set(ticket.id, ticket);
      if (body.length < PAGE) break;
    }
    return [...found.values()]
      .sort((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at))
      .slice(0, limit)
      .map(threadOf);
  }

  async function ticketOf(ticketId: string, signal: AbortSignal) {
    const query = { include: 'requester' };
    return (await http.json(`/api/v2/tickets/${numberOf(ticketId)}`, TicketWithText, { query }, signal)).body;
  }

  async function messages(ticketId: string, after: string | null, signal: AbortSignal): Promise<MessagePage> {
    const known = knownAt(after);
    const ticket = known === null ? await ticketOf(ticketId, signal) : null;
    const requesterId = known?.requesterId ?? ticket?.requester_id ?? '';
    const all = await conversationsOf(http, numberOf(ticketId), signal);
    const fresh = all.filter((one) => known?.ids.has(one.id) !== true);
    const agents = fresh.filter((one) => !isByCustomer(one, requesterId)).flatMap((one) => one.user_id ?? []);
    const called = await names.of(agents, signal);
    const replies = fresh.map((one) => messageOf(one, requesterId, called));
    return {
      messages: ticket === null ? replies : [firstMessageOf(ticket), ...replies],
      cursor: cursorOf(requesterId, all),
    };
  }

  return {
    id,
    kind: 'freshdesk',
    capabilities: { push: 'none', deliver: ['note', 'reply'], minPollMs: 5000 },
    parseUrl: (url) => ticketOfUrl(url, baseUrl),
    urlOf: (ticketId) => urlOfTicket(ticketId, baseUrl),
    async check(signal) {
      const agent = await me(signal);
      await list(1, signal);
      return reportOf(agent);
    },
    list,
    read: async (ticketId, signal) => threadOf(await ticketOf(ticketId, signal)),
    messages,
    async deliver(ticketId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Freshdesk takes no drafts from outside.');
      const path = `/api/v2/tickets/${numberOf(ticketId)}/${mode === 'note' ? 'notes' : 'reply'}`;
      if (ifVersion !== null && (await ticketOf(ticketId, signal)).updated_at !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', ticketId);
      // A note is private unless told otherwise; told all the same, since a public one is a mail to the customer.
      const body = { body: textToHtml(text), ...(mode === 'note' ? { private: true } : {}) };
      return (await http.json(path, Written, { method: 'POST', body }, signal)).body.id;
    },
    forgetAnswers: () => http.forgetAnswers(),
    async attachment(ticketId, attachmentId, maxBytes, signal) {
      // Asked for anew: addresses of files are signed and run out.
      const ticket = await ticketOf(ticketId, signal);
      const conversations = await conversationsOf(http, numberOf(ticketId), signal);
      const files = [ticket, ...conversations].flatMap(({ attachments }) => attachments ?? []);
      const url = files.find((file) => file.id === attachmentId)?.attachment_url ?? '';
      if (url === '') throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId);
      return downloadFile({ url, baseUrl, maxBytes, fetch, timeoutMs }, signal);
    },
  };
}

const SCOPES: Readonly<Record<number, string>> = {
  2: 'Only tickets of your groups, and those assigned to you, are seen.',
  3: 'Only tickets assigned to you are seen.',
};

function reportOf({ contact, type, ticket_scope: scope }: FdAgent): ConnectionReport {
  const notes = [
    ...[SCOPES[scope ?? 0] ?? []].flat(),
    ...(type === 'collaborator' ? ['A collaborator may be allowed notes, but no replies.'] : []),
  ];
  return { user: contact?.name ?? contact?.email ?? '', notes };
}

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what cannot be a number of Freshdesk; it would change the path. */
function numberOf(id: string): string {
  if (/^[1-9]\d{0,15}$/u.test(id)) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', id.slice(0, 40));
}
