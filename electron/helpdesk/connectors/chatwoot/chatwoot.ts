import type { HelpdeskConnection } from '../../../../shared/domain/helpdesk.js';
import type { HelpdeskConnector, HelpdeskThread } from '../connector.js';
import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp, type HelpdeskHttp } from '../helpdesk-http.js';
import { listenToCable } from './action-cable.js';
import {
  Conversation,
  ConversationList,
  Profile,
  WrittenMessage,
  type CwConversation,
  type CwProfile,
} from './answers.js';
import { conversationOfUrl } from './conversation-url.js';
import { messageById, messagesAfter } from './message-pages.js';
import { messageOf, threadOf } from './nouns.js';
import { pushedConversation } from './pushed-conversation.js';

export interface ChatwootOptions {
  /**
   * `options.account` is the number after `/accounts/` in Chatwoot's address. `options.inbox` keeps to one inbox by its number,
   * `options.assignee` is `me` to list only what is assigned to the token's owner, else everything they may see.
   */
  readonly connection: HelpdeskConnection;
  /** The rep's own access token (Profile settings > Access token). */
  readonly token: () => string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Silence of the websocket after which it counts as broken, in milliseconds. */
  readonly quietMs?: number;
}

/** Not done: with the team, with a bot, asleep. */
const STATUSES = ['open', 'pending', 'snoozed'] as const;
const QUIET_MS = 6_000;

/**
 * Chatwoot through its application API (developers.chatwoot.com, 1.1.0) and the websocket of its own web app.
 *
 * A conversation's number counts within its account. Its version is its last change.
 */
export function createChatwoot(options: ChatwootOptions): HelpdeskConnector {
  const { connection, token, fetch, timeoutMs, quietMs = QUIET_MS } = options;
  const { id, baseUrl } = connection;
  const { account = '', inbox = '', assignee = '' } = connection.options;
  const assigneeType = assignee === 'me' ? 'me' : 'all';
  const http = withRightsTold(
    createHelpdeskHttp({
      ...{ baseUrl, fetch, timeoutMs },
      headers: () => ({ api_access_token: token() }),
    }),
  );
  /** Asked for since the start, so that pushes about them are told on whoever they are assigned to. */
  const followed = new Set<string>();
  const root = `/api/v1/accounts/${/^\d{1,16}$/u.test(account) ? account : '0'}`;
  const pathOf = (conversationId: string): string => `${root}/conversations/${numberOf(conversationId)}`;

  async function listOf(
    status: (typeof STATUSES)[number],
    limit: number,
    signal: AbortSignal,
  ): Promise<CwConversation[]> {
    const found: CwConversation[] = [];
    for (let page = 1; ; page += 1) {
      const query = {
        ...{ status, assignee_type: assigneeType, page: String(page) },
        ...(inbox === '' ? {} : { inbox_id: inbox }),
      };
      const { data } = (await http.json(`${root}/conversations`, ConversationList, { query }, signal)).body;
      found.push(...data.payload);
      const count = (assigneeType === 'me' ? data.meta?.mine_count : data.meta?.all_count) ?? Infinity;
      if (data.payload.length === 0 || found.length >= Math.min(count, limit)) return found;
    }
  }

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const found = (await Promise.all(STATUSES.map((status) => listOf(status, limit, signal)))).flat();
    // Somebody who changes a conversation between two pages or statuses makes it come twice.
    const threads = new Map(found.map((conversation) => [conversation.id, threadOf(conversation)]));
    return [...threads.values()]
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))
      .slice(0, limit);
  }

  const readRaw = async (conversationId: string, signal: AbortSignal): Promise<CwConversation> =>
    (await http.json(pathOf(conversationId), Conversation, {}, signal)).body;

  async function profile(signal: AbortSignal): Promise<CwProfile> {
    const { body } = await http.json('/api/v1/profile', Profile, {}, signal);
    if (body.accounts.some((one) => one.id === account)) return body;
    const theirs = body.accounts.map((one) => `${one.id} (${one.name ?? ''})`).join(', ');
    throw new HelpdeskFailure(
      'HELPDESK_RIGHT_MISSING',
      `Account ${account === '' ? 'is not chosen' : `${account} is not theirs`}; ${body.name} has ${theirs === '' ? 'none' : theirs}.`,
    );
  }

  return {
    id,
    kind: 'chatwoot',
    capabilities: { push: 'websocket', deliver: ['note', 'reply'], minPollMs: 2000 },
    parseUrl: (url) => conversationOfUrl(url, baseUrl, account),
    urlOf: (conversationId) => `${baseUrl}/app/accounts/${account}/conversations/${conversationId}`,
    async check(signal) {
      const { name, accounts } = await profile(signal);
      await list(1, signal);
      const { name: accountName, role } = accounts.find((one) => one.id === account) ?? {};
      return { user: name, notes: [`Account ${accountName ?? account}`, `Role ${role ?? 'unknown'}`] };
    },
    list,
    read: async (conversationId, signal) => threadOf(await readRaw(conversationId, signal)),
    async messages(conversationId, after, signal) {
      followed.add(conversationId);
      const page = await messagesAfter(http, `${pathOf(conversationId)}/messages`, after, signal);
      return { messages: page.messages.map(messageOf), cursor: page.cursor };
    },
    async listen(on, onOpen, signal) {
      const { id: userId, pubsub_token: pubsubToken } = await profile(signal);
      const channel = { channel: 'RoomChannel', pubsub_token: pubsubToken };
      await listenToCable(
        {
          url: `${baseUrl.replace(/^http/u, 'ws')}/cable`,
          origin: new URL(baseUrl).origin,
          identifier: { ...channel, account_id: Number(account), user_id: userId },
          ...{ quietMs, confirmMs: timeoutMs },
        },
        (message) => {
          const assigneeId = assigneeType === 'me' ? userId : null;
          const isFollowed = (one: string): boolean => followed.has(one);
          const conversationId = pushedConversation(message, { account, inbox, assigneeId, isFollowed });
          if (conversationId !== null) on(conversationId);
        },
        onOpen,
        signal,
      );
    },
    async deliver(conversationId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Chatwoot keeps drafts in the browser only.');
      const path = `${pathOf(conversationId)}/messages`;
      if (mode === 'reply' || ifVersion !== null) {
        const now = await readRaw(conversationId, signal);
        if (ifVersion !== null && threadOf(now).version !== ifVersion)
          throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', conversationId);
        // Chatwoot would take the text and then fail to send it, for example after WhatsApp's 24 hours.
        if (mode === 'reply' && now.can_reply === false)
          throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'The channel takes no reply now.');
      }
      const body = { content: text, message_type: 'outgoing', private: mode === 'note' };
      return (await http.json(path, WrittenMessage, { method: 'POST', body }, signal)).body.id;
    },
    forgetAnswers: () => http.forgetAnswers(),
    async attachment(conversationId, attachmentId, maxBytes, signal) {
      const [, messageId = '', fileId] = /^(\d{1,15})-(.+)$/u.exec(attachmentId) ?? [];
      const message = await messageById(
        ...([http, `${pathOf(conversationId)}/messages`, Number(messageId), signal] as const),
      );
      const url = message?.attachments?.find((file) => file.id === fileId)?.data_url ?? '';
      if (url === '') throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId);
      return downloadFile({ url, baseUrl, maxBytes, fetch, timeoutMs }, signal);
    },
  };
}

/** Chatwoot answers 401 to a token it knows that may not do something. That must not count as a token that is no longer good. */
function withRightsTold(http: HelpdeskHttp): Pick<HelpdeskHttp, 'json' | 'forgetAnswers'> {
  return {
    forgetAnswers: () => http.forgetAnswers(),
    json: (path, schema, request, signal) =>
      http.json(path, schema, request, signal).catch((error: unknown) => {
        const isRight = error instanceof HelpdeskFailure && /\bnot authorized to\b/iu.test(error.message);
        throw isRight && error.error.code === 'HELPDESK_SIGN_IN_REFUSED'
          ? new HelpdeskFailure('HELPDESK_RIGHT_MISSING', error.error.detail ?? '', null, { cause: error })
          : error;
      }),
  };
}

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what cannot be a number of Chatwoot; it would change the path. */
function numberOf(id: string): string {
  if (/^[1-9]\d{0,15}$/u.test(id)) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', id.slice(0, 40));
}
