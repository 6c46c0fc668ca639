import type { ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { Attachment } from '../../../../shared/domain/helpdesk.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import type { CwConversation, CwFile, CwMessage } from './answers.js';
import { mediaTypeOf } from '../media-type.js';
import { textOf } from './message-text.js';

/** `pending` is with a bot, `snoozed` comes back by itself: neither is the rep's turn. */
const STATUSES: Readonly<Record<string, ConversationStatus>> = {
  open: 'open',
  pending: 'waiting',
  snoozed: 'waiting',
  resolved: 'solved',
};

export const isoOf = (seconds: number): string => new Date(Math.round(seconds * 1000)).toISOString();

export function threadOf(conversation: CwConversation): HelpdeskThread {
  const { meta } = conversation;
  const changedAt = conversation.updated_at ?? conversation.last_activity_at ?? conversation.created_at;
  // Whole seconds would hide the second of two messages.
  const lastMessage = Number.isInteger(changedAt) ? (conversation.messages ?? []).map((one) => one.id) : [];
  const email = meta?.sender?.email ?? '';
  const subject = conversation.additional_attributes?.['mail_subject'];
  const name = meta?.sender?.name ?? '';
  return {
    id: conversation.id,
    subject: typeof subject === 'string' && subject !== '' ? subject : `#${conversation.id}`,
    channel: meta?.channel === 'Channel::Email' ? 'email' : 'chat',
    status: STATUSES[conversation.status] ?? 'open',
    customer: {
      name: name === '' ? (meta?.sender?.phone_number ?? email) : name,
      ...(email === '' ? {} : { email }),
    },
    fields: fieldsOf(conversation),
    version: [changedAt, ...lastMessage].join('/'),
    updatedAt: isoOf(changedAt),
  };
}

function fieldsOf(conversation: CwConversation): Record<string, string> {
  const { meta } = conversation;
  const own = Object.entries(conversation.custom_attributes ?? {});
  const all: [string, string][] = [
    ...own.map(([name, value]): [string, string] => [name, printable(value)]),
    ['Assignee', meta?.assignee?.available_name ?? meta?.assignee?.name ?? ''],
    ['Team', meta?.team?.name ?? ''],
    ['Labels', (conversation.labels ?? []).join(', ')],
    ['Priority', conversation.priority ?? ''],
    ['Reply', conversation.can_reply === false ? 'not possible on this channel now' : ''],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

const printable = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

export function messageOf(message: CwMessage): HelpdeskMessage {
  return {
    id: String(message.id),
    sentAt: isoOf(message.created_at),
    author: { role: roleOf(message), name: message.sender?.name ?? '' },
    // What happened (assigned, resolved) is shown to the team alone.
    visibility: message.private === true || message.message_type === 2 ? 'internal' : 'public',
    text: textOf(message),
    attachments: (message.attachments ?? []).flatMap((file) => attachmentOf(message.id, file)),
  };
}

function roleOf(message: CwMessage): HelpdeskMessage['author']['role'] {
  if (message.message_type === 0) return 'customer';
  if (message.message_type !== 1) return 'system';
  const type = message.sender?.type ?? '';
  const isAutomatic =
    /^(?:agent_?bot|captain)/iu.test(type) ||
    message.content_attributes?.['automation_rule_id'] !== undefined;
  return isAutomatic ? 'system' : 'rep';
}

/** Its number and its message's: the message is asked for again when the file is fetched. */
function attachmentOf(messageId: number, file: CwFile): Attachment[] {
  const url = file.data_url ?? '';
  if (url === '') return [];
  const name = nameIn(url);
  return [
    {
      id: `${String(messageId)}-${file.id}`,
      name: name === '' ? (file.fallback_title ?? `file ${file.id}`) : name,
      mediaType: mediaTypeOf(name, file.file_type ?? ''),
      bytes: file.file_size ?? null,
    },
  ];
}

/** Chatwoot tells no name of a file; its address ends in it. */
function nameIn(url: string): string {
  const last = (URL.parse(url, 'https://x.invalid')?.pathname ?? '').split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
