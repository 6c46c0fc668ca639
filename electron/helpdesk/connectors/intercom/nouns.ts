import type { ConversationCustomer, ConversationStatus } from '../../../../shared/domain/conversation.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { htmlToText } from '../html-to-text.js';
import type { IcAuthor, IcConversation, IcConversationWithParts, IcFile } from './answers.js';
import { isCustomer } from './customers.js';

const STATUSES: Readonly<Record<string, ConversationStatus>> = {
  open: 'open',
  snoozed: 'waiting',
  closed: 'solved',
};

const isoOf = (seconds: number): string => new Date(Math.round(seconds * 1000)).toISOString();

export function threadOf(conversation: IcConversation, customer: ConversationCustomer): HelpdeskThread {
  const title = conversation.title ?? '';
  const subject = title === '' ? htmlToText(conversation.source?.subject ?? '') : title;
  return {
    id: conversation.id,
    subject: subject === '' ? `#${conversation.id}` : subject,
    channel: conversation.source?.type === 'email' ? 'email' : 'chat',
    status: STATUSES[conversation.state ?? ''] ?? 'open',
    customer,
    fields: fieldsOf(conversation),
    version: versionOf(conversation),
    updatedAt: isoOf(conversation.updated_at),
  };
}

/** Two messages may come in one second, so the number of parts counts too. */
const versionOf = ({ updated_at: updatedAt, statistics }: IcConversation): string =>
  [updatedAt, statistics?.count_conversation_parts ?? []].flat().join('/');

function fieldsOf({
  source,
  tags,
  priority,
  custom_attributes: own,
}: IcConversation): Record<string, string> {
  const all: [string, string][] = [
    ...Object.entries(own ?? {}).map(([name, value]): [string, string] => [name, printable(value)]),
    ['Channel', source?.type ?? ''],
    ['Tags', (tags?.tags ?? []).map(({ name }) => name ?? '').join(', ')],
    ['Priority', priority === 'priority' ? 'yes' : ''],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

const printable = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** One text of a conversation: its source, or a part. */
interface Spoken {
  readonly id: string;
  readonly createdAt: number;
  readonly partType: string;
  readonly body: string;
  readonly author: IcAuthor | null;
  readonly files: readonly IcFile[];
}

/** The source and the parts in which somebody spoke or sent a file, oldest first. */
export function spokenIn(conversation: IcConversationWithParts): readonly Spoken[] {
  const { source } = conversation;
  const first: Spoken = {
    // Numbers of sources and of parts are given out apart.
    id: `source-${source?.id ?? conversation.id}`,
    createdAt: conversation.created_at,
    ...{ partType: 'comment', body: source?.body ?? '', author: source?.author ?? null },
    files: source?.attachments ?? [],
  };
  const parts = (conversation.conversation_parts?.conversation_parts ?? []).map((part): Spoken => ({
    ...{ id: part.id, createdAt: part.created_at, partType: part.part_type },
    ...{ body: part.body ?? '', author: part.author ?? null, files: part.attachments ?? [] },
  }));
  return [first, ...parts]
    .sort((a, b) => a.createdAt - b.createdAt)
    .filter(({ body, files }) => body !== '' || files.length > 0);
}

export const messageOf = (spoken: Spoken): HelpdeskMessage => ({
  id: spoken.id,
  sentAt: isoOf(spoken.createdAt),
  author: { role: roleOf(spoken.author), name: spoken.author?.name ?? spoken.author?.email ?? '' },
  visibility: isPublic(spoken) ? 'public' : 'internal',
  text: htmlToText(spoken.body),
  attachments: spoken.files.map((file, at) => ({
    // Files have no number: theirs is the part's and their place in it.
    id: `${spoken.id}.${String(at)}`,
    name: file.name ?? `file ${String(at + 1)}`,
    mediaType: file.content_type ?? 'application/octet-stream',
    bytes: file.filesize ?? null,
  })),
});

function roleOf(author: IcAuthor | null): HelpdeskMessage['author']['role'] {
  if (isCustomer(author)) return 'customer';
  return author?.type === 'admin' || author?.type === 'team' ? 'rep' : 'system';
}

/** Parts whose words customers see; every other kind, also one that Intercom adds later, is taken for the team's own. */
const PUBLIC_PARTS = new Set(['comment', 'quick_reply', 'open', 'close']);

const isPublic = ({ partType, author }: Spoken): boolean => PUBLIC_PARTS.has(partType) || isCustomer(author);
