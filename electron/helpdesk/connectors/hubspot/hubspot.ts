import type { ConnectionReport } from '../../../../shared/domain/helpdesk.js';
import type { ConnectorOptions, HelpdeskConnector, HelpdeskThread, MessagePage } from '../connector.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { Account, Inboxes, OneMessage, Thread, type HsThread } from './answers.js';
import { ifAllowed } from './asked-once.js';
import { conversationOfUrl, placeOf, urlOfConversation, type Place } from './conversation-id.js';
import { addNote, firstMessageOf, notesOf } from './crm-notes.js';
import { fileOf } from './file-of.js';
import { commentOf, replyOf } from './outgoing.js';
import { createPeople, nameOfOwner } from './people.js';
import { messageOf, pathOfThread, spokenIn } from './thread-messages.js';
import { createTicketSetup } from './ticket-setup.js';
import { createTickets, threadIdOf } from './tickets.js';

const EMAIL_CHANNEL = '1002';

/**
 * HubSpot through its CRM API v3 (tickets) and its conversations API v3 (developers.hubspot.com/docs).
 *
 * The token is a private app's and belongs to the account, so `options.email` says which user sits here: whose tickets
 * `options.assignee` `me` lists, and whose name is on a reply. `options.portal` is the account's number. What was said lies in the thread
 * a ticket came from; a ticket without one has its text and the notes of the CRM. A cursor is the thread and the messages read.
 */
export function createHubSpot({ connection, token, fetch, timeoutMs }: ConnectorOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const { email = '', portal = '', assignee = '' } = connection.options;
  const http = createHelpdeskHttp({
    ...{ baseUrl, fetch, timeoutMs },
    headers: () => ({ authorization: `Bearer ${token()}` }),
  });
  const people = createPeople(http);
  const tickets = createTickets(http, people, createTicketSetup(http));

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const owner = assignee === 'me' ? (await people.user(email, signal)).id : null;
    return tickets.list(owner, limit, signal);
  }

  async function read(conversationId: string, signal: AbortSignal): Promise<HelpdeskThread> {
    const { kind, number } = placeOf(conversationId);
    if (kind === 'ticket') return tickets.read(number, signal);
    const thread = (await http.json(pathOfThread(number), Thread, {}, signal)).body;
    const contact = thread.associatedContactId ?? '';
    return threadOf(thread, contact === '' ? { name: '' } : await people.contact(contact, signal));
  }

  async function inThread(
    threadId: string,
    known: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<MessagePage> {
    const spoken = await spokenIn(http, threadId, signal);
    const fresh = spoken.filter((one) => !known.has(one.id));
    const messages = await Promise.all(fresh.map((one) => messageOf(http, people, threadId, one, signal)));
    return { messages, cursor: `${threadId}:${spoken.map((one) => one.id).join(' ')}` };
  }

  async function messages(
    conversationId: string,
    after: string | null,
    signal: AbortSignal,
  ): Promise<MessagePage> {
    const place = placeOf(conversationId);
    const [, threadIn = '', ids = ''] = /^(\d*):(.*)$/u.exec(after ?? '') ?? [];
    const known = new Set(ids.split(' '));
    if (threadIn !== '') return inThread(threadIn, known, signal);
    if (place.kind === 'thread') return inThread(place.number, known, signal);
    // Asked anew while there is no thread: a mail to the customer may have begun one.
    const ticket = await tickets.record(place.number, signal);
    const threadId = threadIdOf(ticket);
    if (threadId !== null) return inThread(threadId, known, signal);
    const notes = await notesOf(http, people, place.number, signal);
    const all = [firstMessageOf(ticket, (await tickets.customerOf(ticket, signal)).name), ...notes];
    return {
      messages: all.filter((one) => !known.has(one.id)),
      cursor: `:${all.map((one) => one.id).join(' ')}`,
    };
  }

  const threadFor = async ({ kind, number }: Place, signal: AbortSignal): Promise<string | null> =>
    kind === 'thread' ? number : threadIdOf(await tickets.record(number, signal));

  return {
    id,
    kind: 'hubspot',
    capabilities: { push: 'none', deliver: ['note', 'reply'], minPollMs: 3000 },
    parseUrl: (url) => conversationOfUrl(url, baseUrl, portal),
    urlOf: (conversationId) => urlOfConversation(conversationId, baseUrl, portal),
    async check(signal) {
      const user = nameOfOwner(await people.user(email, signal));
      await list(1, signal);
      return { user, notes: await notesAbout(signal) };
    },
    list,
    read,
    messages,
    async deliver(conversationId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'HubSpot takes no drafts from outside.');
      const place = placeOf(conversationId);
      if (ifVersion !== null && (await read(conversationId, signal)).version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', conversationId);
      const threadId = await threadFor(place, signal);
      if (threadId === null) {
        if (mode === 'reply')
          throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'The ticket has no thread to reply in.');
        return addNote(http, place.number, (await people.user(email, signal)).id, text, signal);
      }
      const body = mode === 'note' ? commentOf(text) : await reply(text, threadId, signal);
      const path = `${pathOfThread(threadId)}/messages`;
      return (await http.json(path, OneMessage, { method: 'POST', body }, signal)).body.id;
    },
    forgetAnswers() {
      http.forgetAnswers();
      people.forget();
    },
    async attachment(conversationId, attachmentId, maxBytes, signal) {
      const threadId = await threadFor(placeOf(conversationId), signal);
      return fileOf({ http, baseUrl, fetch, timeoutMs }, threadId, attachmentId, maxBytes, signal);
    },
  };

  async function reply(text: string, threadId: string, signal: AbortSignal): Promise<object> {
    const { userId } = await people.user(email, signal);
    if (userId == null)
      throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', `${email} is no active user who could reply.`);
    return replyOf(text, userId, await spokenIn(http, threadId, signal));
  }

  async function notesAbout(signal: AbortSignal): Promise<ConnectionReport['notes']> {
    const account = await ifAllowed(() => http.json('/account-info/v3/details', Account, {}, signal));
    const number = account?.body.portalId ?? '';
    if (portal !== '' && number !== '' && number !== portal)
      throw new HelpdeskFailure(
        'HELPDESK_RIGHT_MISSING',
        `The token is of account ${number}, not ${portal}.`,
      );
    const path = '/conversations/v3/conversations/inboxes';
    const inboxes = await ifAllowed(() => http.json(path, Inboxes, { query: { limit: '1' } }, signal));
    return [
      ...(number === '' ? [] : [`Account ${number}`]),
      ...(portal === '' ? ['Without the number of the account there are no links to tickets.'] : []),
      ...(inboxes === null ? ['Without conversations.read only tickets are listed, not what was said.'] : []),
    ];
  }
}

function threadOf(thread: HsThread, customer: HelpdeskThread['customer']): HelpdeskThread {
  const updatedAt = thread.latestMessageTimestamp ?? thread.createdAt;
  return {
    id: `thread-${thread.id}`,
    subject: `Conversation #${thread.id}`,
    channel: thread.originalChannelId === EMAIL_CHANNEL ? 'email' : 'chat',
    status: thread.status === 'CLOSED' ? 'solved' : 'open',
    ...{ customer, fields: {}, version: `${thread.status ?? ''}/${updatedAt}`, updatedAt },
  };
}
