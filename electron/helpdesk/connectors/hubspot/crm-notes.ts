import type { z } from 'zod';

import type { HelpdeskMessage } from '../connector.js';
import type { HelpdeskHttp, HelpdeskRequest } from '../helpdesk-http.js';
import { htmlToText } from '../html-to-text.js';
import { textToHtml } from '../text-to-html.js';
import { LinkList, OneRecord, RecordList, type HsRecord } from './answers.js';
import type { People } from './people.js';

/** HubSpot's number for "this note belongs to this ticket". */
const NOTE_TO_TICKET = 228;
const BATCH = 100;

/** The text a ticket without a thread begins with, as a form, a call or a colleague left it. */
export function firstMessageOf(ticket: HsRecord, customerName: string): HelpdeskMessage {
  return {
    id: `ticket-${ticket.id}`,
    sentAt: new Date(ticket.createdAt).toISOString(),
    author: { role: 'customer', name: customerName },
    ...{ visibility: 'public', attachments: [] },
    text: htmlToText(ticket.properties['content'] ?? ''),
  };
}

/** The notes on a ticket, oldest first. */
export async function notesOf(
  http: Pick<HelpdeskHttp, 'json'>,
  people: People,
  ticketId: string,
  signal: AbortSignal,
): Promise<readonly HelpdeskMessage[]> {
  const linked = new Set<string>();
  let after: string | null = null;
  do {
    const path = `/crm/v4/objects/tickets/${ticketId}/associations/notes`;
    const query: HelpdeskRequest['query'] = { limit: '500', ...(after === null ? {} : { after }) };
    const page: z.infer<typeof LinkList> = (await http.json(path, LinkList, { query }, signal)).body;
    const before = linked.size;
    for (const { toObjectId } of page.results) linked.add(toObjectId);
    // Pages that lead back to one that was read would be asked for without end.
    after = linked.size > before ? (page.paging?.next?.after ?? null) : null;
  } while (after !== null);

  const ids = [...linked];
  const notes: HsRecord[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const inputs = ids.slice(from, from + BATCH).map((id) => ({ id }));
    const properties = ['hs_note_body', 'hs_timestamp', 'hubspot_owner_id'];
    const body = { properties, propertiesWithHistory: [], inputs };
    const request: HelpdeskRequest = { method: 'POST', isRead: true, body };
    notes.push(
      ...(await http.json('/crm/v3/objects/notes/batch/read', RecordList, request, signal)).body.results,
    );
  }
  const messages = notes.map(async ({ id, properties, createdAt }): Promise<HelpdeskMessage> => {
    const owner = properties['hubspot_owner_id'] ?? '';
    const name = owner === '' ? '' : await people.ownerName(owner, signal);
    const text = htmlToText(properties['hs_note_body'] ?? '');
    const sentAt = new Date(createdAt).toISOString();
    return { id, sentAt, text, author: { role: 'rep', name }, visibility: 'internal', attachments: [] };
  });
  return (await Promise.all(messages)).sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt));
}

/** Adds a note of `ownerId` to a ticket. @returns its number. */
export async function addNote(
  http: Pick<HelpdeskHttp, 'json'>,
  ticketId: string,
  ownerId: string,
  text: string,
  signal: AbortSignal,
): Promise<string> {
  const body = {
    properties: {
      // HubSpot wants to know when it was written; it keeps its own time of when it came beside it.
      hs_timestamp: new Date().toISOString(),
      ...{ hs_note_body: textToHtml(text), hubspot_owner_id: ownerId },
    },
    associations: [
      {
        to: { id: ticketId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_TO_TICKET }],
      },
    ],
  };
  return (await http.json('/crm/v3/objects/notes', OneRecord, { method: 'POST', body }, signal)).body.id;
}
