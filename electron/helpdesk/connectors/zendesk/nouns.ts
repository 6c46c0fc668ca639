import type { ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { htmlToText } from '../html-to-text.js';
import type { ZdBeside, ZdComment, ZdTicket, ZdUser } from './answers.js';

/** The category of a team's own status is one of these too. */
const STATUSES: Readonly<Record<string, ConversationStatus>> = {
  new: 'open',
  open: 'open',
  pending: 'waiting',
  hold: 'waiting',
  solved: 'solved',
  closed: 'solved',
};
export const statusOf = ({ status }: ZdTicket): ConversationStatus => STATUSES[status] ?? 'open';

/** Channels where people answer within minutes; everything else is written like a mail. */
const CHATS = /chat|messag|whatsapp|instagram|telegram|sms|viber|facebook|twitter|^(?:line|any_channel)$/u;

/** A ticket with who it names. `titles` are the names of the team's own fields, by number. */
export function threadOf(
  ticket: ZdTicket,
  beside: ZdBeside,
  titles: ReadonlyMap<string, string>,
): HelpdeskThread {
  const customer = userOf(ticket.requester_id, beside);
  const email = customer?.email ?? '';
  const subject = ticket.subject ?? '';
  return {
    id: ticket.id,
    subject: subject === '' ? `#${ticket.id}` : subject,
    channel: CHATS.test(String(ticket.via?.channel ?? '')) ? 'chat' : 'email',
    status: statusOf(ticket),
    customer: { name: customer?.name ?? email, ...(email === '' ? {} : { email }) },
    fields: fieldsOf(ticket, beside, titles),
    version: ticket.updated_at,
    updatedAt: ticket.updated_at,
  };
}

function fieldsOf(
  ticket: ZdTicket,
  beside: ZdBeside,
  titles: ReadonlyMap<string, string>,
): Record<string, string> {
  const group = beside.groups?.find(({ id }) => id === ticket.group_id);
  const all: [string, string][] = [
    ...(ticket.custom_fields ?? []).map(({ id, value }): [string, string] => [
      titles.get(id) ?? '',
      printable(value),
    ]),
    ['Group', group?.name ?? ''],
    ['Assignee', userOf(ticket.assignee_id, beside)?.name ?? ''],
    ['Priority', ticket.priority ?? ''],
    ['Type', ticket.type ?? ''],
    ['Tags', (ticket.tags ?? []).join(', ')],
  ];
  return Object.fromEntries(all.filter(([name, value]) => name !== '' && value !== ''));
}

const userOf = (id: string | null | undefined, { users }: ZdBeside): ZdUser | undefined =>
  users?.find((user) => user.id === id);

function printable(value: unknown): string {
  if (Array.isArray(value)) return value.map(printable).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `users` are the authors Zendesk still knows. */
export function messageOf(comment: ZdComment, users: ReadonlyMap<string, ZdUser>): HelpdeskMessage {
  const author = users.get(comment.author_id ?? '');
  const html = comment.html_body ?? '';
  return {
    id: comment.id,
    sentAt: comment.created_at,
    author: { role: roleOf(comment, author), name: author?.name ?? author?.email ?? '' },
    visibility: comment.public ? 'public' : 'internal',
    // The plain body keeps what a mail hides; the HTML tells what its reader saw.
    text: html === '' ? (comment.plain_body ?? comment.body ?? '').trim() : htmlToText(html),
    attachments: (comment.attachments ?? [])
      .filter(({ deleted }) => deleted !== true)
      .map(({ id, file_name: name, content_type: mediaType, size }) => ({
        ...{ id, name: name ?? `file ${id}`, bytes: size ?? null },
        mediaType: mediaType ?? 'application/octet-stream',
      })),
  };
}

/** Zendesk itself writes as number -1. Whoever it no longer knows counts as a customer where customers see it. */
function roleOf(comment: ZdComment, author: ZdUser | undefined): HelpdeskMessage['author']['role'] {
  if (author?.role === 'agent' || author?.role === 'admin') return 'rep';
  if ((comment.author_id ?? '').startsWith('-')) return 'system';
  if (author === undefined && !comment.public) return 'rep';
  return 'customer';
}
