import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { answerWithEtag } from './answer-with-etag-for-tests.js';
import { createConditionalGet } from './conditional-get.js';
import { createHelpdeskHttp } from './helpdesk-http.js';

const Ticket = z.object({ text: z.string(), tags: z.array(z.string()).default([]) });
const never = new AbortController().signal;

describe('A helpdesk that gives ETags', async () => {
  let said: unknown = { text: 'one' };
  let status = 200;
  let hasEtags = true;
  let hold: Promise<void> = Promise.resolve();
  const asked: { condition: string | undefined; status: number }[] = [];
  const server = http.createServer((request, response) => {
    void hold.then(() => {
      if (hasEtags) answerWithEtag(request, response, status, said);
      else response.writeHead(status).end(status === 200 ? JSON.stringify(said) : '');
      asked.push({ condition: request.headers['if-none-match'], status: response.statusCode });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  afterAll(() => void server.close());
  const connect = (token = (): string => 'first', signedBy = (): string => '') =>
    createHelpdeskHttp({
      baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      headers: () => ({ authorization: `token ${token()}` }),
      ...{ signedBy, fetch, timeoutMs: 5000 },
    });
  const statuses = (): number[] => asked.splice(0).map((one) => one.status);
  beforeEach(() => {
    said = { text: 'one' };
    [status, hasEtags, hold] = [200, true, Promise.resolve()];
    asked.length = 0;
  });

  // Catches a kept answer that somebody changed in place, and is given out changed.
  it('is asked whether its answer still holds, and each asker has a copy of their own', async () => {
    const helpdesk = connect();
    const first = await helpdesk.json('/t', Ticket, {}, never);
    first.body.tags.push('of the first');
    const second = await helpdesk.json('/t', Ticket, {}, never);
    expect(second).toEqual({ body: { text: 'one', tags: [] }, etag: first.etag });
    second.body.tags.push('of the second');
    expect((await helpdesk.json('/t', Ticket, {}, never)).body.tags).toEqual([]);
    expect(asked.map(({ condition }) => condition)).toEqual([undefined, first.etag, first.etag]);
    expect(first.etag).toMatch(/^W\/"/u);
    expect(statuses()).toEqual([200, 304, 304]);
    said = { text: 'two' };
    expect((await helpdesk.json('/t', Ticket, {}, never)).body.text).toBe('two');
    expect((await helpdesk.json('/t', Ticket, {}, never)).body.text).toBe('two');
    expect(statuses()).toEqual([200, 304]);
  });

  // Catches what one account may see, shown under the token of another.
  it('is asked anew by another token, also where the token is put on later', async () => {
    let [token, signer] = ['first', 'a'];
    const helpdesk = connect(
      () => token,
      () => signer,
    );
    const ask = () => helpdesk.json('/t', Ticket, {}, never);
    await ask();
    token = 'second';
    await ask();
    await ask();
    signer = 'b';
    await ask();
    token = 'first';
    await ask();
    expect(statuses()).toEqual([200, 200, 304, 200, 200]);
  });

  it('is asked anew for another address, another shape, another language, and what is asked once', async () => {
    const helpdesk = connect();
    await helpdesk.json('/t', Ticket, {}, never);
    await helpdesk.json('/t', Ticket, { query: { page: '2' } }, never);
    await helpdesk.json('/t', Ticket, { headers: { 'accept-language': 'de' } }, never);
    await helpdesk.json('/t', z.object({ text: z.string() }), {}, never);
    await helpdesk.json('/f', Ticket, { isOnce: true }, never);
    await helpdesk.json('/f', Ticket, {}, never);
    await helpdesk.json('/t', Ticket, { method: 'POST', isRead: true, body: {} }, never);
    expect(asked.every(({ condition }) => condition === undefined)).toBe(true);
  });

  it('must not say that nothing changed when nobody asked', async () => {
    const helpdesk = connect();
    await helpdesk.json('/t', Ticket, {}, never);
    [status, hasEtags] = [304, false];
    await expect(helpdesk.json('/other', Ticket, {}, never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_ANSWER_UNREADABLE', detail: expect.stringContaining('304') as string },
    });
    await expect(helpdesk.bytes('/t', 1000, never)).rejects.toThrow();
  });

  // Catches an answer given out while the helpdesk refuses it, and after that.
  it('is not spoken for where it refuses or fails', async () => {
    const helpdesk = connect();
    const ask = () => helpdesk.json('/t', Ticket, {}, never);
    await ask();
    status = 500;
    await expect(ask()).rejects.toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
    status = 200;
    await ask();
    status = 403;
    await expect(ask()).rejects.toMatchObject({ error: { code: 'HELPDESK_RIGHT_MISSING' } });
    status = 200;
    await ask();
    hasEtags = false;
    await ask();
    await ask();
    expect(asked.map(({ condition }) => condition !== undefined)).toEqual([
      ...[false, true, true, true, false, true, false],
    ]);
  });

  // Catches words of a forgotten customer that come back with an answer that was on its way.
  it('leaves nothing in memory that was to be forgotten', async () => {
    const helpdesk = connect();
    await helpdesk.json('/t', Ticket, {}, never);
    helpdesk.forgetAnswers();
    let go: () => void = () => undefined;
    hold = new Promise((done) => (go = done));
    const onItsWay = helpdesk.json('/t', Ticket, {}, never);
    await new Promise((done) => setTimeout(done, 30));
    helpdesk.forgetAnswers();
    go();
    await onItsWay;
    await helpdesk.json('/t', Ticket, {}, never);
    expect(statuses()).toEqual([200, 200, 200]);
  });
});

// Catches memory that grows with every conversation that was ever looked at.
it('keeps so many answers and so many bytes, those that were asked for last', () => {
  const kept = createConditionalGet({ answers: 3, bytes: 100 });
  const isKept = (url: string): boolean => kept.ask(url, '', Ticket).unchanged() !== null;
  const put = (url: string, bytes: number): void =>
    kept.ask(url, '', Ticket).answered({ text: url, tags: [] }, '"1"', bytes);
  for (const url of ['a', 'b', 'c']) put(url, 10);
  expect(isKept('a')).toBe(true);
  put('d', 10);
  expect(['a', 'b', 'c', 'd'].map(isKept)).toEqual([true, false, true, true]);
  put('e', 75);
  expect(['a', 'c', 'd', 'e'].map(isKept)).toEqual([false, true, true, true]);
  put('c', 101);
  expect(['c', 'd', 'e'].map(isKept)).toEqual([false, true, true]);
  put('f', 100);
  expect(['d', 'e', 'f'].map(isKept)).toEqual([false, false, true]);
});
