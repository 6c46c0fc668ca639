import type { ConversationCustomer } from '../../../../shared/domain/conversation.js';
import type { HelpdeskThread } from '../connector.js';
import type { HelpdeskHttp, HelpdeskRequest } from '../helpdesk-http.js';
import { LinkBatch, RecordList, Ticket, type HsRecord, type HsTicket } from './answers.js';
import type { People } from './people.js';
import type { TicketSetup } from './ticket-setup.js';

/** Where a ticket came from tells the thread its messages are in. */
const THREAD = 'hs_conversations_originating_thread_id';
const PROPERTIES = [
  ...['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_priority', 'hs_ticket_category', 'source_type'],
  ...['hubspot_owner_id', 'createdate', 'hs_lastmodifieddate', THREAD],
];
/** Most that one page of a search holds, in every account. */
const PAGE = 100;
/** A search ends here, whatever is asked. */
const MOST_FOUND = 10_000;

export interface Tickets {
  list(ownerId: string | null, limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]>;
  record(ticketId: string, signal: AbortSignal): Promise<HsTicket>;
  customerOf(ticket: HsTicket, signal: AbortSignal): Promise<ConversationCustomer>;
  read(ticketId: string, signal: AbortSignal): Promise<HelpdeskThread>;
}

export const threadIdOf = ({ properties }: HsRecord): string | null => {
  const id = properties[THREAD] ?? '';
  return /^[1-9]\d{0,18}$/u.test(id) ? id : null;
};
const versionOf = ({ properties, updatedAt }: HsRecord): string =>
  properties['hs_lastmodifieddate'] ?? updatedAt;

/** Tickets of the CRM with whom they are from. */
export function createTickets(
  http: Pick<HelpdeskHttp, 'json'>,
  people: People,
  setup: (signal: AbortSignal) => Promise<TicketSetup>,
): Tickets {
  async function search(
    ownerId: string | null,
    limit: number,
    { stages, fields }: TicketSetup,
    signal: AbortSignal,
  ): Promise<HsRecord[]> {
    const closed = [...stages].filter(([, { status }]) => status === 'solved').map(([stage]) => stage);
    const filters = [
      ...(closed.length === 0
        ? []
        : [{ propertyName: 'hs_pipeline_stage', operator: 'NOT_IN', values: closed }]),
      ...(ownerId === null ? [] : [{ propertyName: 'hubspot_owner_id', operator: 'EQ', value: ownerId }]),
    ];
    const found = new Map<string, HsRecord>();
    let after: string | null = null;
    do {
      const body = {
        ...{ filterGroups: filters.length === 0 ? [] : [{ filters }], limit: Math.min(limit, PAGE) },
        // Of the two forms the client's page names, the one its description has: newest first.
        sorts: ['-hs_lastmodifieddate'],
        properties: [...PROPERTIES, ...fields.keys()],
        ...(after === null ? {} : { after }),
      };
      const request: HelpdeskRequest = { method: 'POST', isRead: true, body };
      const page = (await http.json('/crm/v3/objects/tickets/search', RecordList, request, signal)).body;
      for (const ticket of page.results) found.set(ticket.id, ticket);
      after = page.paging?.next?.after ?? null;
    } while (after !== null && found.size < limit && Number(after) + PAGE <= MOST_FOUND);
    return [...found.values()].slice(0, limit);
  }

  /** The oldest contact of each ticket, by number. */
  async function contactsOf(ticketIds: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
    const contacts = new Map<string, string>();
    for (let from = 0; from < ticketIds.length; from += PAGE) {
      const inputs = ticketIds.slice(from, from + PAGE).map((id) => ({ id }));
      const request: HelpdeskRequest = { method: 'POST', isRead: true, body: { inputs } };
      const path = '/crm/v4/associations/tickets/contacts/batch/read';
      for (const { from: ticket, to } of (await http.json(path, LinkBatch, request, signal)).body.results) {
        const contact = oldest(to.map(({ toObjectId }) => toObjectId));
        if (contact !== undefined) contacts.set(ticket.id, contact);
      }
    }
    await people.learnContacts([...contacts.values()], signal);
    return contacts;
  }

  async function shown(
    ticket: HsRecord,
    customer: ConversationCustomer,
    { stages, fields }: TicketSetup,
    signal: AbortSignal,
  ): Promise<HelpdeskThread> {
    const { properties } = ticket;
    const owner = properties['hubspot_owner_id'] ?? '';
    const stage = stages.get(properties['hs_pipeline_stage'] ?? '');
    const all: [string, string][] = [
      ...[...fields].map(([name, label]): [string, string] => [label, properties[name] ?? '']),
      ['Stage', stage?.label ?? ''],
      ['Owner', owner === '' ? '' : await people.ownerName(owner, signal)],
      ['Priority', (properties['hs_ticket_priority'] ?? '').toLowerCase()],
      ['Category', properties['hs_ticket_category'] ?? ''],
    ];
    const subject = properties['subject'] ?? '';
    return {
      id: ticket.id,
      subject: subject === '' ? `#${ticket.id}` : subject,
      channel: properties['source_type'] === 'CHAT' ? 'chat' : 'email',
      status: stage?.status ?? 'open',
      customer,
      fields: Object.fromEntries(all.filter(([, value]) => value !== '')),
      version: versionOf(ticket),
      updatedAt: versionOf(ticket),
    };
  }

  const customerBy = async (
    contactId: string | undefined,
    signal: AbortSignal,
  ): Promise<ConversationCustomer> =>
    contactId === undefined ? { name: '' } : people.contact(contactId, signal);
  const customerOf = (ticket: HsTicket, signal: AbortSignal): Promise<ConversationCustomer> =>
    customerBy(oldest((ticket.associations?.contacts?.results ?? []).map(({ id }) => id)), signal);

  async function record(ticketId: string, own: readonly string[], signal: AbortSignal): Promise<HsTicket> {
    const query = { properties: [...PROPERTIES, ...own].join(','), associations: 'contacts' };
    return (await http.json(`/crm/v3/objects/tickets/${ticketId}`, Ticket, { query }, signal)).body;
  }

  return {
    async list(ownerId, limit, signal) {
      const account = await setup(signal);
      const found = await search(ownerId, limit, account, signal);
      const contacts = await contactsOf(
        found.map(({ id }) => id),
        signal,
      );
      return Promise.all(
        found.map(async (ticket) =>
          shown(ticket, await customerBy(contacts.get(ticket.id), signal), account, signal),
        ),
      );
    },
    record: (ticketId, signal) => record(ticketId, [], signal),
    customerOf,
    async read(ticketId, signal) {
      const account = await setup(signal);
      const ticket = await record(ticketId, [...account.fields.keys()], signal);
      return shown(ticket, await customerOf(ticket, signal), account, signal);
    },
  };
}

/** A list and a single record give contacts in orders of their own, so the smallest number is taken. */
const oldest = (ids: readonly string[]): string | undefined =>
  [...ids].sort((a, b) => Number(a) - Number(b))[0];
