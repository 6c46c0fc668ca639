import { textToHtml } from '../text-to-html.js';
import type { Fields } from './hubspot-refusals-for-tests.js';

export const PORTAL = '6178456';
export const RHEA = {
  ...{ id: '611', userId: 90_611, email: 'rhea@example.com', firstName: 'Rhea', lastName: 'Adler' },
  token: 'pat-na1-of-rhea',
};
export const FEMKE = {
  id: '7001',
  firstname: 'Femke',
  lastname: 'de Vries',
  email: 'femke.devries@example.com',
};

/** Of one pipeline as HubSpot comes with it. */
export const STAGES = [
  { id: '1', label: 'New', metadata: { ticketState: 'OPEN', isClosed: 'false' } },
  { id: '2', label: 'Waiting on contact', metadata: { ticketState: 'OPEN', isClosed: 'false' } },
  { id: '3', label: 'Waiting on us', metadata: { ticketState: 'OPEN', isClosed: 'false' } },
  { id: '4', label: 'Closed', metadata: { ticketState: 'CLOSED', isClosed: 'true' } },
];

export interface TicketRow {
  readonly id: string;
  readonly properties: Record<string, string | null>;
  readonly contacts: readonly string[];
  readonly notes: string[];
}
export interface ThreadRow {
  readonly id: string;
  head: Fields;
  readonly messages: Fields[];
}

/** A message of a thread with all HubSpot tells of it. */
export const messageRow = (threadId: string, at: string, number: number, fields: Fields): Fields => ({
  ...{ id: `b1f3${number.toString(16).padStart(28, '0')}`, conversationsThreadId: threadId },
  ...{ type: 'MESSAGE', createdAt: at, createdBy: `V-${FEMKE.id}`, client: { clientType: 'HUBSPOT' } },
  ...{ recipients: [], archived: false, attachments: [], truncationStatus: 'NOT_TRUNCATED' },
  ...{ direction: 'INCOMING', channelId: '1002', channelAccountId: '55012', subject: 'My parcel' },
  senders: [
    {
      ...{ actorId: `V-${FEMKE.id}`, name: 'Femke de Vries', senderField: 'FROM' },
      deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: FEMKE.email },
    },
  ],
  ...fields,
});

export const textFields = (text: string): Fields => ({ text, richText: textToHtml(text) });

export const recordOf = (
  id: string,
  properties: Record<string, string | null>,
  asked: readonly string[],
): Fields => ({
  id,
  properties: Object.fromEntries(asked.map((name) => [name, properties[name] ?? null])),
  createdAt: properties['createdate'] ?? properties['hs_timestamp'] ?? '2026-01-01T00:00:00.000Z',
  updatedAt: properties['hs_lastmodifieddate'] ?? '2026-01-01T00:00:00.000Z',
  archived: false,
});

interface Search {
  readonly filterGroups: { filters: { propertyName: string; values?: string[]; value?: string }[] }[];
  readonly properties: string[];
  readonly limit: number;
  readonly after?: string;
}

/** What a search of tickets finds. */
export function foundBy(search: Search, tickets: Iterable<TicketRow>): Fields {
  const all = [...tickets]
    .filter(({ properties }) =>
      search.filterGroups.every(({ filters }) =>
        filters.every(({ propertyName, values, value }) => {
          const own = properties[propertyName] ?? '';
          return values === undefined ? own === value : !values.includes(own);
        }),
      ),
    )
    .sort((a, b) => modified(b).localeCompare(modified(a)));
  const to = Number(search.after ?? 0) + search.limit;
  const results = all
    .slice(to - search.limit, to)
    .map(({ id, properties }) => recordOf(id, properties, search.properties));
  return {
    total: all.length,
    results,
    ...(to < all.length ? { paging: { next: { after: String(to) } } } : {}),
  };
}
const modified = ({ properties }: TicketRow): string => properties['hs_lastmodifieddate'] ?? '';
