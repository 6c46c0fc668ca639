import type { ConnectionReport } from '../../../../shared/domain/helpdesk.js';
import type { ConnectorOptions, HelpdeskConnector, HelpdeskThread } from '../connector.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { textToHtml } from '../text-to-html.js';
import { Me, OneTicket, Updated, type ZdMe } from './answers.js';
import { commentOfAudit, commentsAfter } from './comment-pages.js';
import { createFieldTitles } from './field-titles.js';
import { fileOf } from './file-of.js';
import { messageOf, threadOf } from './nouns.js';
import { openTickets } from './open-tickets.js';
import { ticketOfUrl, urlOfTicket } from './ticket-url.js';

/**
 * Zendesk Support through its Ticketing API v2 (developer.zendesk.com/api-reference/ticketing).
 *
 * `options.email` is whom the API token acts for, `options.assignee` is `me` to list only what is assigned to them. A ticket's version
 * is the second of its last update. The incremental export is not used: it answers ten times a minute, to administrators, and leaves
 * out the last minute.
 */
export function createZendesk({ connection, token, fetch, timeoutMs }: ConnectorOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const { email = '', assignee = '' } = connection.options;
  const authorization = (): string =>
    `Basic ${Buffer.from(`${email}/token:${token()}`, 'utf8').toString('base64')}`;
  const http = createHelpdeskHttp({
    ...{ baseUrl, fetch, timeoutMs },
    headers: () => ({ authorization: authorization() }),
  });
  const titles = createFieldTitles(http);

  /** @throws HelpdeskFailure HELPDESK_SIGN_IN_REFUSED; Zendesk shows a nameless user to whom it does not know. */
  async function me(signal: AbortSignal): Promise<ZdMe & { id: string }> {
    const { user } = (await http.json('/api/v2/users/me.json', Me, {}, signal)).body;
    if (user.id == null) throw new HelpdeskFailure('HELPDESK_SIGN_IN_REFUSED', 'Nobody is signed in.');
    return { ...user, id: user.id };
  }

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const assigneeId = assignee === 'me' ? (await me(signal)).id : null;
    const { tickets, beside } = await openTickets(http, assigneeId, limit, signal);
    const names = await titles(signal);
    return tickets.map((ticket) => threadOf(ticket, beside, names));
  }

  async function read(ticketId: string, signal: AbortSignal): Promise<HelpdeskThread> {
    const path = `/api/v2/tickets/${numberOf(ticketId)}.json`;
    const { body } = await http.json(path, OneTicket, { query: { include: 'users,groups' } }, signal);
    return threadOf(body.ticket, body, await titles(signal));
  }

  return {
    id,
    kind: 'zendesk',
    capabilities: { push: 'none', deliver: ['note', 'reply'], minPollMs: 3000 },
    parseUrl: (url) => ticketOfUrl(url, baseUrl),
    urlOf: (ticketId) => urlOfTicket(ticketId, baseUrl),
    async check(signal) {
      const user = await me(signal);
      if (user.role === 'end-user')
        throw new HelpdeskFailure('HELPDESK_RIGHT_MISSING', `${email} is a customer here, not an agent.`);
      await list(1, signal);
      return reportOf(user);
    },
    list,
    read,
    async messages(ticketId, after, signal) {
      const { comments, users, cursor } = await commentsAfter(http, numberOf(ticketId), after, signal);
      return { messages: comments.map((comment) => messageOf(comment, users)), cursor };
    },
    async deliver(ticketId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Zendesk takes no drafts from outside.');
      const path = `/api/v2/tickets/${numberOf(ticketId)}.json`;
      // Asked for first, since the stamp of a safe update is one that Zendesk gave; what changes after this it refuses itself.
      if (ifVersion !== null && (await read(ticketId, signal)).version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', ticketId);
      const ticket = {
        // As `body` it would lose what looks like a tag.
        comment: { html_body: textToHtml(text), public: mode === 'reply' },
        ...(ifVersion === null ? {} : { safe_update: true, updated_stamp: ifVersion }),
      };
      const { body } = await http.json(path, Updated, { method: 'PUT', body: { ticket } }, signal);
      const auditId = body.audit?.id;
      return auditId === undefined ? null : commentOfAudit(http, numberOf(ticketId), auditId, signal);
    },
    forgetAnswers: () => http.forgetAnswers(),
    attachment: (ticketId, attachmentId, maxBytes, signal) =>
      fileOf(
        { http, baseUrl, authorization, fetch, timeoutMs },
        numberOf(ticketId),
        attachmentId,
        maxBytes,
        signal,
      ),
  };
}

function reportOf(user: ZdMe): ConnectionReport {
  const restriction = user.ticket_restriction ?? '';
  const notes = [
    `Signed in as ${user.role ?? 'user'}.`,
    ...(restriction === '' ? [] : [`The role sees only some tickets (restriction: ${restriction}).`]),
    ...(user.only_private_comments === true ? ['Only internal notes may be written, no replies.'] : []),
  ];
  return { user: user.name ?? user.email ?? '', notes };
}

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what cannot be a number of Zendesk; it would change the path. */
function numberOf(id: string): string {
  if (/^[1-9]\d{0,15}$/u.test(id)) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', id.slice(0, 40));
}
