import { z } from 'zod';

import type { ConnectorOptions, HelpdeskConnector, HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { htmlToText } from '../html-to-text.js';
import { checkEndpoint } from './check-endpoint.js';
import { listenForEvents } from './event-endpoint.js';
import type { EventStore, ToldConversation, ToldMessage } from './event-store.js';

export interface WebhookOptions extends ConnectorOptions {
  readonly events: EventStore;
}

/** What a helpdesk answers to a text. */
const Taken = z.object({ id: z.string().max(200).optional() });

/**
 * Any system that tells its conversations by events (docs/connect/webhook.md). It is asked for nothing: what was told is read from the
 * store, and `listen` is the endpoint that takes events.
 *
 * `options.port` is where it listens on this computer, with the token as its secret. `options.replyUrl`, at the address of the system,
 * takes texts back; without it nothing is delivered. A cursor is the position of the last message.
 */
export function createWebhook(options: WebhookOptions): HelpdeskConnector {
  const { connection, token, events, fetch, timeoutMs } = options;
  const { id, baseUrl } = connection;
  const port = Number(connection.options['port'] ?? '');
  const replyPath = replyPathOf(baseUrl, connection.options['replyUrl'] ?? '');
  const home = URL.parse(baseUrl)?.origin ?? '';
  const http = createHelpdeskHttp({
    ...{ baseUrl: home, fetch, timeoutMs },
    headers: () => ({ authorization: `Bearer ${token()}` }),
  });
  let problem: HelpdeskFailure | null = null;

  function find(conversationId: string): ToldConversation {
    const told = events.find(id, conversationId);
    if (told) return told;
    throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', conversationId.slice(0, 40));
  }

  function told(conversationId: string, after: string | null): readonly ToldMessage[] {
    find(conversationId);
    return events.messages(id, conversationId, Number(after ?? 0) || 0);
  }

  return {
    id,
    kind: 'webhook',
    capabilities: {
      ...{ push: 'webhook', minPollMs: 1000 },
      deliver: replyPath === null ? [] : ['note', 'reply'],
    },
    parseUrl: (url) => (URL.parse(url)?.origin === home ? events.idOfPage(id, url) : null),
    urlOf(conversationId) {
      const { url } = events.find(id, conversationId)?.about ?? {};
      return url !== undefined && URL.parse(url)?.origin === home ? url : null;
    },
    async check(signal) {
      if (connection.options['replyUrl'] && replyPath === null)
        throw new HelpdeskFailure(
          'HELPDESK_REQUEST_REFUSED',
          'The address for replies must lie at the address of the system.',
        );
      await checkEndpoint(id, port, token(), signal);
      const count = events.count(id);
      const notes = [
        `Send events to http://127.0.0.1:${String(port)}/events, with “Authorization: Bearer” and the secret.`,
        count === 0 ? 'No event came yet.' : `Conversations told so far: ${String(count)}.`,
        ...(replyPath === null ? ['There is no address for replies: they go by the clipboard.'] : []),
      ];
      return { user: '', notes };
    },
    async list(limit) {
      // With the port taken nothing new is told, which must not look like a quiet day.
      if (problem) throw problem;
      return Promise.resolve(events.open(id, limit).map(threadOf));
    },
    read: async (conversationId) => Promise.resolve().then(() => threadOf(find(conversationId))),
    messages: async (conversationId, after) =>
      Promise.resolve().then(() => {
        const messages = told(conversationId, after);
        return {
          messages: messages.map(messageOf).sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt)),
          cursor: String(messages.at(-1)?.position ?? after ?? '0'),
        };
      }),
    async listen(on, onOpen, signal) {
      const keep: Parameters<typeof listenForEvents>[0]['keep'] = (event) => {
        const isNew = events.add(id, event);
        if (isNew) on(event.conversationId);
        return isNew;
      };
      const opened = (): void => {
        problem = null;
        onOpen();
      };
      await listenForEvents({ connectionId: id, port, secret: token, keep }, opened, signal).catch(
        (error: unknown) => {
          if (error instanceof HelpdeskFailure) problem = error;
          throw error;
        },
      );
    },
    async deliver(conversationId, { mode, text, key, ifVersion }, signal) {
      if (mode === 'draft' || replyPath === null)
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'There is no address it could be sent to.');
      const { revision } = find(conversationId);
      if (ifVersion !== null && ifVersion !== String(revision))
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', conversationId.slice(0, 40));
      const body = { conversationId, mode, text, key };
      const headers = { 'idempotency-key': key };
      return (await http.json(replyPath, Taken, { method: 'POST', body, headers }, signal)).body.id ?? null;
    },
    async attachment(conversationId, attachmentId, maxBytes, signal) {
      const file = told(conversationId, null)
        .flatMap(({ stored }) => stored.message.attachments)
        .find((one) => one.id === attachmentId);
      if (file?.url === undefined)
        throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId.slice(0, 40));
      return downloadFile({ url: file.url, baseUrl, maxBytes, fetch, timeoutMs }, signal);
    },
  };
}

/** Where texts go, at the system's own address, since the secret goes along; null for none and for one elsewhere. */
function replyPathOf(baseUrl: string, replyUrl: string): string | null {
  const url = replyUrl === '' ? null : URL.parse(replyUrl, baseUrl);
  return url && url.origin === URL.parse(baseUrl)?.origin ? `${url.pathname}${url.search}` : null;
}

function threadOf({ id, about, endedAt, updatedAt, revision }: ToldConversation): HelpdeskThread {
  const { subject = '', channel = 'chat', customer = { name: '' }, fields = {} } = about;
  return {
    ...{ id, channel, customer, fields, updatedAt },
    subject: subject === '' ? `#${id}` : subject,
    status: endedAt === null ? 'open' : 'solved',
    version: String(revision),
  };
}

function messageOf({ stored: { sentAt, message } }: ToldMessage): HelpdeskMessage {
  const { id, author, visibility, text, html, attachments } = message;
  return {
    ...{ id, sentAt, author, visibility },
    text: html === undefined ? (text ?? '').replace(/\r\n?/gu, '\n').trim() : htmlToText(html),
    attachments: attachments.map(({ id: fileId, name, mediaType, bytes }) => ({
      ...{ id: fileId, name, mediaType, bytes },
    })),
  };
}
