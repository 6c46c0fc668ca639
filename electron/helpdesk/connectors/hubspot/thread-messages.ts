import type { z } from 'zod';

import type { HelpdeskMessage } from '../connector.js';
import type { HelpdeskHttp, HelpdeskRequest } from '../helpdesk-http.js';
import { htmlToText } from '../html-to-text.js';
import { mediaTypeOf } from '../media-type.js';
import { MessageList, OriginalContent, type HsMessage } from './answers.js';
import type { People } from './people.js';

const PAGE = 100;
/** Five thousand messages. */
const MOST_PAGES = 50;
/** In which somebody says something; the others tell of assignments and states. */
const SPOKEN = new Set(['MESSAGE', 'COMMENT', 'WELCOME_MESSAGE']);

export const pathOfThread = (threadId: string): string =>
  `/conversations/v3/conversations/threads/${threadId}`;

/** All that was said in a thread, oldest first. HubSpot promises no order, so every page is read each time: nearly always one. */
export async function spokenIn(
  http: Pick<HelpdeskHttp, 'json'>,
  threadId: string,
  signal: AbortSignal,
): Promise<readonly HsMessage[]> {
  const found = new Map<string, HsMessage>();
  let after: string | null = null;
  for (let at = 1; at <= MOST_PAGES; at += 1) {
    const query: HelpdeskRequest['query'] = {
      limit: String(PAGE),
      ...(after === null ? {} : { after }),
    };
    const path = `${pathOfThread(threadId)}/messages`;
    const page: z.infer<typeof MessageList> = (await http.json(path, MessageList, { query }, signal)).body;
    for (const message of page.results) if (SPOKEN.has(message.type)) found.set(message.id, message);
    after = page.paging?.next?.after ?? null;
    if (after === null) break;
  }
  return [...found.values()].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

/** A message with its whole text and with whom it is from. */
export async function messageOf(
  http: Pick<HelpdeskHttp, 'json'>,
  people: People,
  threadId: string,
  message: HsMessage,
  signal: AbortSignal,
): Promise<HelpdeskMessage> {
  const [sender] = message.senders ?? [];
  const actorId = sender?.actorId ?? message.createdBy ?? '';
  const role = roleOf(message, actorId);
  // `TRUNCATED_TO_MOST_RECENT_REPLY` leaves out only what was quoted.
  const { text, richText } =
    message.truncationStatus === 'TRUNCATED'
      ? await original(http, threadId, message, signal)
      : { text: message.text, richText: message.richText };
  const named = sender?.name ?? '';
  const name =
    named === '' && role === 'rep' && actorId !== '' ? await people.actorName(actorId, signal) : named;
  return {
    id: message.id,
    sentAt: new Date(message.createdAt).toISOString(),
    author: {
      role,
      name: name === '' && role === 'customer' ? (sender?.deliveryIdentifier?.value ?? '') : name,
    },
    visibility: message.type === 'COMMENT' ? 'internal' : 'public',
    text: (richText ?? '') === '' ? (text ?? '').trim() : htmlToText(richText ?? ''),
    attachments: filesOf(message).map(({ fileId, name: fileName, fileUsageType }) => ({
      ...{ id: fileId, name: fileName ?? `file ${fileId}`, bytes: null },
      mediaType: mediaTypeOf(fileName ?? '', (fileUsageType ?? '').toLowerCase()),
    })),
  };
}

/** Attachments that are files; others are places, contacts and choices. */
export const filesOf = ({ attachments }: HsMessage) =>
  (attachments ?? []).flatMap((one) =>
    one.type === 'FILE' && one.fileId != null ? [{ ...one, fileId: one.fileId }] : [],
  );

async function original(
  http: Pick<HelpdeskHttp, 'json'>,
  threadId: string,
  { id }: HsMessage,
  signal: AbortSignal,
) {
  const path = `${pathOfThread(threadId)}/messages/${encodeURIComponent(id)}/original-content`;
  return (await http.json(path, OriginalContent, {}, signal)).body;
}

/** An actor's number begins with what it is: agents `A-`, integrations such as Cuecard `I-`; bots, models and HubSpot itself others. */
function roleOf({ direction, type }: HsMessage, actorId: string): HelpdeskMessage['author']['role'] {
  if (direction === 'INCOMING') return 'customer';
  return type !== 'WELCOME_MESSAGE' && /^(?:A|I|E)-/u.test(actorId) ? 'rep' : 'system';
}
