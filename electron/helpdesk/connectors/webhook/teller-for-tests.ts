import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

import { openDatabase, type Database } from '../../../storage/database.js';
import { createEventStore, type EventStore } from './event-store.js';
import { eventMigrations } from './event-tables.js';
import { createWebhook } from './webhook.js';

export const SECRET = 'a-secret-of-many-signs-1';
export const FEMKE = { name: 'Femke de Vries', email: 'femke.devries@example.com' };

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A system that tells its conversations to `port`, and takes texts back, which it tells as utterances in turn. */
export async function startTeller(port: number, secret = SECRET) {
  let clock = Date.parse('2026-11-27T10:00:00Z');
  let number = 0;
  const taken: { body: Record<string, unknown>; key: string }[] = [];
  const at = (): string => new Date((clock += 1000)).toISOString();
  const tell = (event: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${String(port)}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(event),
    });
  const said = (conversationId: string, role: string, text: string, more: object = {}): object => ({
    ...{ event: 'utterance.added', conversationId, at: at() },
    message: { id: `m${String((number += 1))}`, author: { role, name: role }, text, ...more },
  });
  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      const isKnown = request.headers.authorization === `Bearer ${secret}`;
      taken.push({ body, key: String(request.headers['idempotency-key']) });
      const visibility = body['mode'] === 'note' ? 'internal' : 'public';
      const event = said(body['conversationId'] ?? '', 'rep', body['text'] ?? '', { visibility });
      if (isKnown) await tell(event);
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: (event as { message: { id: string } }).message.id }));
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ...{ tell, said, at, taken },
    starts: (conversationId: string, text: string, more: object = {}): object => ({
      ...said(conversationId, 'customer', text),
      ...{ event: 'conversation.started', subject: 'My parcel', customer: FEMKE },
      ...more,
    }),
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export const openEvents = (file = ':memory:'): { database: Database; events: EventStore } => {
  const database = openDatabase(file, [{ scope: 'events', statements: eventMigrations }]);
  return { database, events: createEventStore(database) };
};

export const connectWebhook = (
  events: EventStore,
  port: number,
  baseUrl: string,
  more: { options?: Record<string, string>; token?: string; timeoutMs?: number } = {},
) =>
  createWebhook({
    connection: {
      ...{ id: 'webhook-1', kind: 'webhook', name: 'Desk', baseUrl },
      options: { port: String(port), replyUrl: `${baseUrl}/cuecard`, ...more.options },
    },
    ...{ token: () => more.token ?? SECRET, fetch, timeoutMs: more.timeoutMs ?? 5000, events },
  });

/** Takes events until it is ended. */
export async function open(
  connector: ReturnType<typeof createWebhook>,
  on: (id: string) => void = () => undefined,
) {
  const ended = new AbortController();
  let over: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    over = connector.listen?.(on, resolve, ended.signal).catch(reject) ?? over;
  });
  return async (): Promise<void> => {
    ended.abort(new Error('enough'));
    await over;
  };
}
