import type { ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { htmlToText } from '../html-to-text.js';
import type { RtAttachment, RtTicket, RtTransaction, RtUser } from './answers.js';
import { isText } from './transaction-text.js';

/** RT's own statuses of its default lifecycle; a status of a team's own lifecycle counts as open. */
const STATUSES: Readonly<Record<string, ConversationStatus>> = {
  new: 'open',
  open: 'open',
  stalled: 'waiting',
  resolved: 'solved',
  rejected: 'solved',
  deleted: 'solved',
};

export function threadOf(ticket: RtTicket): HelpdeskThread {
  const [requestor] = ticket.Requestors ?? [];
  const email = requestor?.EmailAddress ?? '';
  return {
    id: ticket.id,
    subject: ticket.Subject ?? '',
    channel: 'email',
    status: STATUSES[ticket.Status] ?? 'open',
    customer: { name: nameOf(requestor), ...(email === '' ? {} : { email }) },
    fields: fieldsOf(ticket),
    version: ticket.LastUpdated,
    updatedAt: ticket.LastUpdated,
  };
}

function fieldsOf(ticket: RtTicket): Record<string, string> {
  const own = Array.isArray(ticket.CustomFields) ? ticket.CustomFields : [];
  const owner = ticket.Owner?.id ?? '';
  const all: [string, string][] = [
    ['Queue', ticket.Queue?.Name ?? ''],
    ['Owner', owner === 'Nobody' ? '' : nameOf(ticket.Owner)],
    ...own.map(({ name, values }): [string, string] => [
      name,
      values.filter((value) => typeof value === 'string').join(', '),
    ]),
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/**
 * A transaction in which somebody spoke. `isStaff` tells whether its creator works here. A text in two forms is taken as plain text.
 */
export function messageOf(
  transaction: RtTransaction,
  parts: readonly RtAttachment[],
  isStaff: boolean,
): HelpdeskMessage {
  const texts = parts.filter(isText);
  const plain = texts.filter(({ ContentType }) => /plain/iu.test(ContentType ?? ''));
  const text = plain.some(({ Content }) => (Content ?? '').trim() !== '')
    ? plain.map(({ Content }) => Content ?? '').join('\n')
    : texts.map(({ Content }) => htmlToText(Content ?? '')).join('\n');
  return {
    id: transaction.id,
    sentAt: transaction.Created,
    author: { role: roleOf(transaction, isStaff), name: nameOf(transaction.Creator) },
    visibility: transaction.Type === 'Comment' ? 'internal' : 'public',
    text: text.replace(/\r\n?/gu, '\n').trim(),
    attachments: parts
      .filter((part) => !isText(part) && !/^multipart\//iu.test(part.ContentType ?? ''))
      .map(({ id, Filename, ContentType }) => ({
        id,
        name: (Filename ?? '') === '' ? `file ${id}` : (Filename ?? ''),
        mediaType: ContentType ?? 'application/octet-stream',
        bytes: null,
      })),
  };
}

function roleOf({ Type, Creator }: RtTransaction, isStaff: boolean): HelpdeskMessage['author']['role'] {
  if (Creator.id === 'RT_System') return 'system';
  return isStaff || Type === 'Comment' ? 'rep' : 'customer';
}

function nameOf(user: RtUser | null | undefined): string {
  const real = user?.RealName ?? '';
  return real === '' ? (user?.Name ?? user?.id ?? '') : real;
}
