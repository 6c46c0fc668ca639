import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { answersOf, type HubSpotState } from './hubspot-answers-for-tests.js';
import { FEMKE, messageRow, RHEA, textFields } from './hubspot-data-for-tests.js';
import { refusalOf, type Fields } from './hubspot-refusals-for-tests.js';

/** HubSpot as its API descriptions shape it, with a memory: stages of its own, scopes, threads beside tickets, signed files. */
export interface HubSpotServer {
  readonly url: string;
  /** A ticket with its thread; `properties` overwrites the ticket's. Without a text it has no thread. */
  opens(text: string | null, properties?: Record<string, string | null>): string;
  /** The thread a ticket came from. */
  threadOf(ticketId: string): string;
  /** The customer writes; `more` overwrites fields of the message. */
  says(ticketId: string, text: string, more?: Fields): string;
  /** A file on the host of files, as it hangs on a message. */
  putFile(name: string, bytes: Uint8Array, isPrivate: boolean): Fields;
  readonly state: HubSpotState;
  /** What the app was given. */
  readonly scopes: Set<string>;
  /** Paths at which the host of files saw a token. */
  readonly tokensAtFiles: string[];
  /** What was asked, in order: method and path with its query. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startHubSpotServer(): Promise<HubSpotServer> {
  const files = new Map<string, Uint8Array>();
  let number = 41;
  let clock = Date.parse('2026-09-01T08:00:00Z');
  const state: HubSpotState = {
    ...{ tickets: new Map(), threads: new Map(), notes: new Map(), signed: new Map(), originals: new Map() },
    ...{ isReversed: false, links: 0 },
    next: () => (number += 1),
    now: () => new Date((clock += 1000)).toISOString(),
  };
  const answer = answersOf(state);

  const api = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { method = 'GET' } = request;
    server.asked.push(`${method} ${url.pathname}${url.search}`);
    bodyOf(request).then(
      (body) => {
        const [status, said] =
          refusalOf(request, url, body, RHEA.token, server.scopes) ?? answer(method, url, body);
        response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
        response.end(JSON.stringify(said));
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

  const server: HubSpotServer = {
    url: urlOf(api),
    opens(text, properties = {}) {
      const [id, at] = [String(state.next()), state.now()];
      const threadId = text === null ? null : String(state.next());
      state.tickets.set(id, {
        ...{ id, contacts: [FEMKE.id, '9999'], notes: [] },
        properties: {
          ...{ subject: 'Where is HP-104233?', content: text ?? 'Called about a parcel', createdate: at },
          ...{
            hs_lastmodifieddate: at,
            hs_pipeline: '0',
            hs_pipeline_stage: '1',
            hs_ticket_priority: 'HIGH',
          },
          ...{ hs_ticket_category: null, source_type: 'EMAIL', hubspot_owner_id: RHEA.id },
          ...{ order_number: 'HP-104233', hs_conversations_originating_thread_id: threadId },
          ...properties,
        },
      });
      if (threadId === null) return id;
      state.threads.set(threadId, {
        ...{ id: threadId, messages: [] },
        head: {
          ...{ status: 'OPEN', createdAt: at, inboxId: '99', spam: false, associatedContactId: FEMKE.id },
          ...{ originalChannelId: '1002', originalChannelAccountId: '55012' },
        },
      });
      server.says(id, text ?? '');
      return id;
    },
    threadOf: (ticketId) =>
      state.tickets.get(ticketId)?.properties['hs_conversations_originating_thread_id'] ?? '',
    says(ticketId, text, more = {}) {
      const [threadId, at] = [server.threadOf(ticketId), state.now()];
      const thread = state.threads.get(threadId);
      const ticket = state.tickets.get(ticketId);
      if (!thread || !ticket) throw new Error(`No thread of ticket ${ticketId}.`);
      const message = messageRow(threadId, at, state.next(), { ...textFields(text), ...more });
      thread.messages.push(message);
      thread.head = { ...thread.head, latestMessageTimestamp: at };
      ticket.properties['hs_lastmodifieddate'] = at;
      return String(message['id']);
    },
    putFile(name, bytes, isPrivate) {
      const fileId = String(state.next());
      const [open, signed] = [`/hubfs/${fileId}/x`, `/private/${fileId}/x?Expires=1790000000&Signature=abc`];
      files.set(isPrivate ? signed : open, bytes);
      if (isPrivate) state.signed.set(fileId, `${urlOf(store)}${signed}`);
      return { type: 'FILE', fileId, name, url: `${urlOf(store)}${open}`, fileUsageType: 'IMAGE' };
    },
    state,
    scopes: new Set([
      ...['tickets', 'conversations.read', 'conversations.write', 'files'],
      ...['crm.objects.contacts.read', 'crm.objects.owners.read'],
    ]),
    ...{ tokensAtFiles: [], asked: [] },
    async close() {
      for (const one of [api, store]) {
        one.closeAllConnections();
        await new Promise((done) => one.close(done));
      }
    },
  };
  return server;
}

async function bodyOf(request: http.IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Fields);
}
