import type { Attachment } from '../../../../shared/domain/helpdesk.js';
import type { ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { htmlToText } from '../html-to-text.js';
import type { FdConversation, FdFile, FdTicket, FdTicketWithText } from './answers.js';

/** 6 and 7 wait for the customer and for others as Freshdesk comes; a status of a team's own counts as open. */
const STATUSES: Readonly<Record<number, ConversationStatus>> = {
  2: 'open',
  3: 'waiting',
  4: 'solved',
  5: 'solved',
  6: 'waiting',
  7: 'waiting',
};
const PRIORITIES: Readonly<Record<number, string>> = { 1: 'low', 2: 'medium', 3: 'high', 4: 'urgent' };
const CHAT = 7;
const OUTBOUND_EMAIL = 10;
/** A mail to somebody else, such as a supplier; the customer never sees it. */
const FORWARDED = 8;

export const statusOf = ({ status }: FdTicket): ConversationStatus => STATUSES[status] ?? 'open';
const isoOf = (time: string): string => new Date(time).toISOString();

export function threadOf(ticket: FdTicket): HelpdeskThread {
  const email = ticket.requester?.email ?? '';
  const subject = ticket.subject ?? '';
  return {
    id: ticket.id,
    subject: subject === '' ? `#${ticket.id}` : subject,
    channel: ticket.source === CHAT ? 'chat' : 'email',
    status: statusOf(ticket),
    customer: { name: ticket.requester?.name ?? email, ...(email === '' ? {} : { email }) },
    fields: fieldsOf(ticket),
    version: ticket.updated_at,
    updatedAt: isoOf(ticket.updated_at),
  };
}

function fieldsOf({ custom_fields: own, priority, type, tags }: FdTicket): Record<string, string> {
  const all: [string, string][] = [
    ...Object.entries(own ?? {}).map(([key, value]): [string, string] => [titleOf(key), printable(value)]),
    ['Priority', PRIORITIES[priority ?? 0] ?? ''],
    ['Type', type ?? ''],
    ['Tags', (tags ?? []).join(', ')],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** `cf_order_number` is how Freshdesk writes `Order number`. */
function titleOf(key: string): string {
  const words = key.replace(/^cf_/u, '').replace(/_+/gu, ' ').trim();
  return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
}

function printable(value: unknown): string {
  if (Array.isArray(value)) return value.map(printable).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The message a ticket begins with; it has no number of its own. */
export function firstMessageOf(ticket: FdTicketWithText): HelpdeskMessage {
  const isOurs = ticket.source === OUTBOUND_EMAIL;
  return {
    id: `ticket-${ticket.id}`,
    sentAt: isoOf(ticket.created_at),
    author: isOurs
      ? { role: 'rep', name: '' }
      : { role: 'customer', name: ticket.requester?.name ?? ticket.requester?.email ?? '' },
    visibility: 'public',
    text: textOf(ticket.description, ticket.description_text),
    attachments: (ticket.attachments ?? []).map(attachmentOf),
  };
}

/** `names` are those of agents. */
export function messageOf(
  conversation: FdConversation,
  requesterId: string,
  names: ReadonlyMap<string, string>,
): HelpdeskMessage {
  const isCustomer = isByCustomer(conversation, requesterId);
  const name = isCustomer ? '' : (names.get(conversation.user_id ?? '') ?? '');
  const isInternal = conversation.private === true || conversation.source === FORWARDED;
  return {
    id: conversation.id,
    sentAt: isoOf(conversation.created_at),
    author: {
      role: isCustomer ? 'customer' : 'rep',
      name: name === '' ? senderOf(conversation.from_email ?? '') : name,
    },
    visibility: isInternal ? 'internal' : 'public',
    text: textOf(conversation.body, conversation.body_text),
    attachments: (conversation.attachments ?? []).map(attachmentOf),
  };
}

/** What customers write in the portal is not always marked as incoming, so the requester is one in any case. */
export const isByCustomer = ({ incoming, user_id: by }: FdConversation, requesterId: string): boolean =>
  incoming === true || (requesterId !== '' && by === requesterId);

/** `"Ben Vos" <ben@example.com>` is Ben Vos. */
const senderOf = (from: string): string => /^"?([^"<]+?)"?\s*</u.exec(from)?.[1] ?? from;

const textOf = (html: string | null | undefined, plain: string | null | undefined): string =>
  (html ?? '') === '' ? (plain ?? '').trim() : htmlToText(html ?? '');

const attachmentOf = ({ id, name, content_type: mediaType, size }: FdFile): Attachment => ({
  ...{ id, name: name ?? `file ${id}`, bytes: size ?? null },
  mediaType: mediaType ?? 'application/octet-stream',
});
