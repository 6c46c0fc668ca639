import type { ConnectorOptions, HelpdeskConnector, HelpdeskThread } from '../connector.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import {
  RtName,
  RtVersion,
  TicketList,
  TicketState,
  TransactionList,
  Written,
  type RtTransaction,
} from './answers.js';
import { cursorOf, placeOf } from './cursor.js';
import { fileOf } from './file-of.js';
import { messageOf, threadOf } from './nouns.js';
import { createStaffList } from './staff-list.js';
import { ticketOfUrl } from './ticket-url.js';
import { attachmentsOf } from './transaction-text.js';

const SPOKEN = "(Type='Create' OR Type='Correspond' OR Type='Comment')";
const PAGE = 100;
const TICKET_FIELDS = {
  fields: 'Subject,Status,LastUpdated,Requestors,Owner,Queue,CustomFields',
  'fields[Requestors]': 'Name,RealName,EmailAddress',
  'fields[Owner]': 'Name,RealName',
  'fields[Queue]': 'Name',
};

/**
 * Request Tracker 5 through its REST 2.0 (docs.bestpractical.com/rt/5.0.3/RT/REST2.html).
 *
 * The token is an authentication token of the rep (Logged in as > Settings > Auth Tokens). A ticket's version is its last
 * update. Only single records of RT have an ETag, searches have none: so a quiet ticket is asked for itself, and searched for messages
 * when it changed.
 */
export function createRequestTracker({
  connection,
  token,
  fetch,
  timeoutMs,
}: ConnectorOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const queue = connection.options['queue'] ?? '';
  const http = createHelpdeskHttp({
    ...{ baseUrl, fetch, timeoutMs },
    headers: () => ({ authorization: `token ${token()}` }),
  });

  const staff = createStaffList(http);
  let hasEtags = true;

  async function tickets(query: string, limit: number, signal: AbortSignal): Promise<HelpdeskThread[]> {
    const order = { orderby: 'LastUpdated', order: 'DESC', per_page: String(Math.min(limit, PAGE)) };
    const { body } = await http.json(
      '/REST/2.0/tickets',
      TicketList,
      { query: { query, ...order, ...TICKET_FIELDS } },
      signal,
    );
    return body.items.map(threadOf);
  }

  async function read(ticketId: string, signal: AbortSignal): Promise<HelpdeskThread> {
    const [ticket] = await tickets(`id = ${numberOf(ticketId)}`, 1, signal);
    if (!ticket) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', ticketId);
    return ticket;
  }

  async function transactionsAfter(
    ticketId: string,
    after: number,
    signal: AbortSignal,
  ): Promise<RtTransaction[]> {
    const all: RtTransaction[] = [];
    for (let last = after; ;) {
      const query = `ObjectType='RT::Ticket' AND ObjectId = ${numberOf(ticketId)} AND id > ${String(last)} AND ${SPOKEN}`;
      const { body } = await http.json(
        '/REST/2.0/transactions',
        TransactionList,
        {
          query: {
            ...{ query, orderby: 'id', order: 'ASC', per_page: String(PAGE) },
            ...{ fields: 'Type,Created,Creator', 'fields[Creator]': 'Name,RealName' },
          },
        },
        signal,
      );
      all.push(...body.items);
      last = Number(all.at(-1)?.id ?? last);
      if (body.items.length < PAGE) return all;
    }
  }

  /**
   * Changes with every transaction of the ticket; null for one that is not there or not shown to us, and where something before RT takes its
   * ETags away.
   * RT checks `If-Match` on fields of a ticket alone: on a comment or a reply it refuses whatever is sent (seen with 5.0.3).
   */
  async function stateOf(ticketId: string, signal: AbortSignal): Promise<string | null> {
    if (!hasEtags) return null;
    try {
      const { etag } = await http.json(`/REST/2.0/ticket/${numberOf(ticketId)}`, TicketState, {}, signal);
      hasEtags = etag !== null;
      return etag;
    } catch (error) {
      const code = error instanceof HelpdeskFailure ? error.error.code : null;
      if (code === 'HELPDESK_CONVERSATION_NOT_FOUND' || code === 'HELPDESK_RIGHT_MISSING') return null;
      throw error;
    }
  }

  /** RT lists nothing for a queue that is not there, and says nothing of it. */
  async function hasQueue(signal: AbortSignal): Promise<boolean> {
    if (queue === '') return true;
    try {
      await http.json(`/REST/2.0/queue/${encodeURIComponent(queue)}`, RtName, {}, signal);
      return true;
    } catch (error) {
      const code = error instanceof HelpdeskFailure ? error.error.code : null;
      if (code === 'HELPDESK_CONVERSATION_NOT_FOUND' || code === 'HELPDESK_RIGHT_MISSING') return false;
      throw error;
    }
  }

  return {
    id,
    kind: 'request_tracker',
    capabilities: { push: 'none', deliver: ['note', 'reply'], minPollMs: 1000 },
    parseUrl: (url) => ticketOfUrl(url, baseUrl),
    urlOf: (ticketId) => `${baseUrl}/Ticket/Display.html?id=${ticketId}`,
    async check(signal) {
      const { body } = await http.json('/REST/2.0/rt', RtVersion, {}, signal);
      // The middle of a token is the number of its owner; RT 5.0 has no other way to ask.
      const owner = /^\d+-(\d+)-/u.exec(token())?.[1];
      const user =
        owner === undefined ? '' : (await http.json(`/REST/2.0/user/${owner}`, RtName, {}, signal)).body.Name;
      await tickets(openIn(queue), 1, signal);
      const notes = [`Request Tracker ${body.Version}`];
      if (!(await hasQueue(signal)))
        notes.push(
          `There is no queue “${queue}”, or the token may not see it: no conversation will be listed.`,
        );
      return { user, notes };
    },
    list: (limit, signal) => tickets(openIn(queue), limit, signal),
    read,
    async messages(ticketId, after, signal) {
      const place = placeOf(after);
      // Before the search, so that what is written in between changes the next answer.
      const state = after === null ? null : await stateOf(ticketId, signal);
      if (after !== null && state !== null && state === place.state) return { messages: [], cursor: after };
      const transactions = await transactionsAfter(ticketId, place.last, signal);
      // An empty answer is also what RT gives for a ticket that is not there or not shown to us.
      if (after === null && transactions.length === 0) await read(ticketId, signal);
      const [parts, areStaff] = await Promise.all([
        attachmentsOf(http, numberOf(ticketId), transactions, signal),
        staff.among(
          transactions.map(({ Creator }) => Creator.id),
          signal,
        ),
      ]);
      return {
        messages: transactions.map((transaction) =>
          messageOf(transaction, parts.get(transaction.id) ?? [], areStaff.has(transaction.Creator.id)),
        ),
        cursor: cursorOf({ last: Number(transactions.at(-1)?.id ?? place.last), state }),
      };
    },
    async deliver(ticketId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Request Tracker holds no drafts.');
      if (ifVersion !== null && (await read(ticketId, signal)).version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', ticketId);
      const path = `/REST/2.0/ticket/${numberOf(ticketId)}/${mode === 'note' ? 'comment' : 'correspond'}`;
      await http.json(
        path,
        Written,
        { method: 'POST', body: { Content: text, ContentType: 'text/plain' } },
        signal,
      );
      // RT answers with words and no number; whoever needs the message reads it back.
      return null;
    },
    forgetAnswers: () => http.forgetAnswers(),
    attachment: (ticketId, attachmentId, maxBytes, signal) =>
      fileOf(http, numberOf(ticketId), numberOf(attachmentId), maxBytes, signal),
  };
}

/** A queue of RT may have a quote in its name; in its query language a backslash keeps it one. */
const openIn = (queue: string): string =>
  `Status = '__Active__'${queue === '' ? '' : ` AND Queue = '${queue.replace(/['\\]/gu, '\\$&')}'`}`;

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what cannot be a number of RT; it would change the query. */
function numberOf(id: string): string {
  if (/^[1-9]\d{0,15}$/u.test(id)) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', id.slice(0, 40));
}
