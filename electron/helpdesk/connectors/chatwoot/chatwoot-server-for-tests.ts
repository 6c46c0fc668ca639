import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import { answerWithEtag } from '../answer-with-etag-for-tests.js';

/** A message as the API description shapes it; `created_at` in seconds. */
interface Message {
  readonly id: number;
  readonly conversation_id: number;
  readonly created_at: number;
  readonly message_type: number;
  readonly content: string | null;
  readonly private: boolean;
  readonly [field: string]: unknown;
}

interface Conversation {
  readonly id: number;
  status: string;
  updated_at: number;
  readonly messages: Message[];
  readonly more: Record<string, unknown>;
}

export const RHEA = { id: 7, name: 'Rhea Adler', token: 'token-of-rhea', pubsub_token: 'rhea-pubsub' };
const ACCOUNT = 1;
const PAGE = 25;
const CUSTOMER = { id: 31, name: 'Femke de Vries', email: 'femke.devries@example.com', phone_number: null };

/**
 * Chatwoot as its API description 1.1.0 shapes it, with the memory and the paging of the real one: 25 conversations a page, after a
 * number 100 messages by time, before one 20. One account (1), one agent (Rhea).
 */
export interface ChatwootServer {
  readonly url: string;
  opens(text: string, more?: Record<string, unknown>): number;
  /** The customer writes; `more` overwrites fields of the message. */
  says(conversationId: number, text: string, more?: Record<string, unknown>): Promise<number>;
  /** Gives out the next number of a message that is not yet to be seen. */
  reserve(): number;
  setStatus(conversationId: number, status: string): void;
  /** A file at an address of the store, which redirects to another. */
  putFile(name: string, bytes: Uint8Array): string;
  /** Called with every new message before `says` comes back. */
  onMessage: (message: Message) => Promise<void>;
  onUpgrade: ((request: http.IncomingMessage, socket: Duplex) => void) | null;
  /** What the profile says of the websocket. */
  pubsubToken: string;
  /** What came with a token, and where to. */
  readonly tokensSeen: string[];
  close(): Promise<void>;
}

export async function startChatwootServer(): Promise<ChatwootServer> {
  const conversations = new Map<number, Conversation>();
  const files = new Map<string, Uint8Array>();
  const tokensSeen: string[] = [];
  let lastMessage = 9000;
  let lastConversation = 40;
  let clock = 1_790_000_000;

  function add(conversation: Conversation, message: Partial<Message>): Message {
    clock += 0.25;
    const all: Message = {
      ...{ id: message.id ?? (lastMessage += 1), conversation_id: conversation.id, account_id: ACCOUNT },
      ...{ inbox_id: 3, created_at: Math.floor(clock), message_type: 0, content: '', private: false },
      ...{ status: 'sent', content_type: 'text', content_attributes: {}, source_id: null },
      ...{ sender: { ...CUSTOMER, type: 'contact' } },
      ...message,
    };
    conversation.messages.push(all);
    conversation.updated_at = clock;
    return all;
  }

  const shown = ({ id, status, updated_at, messages, more }: Conversation): object => ({
    ...{ id, status, updated_at, account_id: ACCOUNT, inbox_id: 3, labels: ['parcel'], priority: null },
    ...{ last_activity_at: Math.floor(updated_at), timestamp: Math.floor(updated_at) },
    ...{ created_at: messages[0]?.created_at, can_reply: true, muted: false, unread_count: 0 },
    ...{ additional_attributes: {}, custom_attributes: { order: 'HP-104233' }, messages: messages.slice(-1) },
    meta: {
      ...{ sender: CUSTOMER, channel: 'Channel::WebWidget', hmac_verified: false },
      assignee: { id: RHEA.id, name: RHEA.name, available_name: 'Rhea' },
    },
    ...more,
  });

  function listed(query: URLSearchParams): object {
    const found = [...conversations.values()]
      .filter(({ status }) => status === (query.get('status') ?? 'open'))
      .sort((a, b) => b.updated_at - a.updated_at);
    const at = (Number(query.get('page') ?? 1) - 1) * PAGE;
    const meta = { mine_count: found.length, all_count: found.length, unassigned_count: 0 };
    return { data: { meta, payload: found.slice(at, at + PAGE).map(shown) } };
  }

  function page(conversation: Conversation, query: URLSearchParams): readonly Message[] {
    const byTime = [...conversation.messages].sort((a, b) => a.created_at - b.created_at);
    const after = query.get('after');
    if (after !== null) return byTime.filter(({ id }) => id > Number(after)).slice(0, 100);
    const before = Number(query.get('before') ?? Infinity);
    return byTime.filter(({ id }) => id < before).slice(-20);
  }

  async function answer(request: http.IncomingMessage): Promise<[number, unknown, object?]> {
    const url = new URL(request.url ?? '/', 'http://x');
    if (request.headers['api_access_token'] !== undefined) tokensSeen.push(url.pathname);
    const redirect = /^\/rails\/active_storage\/blobs\/redirect\/\w+\/(.+)$/u.exec(url.pathname);
    if (redirect) return [302, '', { location: `/rails/active_storage/disk/signed/${redirect[1] ?? ''}` }];
    const file = files.get(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
    if (url.pathname.startsWith('/rails/active_storage/disk/') && file) return [200, file];
    if (request.headers['api_access_token'] !== RHEA.token) return [401, { error: 'Invalid Access Token' }];
    if (url.pathname === '/api/v1/profile') {
      const accounts = [{ id: ACCOUNT, name: 'Harbour Parcel', role: 'agent' }];
      const { id, name } = RHEA;
      const pubsub_token = server.pubsubToken;
      return [200, { id, name, pubsub_token, accounts, role: 'agent', email: 'rhea@example.com' }];
    }
    const [, account, rest = ''] =
      /^\/api\/v1\/accounts\/(\d+)\/conversations(.*)$/u.exec(url.pathname) ?? [];
    if (account === undefined) return [404, { error: 'Resource could not be found' }];
    if (Number(account) !== ACCOUNT) return [401, { error: 'You are not authorized to access this account' }];
    if (rest === '') return [200, listed(url.searchParams)];
    const [, id, what] = /^\/(\d+)(\/messages)?$/u.exec(rest) ?? [];
    const conversation = conversations.get(Number(id));
    if (!conversation) return [404, { error: 'Resource could not be found' }];
    if (what === undefined) return [200, shown(conversation)];
    if (request.method === 'GET')
      return [200, { meta: { labels: [] }, payload: page(conversation, url.searchParams) }];
    const body = await bodyOf(request);
    const sender = { id: RHEA.id, name: RHEA.name, type: 'user' };
    const written = add(conversation, {
      ...{ content: String(body['content']), private: body['private'] === true, message_type: 1, sender },
    });
    await server.onMessage(written);
    return [200, written];
  }

  const listener = http.createServer((request, response) => {
    answer(request).then(
      ([status, body, headers = {}]) => {
        if (!(body instanceof Uint8Array))
          return answerWithEtag(request, response, status, body, { ...headers });
        response.writeHead(status, { 'content-type': 'application/octet-stream', ...headers }).end(body);
      },
      () => response.destroy(),
    );
  });
  listener.on('upgrade', (request, socket) => {
    if (server.onUpgrade) server.onUpgrade(request, socket);
    else socket.destroy();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`;

  const server: ChatwootServer = {
    url,
    opens(text, more = {}) {
      const id = (lastConversation += 1);
      const conversation: Conversation = { id, status: 'open', updated_at: clock, messages: [], more };
      conversations.set(id, conversation);
      add(conversation, { content: text });
      return id;
    },
    async says(conversationId, text, more = {}) {
      const conversation = conversations.get(conversationId);
      if (!conversation) throw new Error(`No conversation ${String(conversationId)}.`);
      const message = add(conversation, { content: text, ...more });
      await server.onMessage(message);
      return message.id;
    },
    reserve: () => (lastMessage += 1),
    setStatus(conversationId, status) {
      const conversation = conversations.get(conversationId);
      if (conversation) Object.assign(conversation, { status, updated_at: (clock += 1) });
    },
    putFile(name, bytes) {
      files.set(name, bytes);
      return `${url}/rails/active_storage/blobs/redirect/eyJf/${encodeURIComponent(name)}`;
    },
    onMessage: () => Promise.resolve(),
    onUpgrade: null,
    pubsubToken: RHEA.pubsub_token,
    tokensSeen,
    async close() {
      listener.closeAllConnections();
      await new Promise((done) => listener.close(done));
      await pause(0);
    },
  };
  return server;
}

async function bodyOf(request: http.IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}
