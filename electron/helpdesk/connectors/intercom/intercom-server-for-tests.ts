import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { answerWithEtag } from '../answer-with-etag-for-tests.js';

type Fields = Record<string, unknown>;
interface Conversation {
  readonly id: string;
  readonly head: Fields;
  state: string;
  updatedAt: number;
  readonly parts: Fields[];
}

export const RHEA = {
  id: '991267459',
  name: 'Rhea Adler',
  email: 'rhea@example.com',
  token: 'token-of-rhea',
};
export const APP = 'x1y2z3';
const FEMKE = { id: '6762f14a1bb69f9f2193bbb3', name: 'Femke de Vries', email: 'femke.devries@example.com' };

/**
 * Intercom as its API description 2.14 shapes it, with a memory: five hundred parts at most, searches by page in no order, texts turned
 * into HTML, files on a host of their own.
 */
export interface IntercomServer {
  readonly url: string;
  /** The customer begins; `more` overwrites fields of the conversation. */
  opens(text: string, more?: Fields): string;
  /** The customer writes, or with `more` anything else happens. */
  says(conversationId: string, text: string | null, more?: Fields): string;
  /** A file on the host of files. */
  putFile(name: string, bytes: Uint8Array): Fields;
  /** Paths at which the host of files saw a token. */
  readonly tokensAtFiles: string[];
  /** How often a contact was asked for. */
  contactsAsked: number;
  close(): Promise<void>;
}

export async function startIntercomServer(): Promise<IntercomServer> {
  const conversations = new Map<string, Conversation>();
  const files = new Map<string, Uint8Array>();
  let number = 215_470_000_000_000;
  let clock = 1_790_000_000;
  const next = (): string => String((number += 7));

  const shown = ({ id, head, state, updatedAt, parts }: Conversation, withParts: boolean): Fields => ({
    ...{ type: 'conversation', id, state, open: state === 'open', title: null, updated_at: updatedAt },
    ...{ waiting_since: null, snoozed_until: null, priority: 'not_priority', read: false },
    ...{ admin_assignee_id: Number(RHEA.id), team_assignee_id: null },
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: FEMKE.id, external_id: '70' }] },
    tags: { type: 'tag.list', tags: [{ type: 'tag', id: '1', name: 'parcel' }] },
    ...{ custom_attributes: { order: 'HP-104233' } },
    statistics: { type: 'conversation_statistics', count_conversation_parts: parts.length },
    ...head,
    ...(withParts ? { conversation_parts: listOfParts(parts.slice(-500), parts.length) } : {}),
  });
  const listOfParts = (parts: readonly Fields[], total: number): Fields => ({
    ...{ type: 'conversation_part.list', conversation_parts: parts, total_count: total },
  });

  function addPart(conversation: Conversation, fields: Fields): Fields {
    clock += 0.25;
    const at = Math.floor(clock);
    const part: Fields = {
      ...{ type: 'conversation_part', id: next(), part_type: 'comment', body: null, created_at: at },
      ...{ updated_at: at, notified_at: at, assigned_to: null, attachments: [], external_id: null },
      ...{ author: { type: 'user', ...FEMKE }, redacted: false, metadata: {}, state: conversation.state },
      ...fields,
    };
    conversation.parts.push(part);
    conversation.updatedAt = at;
    return part;
  }

  function search(body: Fields): Fields {
    const { query, pagination } = body as {
      query: { value: { field: string; operator: string; value: unknown }[] };
      pagination: { per_page: number; starting_after?: string };
    };
    const found = [...conversations.values()]
      .map((one) => shown(one, false))
      .filter((one) =>
        query.value.every(({ field, operator, value }) => (one[field] === value) === (operator === '=')),
      );
    const from = Number(pagination.starting_after ?? 0);
    const to = from + pagination.per_page;
    const pages = {
      ...{ type: 'pages', page: from / pagination.per_page + 1, per_page: pagination.per_page },
      ...(to < found.length ? { next: { per_page: pagination.per_page, starting_after: String(to) } } : {}),
    };
    const list = { type: 'conversation.list', total_count: found.length, pages };
    return { ...list, conversations: found.slice(from, to) };
  }

  const missing = (code: string, message: string): Fields => ({
    ...{ type: 'error.list', request_id: '7c2f1b0a', errors: [{ code, message }] },
  });

  function answer({ method, url = '', headers }: http.IncomingMessage, body: Fields): [number, Fields] {
    if (headers.authorization !== `Bearer ${RHEA.token}`)
      return [401, missing('unauthorized', 'Access Token Invalid')];
    if (headers['intercom-version'] !== '2.14')
      return [400, missing('intercom_version_invalid', 'The requested version does not exist')];
    if (url === '/me') {
      const app = { type: 'app', id_code: APP, name: 'Harbour Parcel', region: 'EU' };
      return [200, { type: 'admin', ...RHEA, token: undefined, has_inbox_seat: true, app }];
    }
    if (url === '/conversations/search') return [200, search(body)];
    if (url === `/contacts/${FEMKE.id}`) {
      server.contactsAsked += 1;
      return [200, { type: 'contact', ...FEMKE }];
    }
    const [, id = '', reply] = /^\/conversations\/(\d+)(\/reply)?$/u.exec(url) ?? [];
    const conversation = conversations.get(id);
    if (!conversation) return [404, missing('not_found', 'Resource Not Found')];
    if (reply === undefined || method !== 'POST') return [200, shown(conversation, true)];
    const text = String(body['body']);
    const isNote = body['message_type'] === 'note';
    const part = addPart(conversation, {
      ...{ part_type: body['message_type'], body: isNote ? text : htmlOf(text) },
      author: { type: 'admin', id: String(body['admin_id']), name: RHEA.name, email: RHEA.email },
    });
    return [200, { ...shown(conversation, false), conversation_parts: listOfParts([part], 1) }];
  }

  const api = http.createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        const [status, said] = answer(request, body);
        answerWithEtag(request, response, status, said);
      },
      () => response.destroy(),
    );
  });
  const store = http.createServer((request, response) => {
    const path = request.url ?? '/';
    if (request.headers.authorization !== undefined) server.tokensAtFiles.push(path);
    const bytes = files.get(path);
    response.writeHead(bytes ? 200 : 403, { 'content-type': 'application/octet-stream' }).end(bytes);
  });
  for (const one of [api, store]) await once(one.listen(0, '127.0.0.1'), 'listening');
  const urlOf = (one: http.Server): string =>
    `http://127.0.0.1:${String((one.address() as AddressInfo).port)}`;

  const server: IntercomServer = {
    url: urlOf(api),
    opens(text, more = {}) {
      const id = next();
      const author = { type: 'user', ...FEMKE };
      const source = {
        type: 'conversation',
        id: next(),
        subject: '',
        body: htmlOf(text),
        author,
        attachments: [],
      };
      clock += 1;
      const head = { created_at: Math.floor(clock), source, ...more };
      conversations.set(id, { id, head, state: 'open', updatedAt: Math.floor(clock), parts: [] });
      return id;
    },
    says(conversationId, text, more = {}) {
      const conversation = conversations.get(conversationId);
      if (!conversation) throw new Error(`No conversation ${conversationId}.`);
      return String(addPart(conversation, { body: text === null ? null : htmlOf(text), ...more })['id']);
    },
    putFile(name, bytes) {
      const path = `/${next()}/${encodeURIComponent(name)}?expires=1790000000&signature=abc`;
      files.set(path, bytes);
      const url = `${urlOf(store)}${path}`;
      return { type: 'upload', name, url, content_type: 'image/png', filesize: bytes.byteLength };
    },
    tokensAtFiles: [],
    contactsAsked: 0,
    async close() {
      for (const one of [api, store]) {
        one.closeAllConnections();
        await new Promise((done) => one.close(done));
      }
    },
  };
  return server;
}

/** What Intercom makes of a text: paragraphs and line breaks, everything else as it was written. */
const htmlOf = (text: string): string =>
  text
    .split('\n\n')
    .map(
      (paragraph) =>
        `<p>${paragraph.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/\n/gu, '<br>')}</p>`,
    )
    .join('\n');

async function bodyOf(request: http.IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Fields);
}
