import type { z } from 'zod';

import type { HelpdeskConnection } from '../../../../shared/domain/helpdesk.js';
import type { HelpdeskConnector, HelpdeskThread } from '../connector.js';
import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import { createHelpdeskHttp } from '../helpdesk-http.js';
import { textToHtml } from '../text-to-html.js';
import {
  ConversationPage,
  ConversationWithParts,
  Me,
  type IcConversation,
  type IcConversationWithParts,
  type IcMe,
} from './answers.js';
import { conversationOfUrl, webAppOf } from './conversation-url.js';
import { createCustomers } from './customers.js';
import { messageOf, spokenIn, threadOf } from './nouns.js';

export interface IntercomOptions {
  /**
   * `baseUrl` is the interface of the region: `https://api.intercom.io`, `https://api.eu.intercom.io`, `https://api.au.intercom.io`.
   * `options.app` is the workspace's id, `options.assignee` is `me` to list only what is assigned to the token's owner.
   */
  readonly connection: HelpdeskConnection;
  /** An access token of an app of the workspace; what it writes is written by whoever owns it. */
  readonly token: () => string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

const VERSION = '2.14';
/** Most that a search gives at once. */
const PAGE = 150;
/** A search has no order, so all that is not closed is read before the newest are known; 1,500 conversations are the end of it. */
const MOST_PAGES = 10;

/**
 * Intercom through its REST API 2.14 (developers.intercom.com).
 *
 * A conversation comes whole, with its five hundred newest parts, so a cursor is the list of parts that came before: nothing is missed,
 * whatever order numbers and times have. Its version is the second of its last update and how many parts it has.
 */
export function createIntercom({ connection, token, fetch, timeoutMs }: IntercomOptions): HelpdeskConnector {
  const { id, baseUrl } = connection;
  const { app = '', assignee = '' } = connection.options;
  const http = createHelpdeskHttp({
    ...{ baseUrl, fetch, timeoutMs },
    headers: () => ({ authorization: `Bearer ${token()}`, 'intercom-version': VERSION }),
  });
  const customers = createCustomers(http);

  const me = async (signal: AbortSignal): Promise<IcMe> => (await http.json('/me', Me, {}, signal)).body;

  async function searchPage(query: object, after: string | null, signal: AbortSignal) {
    const pagination = { per_page: PAGE, ...(after === null ? {} : { starting_after: after }) };
    const request = { method: 'POST', body: { query, pagination }, isRead: true } as const;
    return (await http.json('/conversations/search', ConversationPage, request, signal)).body;
  }

  async function search(signal: AbortSignal): Promise<IcConversation[]> {
    const notClosed = { field: 'state', operator: '!=', value: 'closed' };
    const mine = { field: 'admin_assignee_id', operator: '=' };
    const filters =
      assignee === 'me' ? [notClosed, { ...mine, value: Number((await me(signal)).id) }] : [notClosed];
    const query = { operator: 'AND', value: filters };
    const found: IcConversation[] = [];
    let after: string | null = null;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const next: z.infer<typeof ConversationPage> = await searchPage(query, after, signal);
      found.push(...next.conversations);
      after = next.pages?.next?.starting_after ?? null;
      if (after === null) break;
    }
    return found;
  }

  async function list(limit: number, signal: AbortSignal): Promise<readonly HelpdeskThread[]> {
    const newest = [...new Map((await search(signal)).map((one) => [one.id, one])).values()]
      .sort((a, b) => b.updated_at - a.updated_at)
      .slice(0, limit);
    return Promise.all(newest.map(async (one) => threadOf(one, await customers.of(one, signal))));
  }

  const conversation = async (
    conversationId: string,
    signal: AbortSignal,
  ): Promise<IcConversationWithParts> =>
    (await http.json(`/conversations/${numberOf(conversationId)}`, ConversationWithParts, {}, signal)).body;

  async function read(conversationId: string, signal: AbortSignal): Promise<HelpdeskThread> {
    const found = await conversation(conversationId, signal);
    return threadOf(found, await customers.of(found, signal));
  }

  return {
    id,
    kind: 'intercom',
    capabilities: { push: 'none', deliver: ['note', 'reply'], minPollMs: 2000 },
    parseUrl: (url) => conversationOfUrl(url, baseUrl, app),
    urlOf: (conversationId) =>
      app === '' ? null : `${webAppOf(baseUrl)}/a/inbox/${app}/inbox/conversation/${conversationId}`,
    async check(signal) {
      const { name, email, app: workspace, has_inbox_seat: hasSeat } = await me(signal);
      const code = workspace?.id_code ?? '';
      if (app !== '' && code !== '' && code !== app)
        throw new HelpdeskFailure(
          'HELPDESK_RIGHT_MISSING',
          `The token belongs to workspace ${code}, not ${app}.`,
        );
      await list(1, signal);
      const notes = [
        `Workspace ${workspace?.name ?? ''} (${code}), region ${workspace?.region ?? 'unknown'}`,
        ...(app === '' ? [`Without the workspace's id (${code}) there are no links to conversations.`] : []),
        ...(hasSeat === false ? ['No inbox seat: replies and notes may be refused.'] : []),
      ];
      return { user: name ?? email ?? '', notes };
    },
    list,
    read,
    async messages(conversationId, after, signal) {
      const spoken = spokenIn(await conversation(conversationId, signal));
      const known = new Set((after ?? '').split(' '));
      return {
        messages: spoken.filter((one) => !known.has(one.id)).map(messageOf),
        cursor: spoken.map((one) => one.id).join(' '),
      };
    },
    async deliver(conversationId, { mode, text, ifVersion }, signal) {
      if (mode === 'draft')
        throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'Intercom takes no drafts from outside.');
      const path = `/conversations/${numberOf(conversationId)}/reply`;
      if (ifVersion !== null && (await read(conversationId, signal)).version !== ifVersion)
        throw new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', conversationId);
      const { id: adminId } = await me(signal);
      const body = {
        ...{ type: 'admin', admin_id: adminId },
        ...(mode === 'note'
          ? { message_type: 'note', body: textToHtml(text) }
          : { message_type: 'comment', body: text }),
      };
      const answer = await http.json(path, ConversationWithParts, { method: 'POST', body }, signal);
      const written = spokenIn(answer.body).filter(
        ({ author, partType }) =>
          author?.id === adminId && partType === (mode === 'note' ? 'note' : 'comment'),
      );
      // The answer may hold the whole conversation; the newest of ours with these words is the one.
      return written.findLast((one) => messageOf(one).text === text.trim())?.id ?? null;
    },
    forgetAnswers() {
      http.forgetAnswers();
      customers.forget();
    },
    async attachment(conversationId, attachmentId, maxBytes, signal) {
      // Asked for anew: addresses of files are signed and run out.
      const [, partId = '', at = ''] = /^(.+)\.(\d{1,3})$/u.exec(attachmentId) ?? [];
      const spoken = spokenIn(await conversation(conversationId, signal)).find((one) => one.id === partId);
      const url = spoken?.files[Number(at)]?.url ?? '';
      if (url === '') throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId);
      return downloadFile({ url, baseUrl, maxBytes, fetch, timeoutMs }, signal);
    },
  };
}

/** @throws HelpdeskFailure HELPDESK_CONVERSATION_NOT_FOUND for what cannot be a number of Intercom; it would change the path. */
function numberOf(id: string): string {
  if (/^[1-9]\d{0,18}$/u.test(id)) return id;
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', id.slice(0, 40));
}
