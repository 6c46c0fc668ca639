import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { ErrorCode } from '../../../shared/errors/app-error.js';
import type { HelpdeskConnector, HelpdeskMessage } from './connector.js';
import { HelpdeskFailure } from './helpdesk-failure.js';
import { startHarmfulProxy, type Harm, type HarmfulProxy } from './harmful-proxy-for-tests.js';

/** One helpdesk on this machine with a conversation in it, and a customer's hand. */
export interface ConnectorWorld {
  readonly url: string;
  /** A conversation that is not done and in which the customer wrote. */
  readonly conversationId: string;
  readonly customerEmail: string;
  /** Whose token the connector has. */
  readonly user: string;
  customerSays(text: string): Promise<void>;
  /** False where the peer keeps nothing (a mock of an API description): then only the form of what is sent is proved. */
  readonly keepsState: boolean;
  /** A page of the web app that shows no conversation. */
  readonly otherPage: string;
  readonly unknownId: string;
  /** Which questions about an unchanged conversation it answers with 304; none where it is left out. */
  readonly unchanged?: 'conversation' | 'list and conversation';
  close(): Promise<void>;
}

export interface ConnectorSubject {
  readonly startWorld: () => Promise<ConnectorWorld>;
  /** The connector with a token that works, for a helpdesk at `baseUrl`. */
  readonly create: (baseUrl: string, timeoutMs: number, world: ConnectorWorld) => HelpdeskConnector;
  /** What it is reached by; HTTP when it is left out. */
  readonly line?: ConnectorLine;
}

export type Fault = readonly [name: string, harm: Harm, code: ErrorCode];

/** What lies between a connector and its helpdesk, and what can go wrong there. */
export interface ConnectorLine {
  /** Tells of what changes nothing as GET. */
  readonly startProxy: (target: string) => Promise<HarmfulProxy>;
  /** What the connector sends over it: questions and texts, only texts (messages come to us by themselves), or nothing at all. */
  readonly carries: 'questions' | 'texts' | 'nothing';
  readonly faults: readonly Fault[];
  /** The pause after a busy answer that asks for 7 seconds. */
  readonly busyMs: number;
  /** Whether an answer can lead to another address. */
  readonly redirects: boolean;
  /** Whether the helpdesk itself refuses to write into what changed. */
  readonly refusesChanged: boolean;
}

const FAULTS: readonly Fault[] = [
  ['401', { kind: 'status', status: 401 }, 'HELPDESK_SIGN_IN_REFUSED'],
  ['403', { kind: 'status', status: 403 }, 'HELPDESK_RIGHT_MISSING'],
  ['404', { kind: 'status', status: 404 }, 'HELPDESK_CONVERSATION_NOT_FOUND'],
  ['409', { kind: 'status', status: 409 }, 'HELPDESK_CHANGED_MEANWHILE'],
  ['412', { kind: 'status', status: 412 }, 'HELPDESK_CHANGED_MEANWHILE'],
  ['415', { kind: 'status', status: 415 }, 'HELPDESK_REQUEST_REFUSED'],
  ['422', { kind: 'status', status: 422 }, 'HELPDESK_REQUEST_REFUSED'],
  ['500', { kind: 'status', status: 500 }, 'HELPDESK_UNREACHABLE'],
  ['a web page', { kind: 'web_page' }, 'HELPDESK_ANSWER_UNREADABLE'],
  ['half an answer', { kind: 'half' }, 'HELPDESK_UNREACHABLE'],
  ['a dropped connection', { kind: 'dropped' }, 'HELPDESK_UNREACHABLE'],
  ['silence', { kind: 'silence' }, 'HELPDESK_UNREACHABLE'],
];
const HTTP: ConnectorLine = {
  ...{ startProxy: startHarmfulProxy, carries: 'questions', faults: FAULTS, busyMs: 7000 },
  ...{ redirects: true, refusesChanged: true },
};
const never = new AbortController().signal;

/** What every connector must do; run against a real helpdesk where one can be had, else against its protocol. */
export function describeConnector(name: string, { startWorld, create, line = HTTP }: ConnectorSubject): void {
  describe(`${name} is a helpdesk connector`, () => {
    let world: ConnectorWorld;
    let proxy: HarmfulProxy;
    let connector: HelpdeskConnector;
    let hasty: HelpdeskConnector;
    beforeAll(async () => {
      world = await startWorld();
      proxy = await line.startProxy(world.url);
      connector = create(proxy.url, 20_000, world);
      hasty = create(proxy.url, 700, world);
    });
    beforeEach(() => {
      proxy.harm(null);
      proxy.take();
    });
    afterAll(async () => {
      await proxy.close();
      await world.close();
    });
    const all = async (): Promise<readonly HelpdeskMessage[]> =>
      (await connector.messages(world.conversationId, null, never)).messages;
    const isSilent = line.carries === 'nothing';
    /** What goes over the line: a question where there are any. */
    const send = (by: HelpdeskConnector, signal = never): Promise<unknown> => {
      if (line.carries !== 'texts') return by.read(world.conversationId, signal);
      const mode = by.capabilities.deliver.at(-1) ?? 'note';
      const delivery = { mode, text: `sent ${String(Date.now())}`, key: 'k', ifVersion: null };
      return by.deliver(world.conversationId, delivery, signal);
    };

    it('says whose token it has', async () => {
      expect((await connector.check(never)).user).toBe(world.user);
    });

    it('knows the pages of its conversations and no others', () => {
      const page = connector.urlOf(world.conversationId);
      if (page !== null) {
        expect(connector.parseUrl(page)).toBe(world.conversationId);
        expect(connector.parseUrl(page.replace('http://127.0.0.1', 'https://evil.example'))).toBeNull();
        expect(connector.parseUrl(`https://evil.example/?url=${encodeURIComponent(page)}`)).toBeNull();
      }
      for (const text of [
        world.otherPage,
        '',
        'no url',
        'javascript:alert(1)',
        `${proxy.url}/`,
        '//',
        'http://',
      ])
        expect(connector.parseUrl(text)).toBeNull();
    });

    it('lists the conversation and reads it the same', async () => {
      const thread = await connector.read(world.conversationId, never);
      expect(thread.id).toBe(world.conversationId);
      expect(Number.isNaN(Date.parse(thread.updatedAt))).toBe(false);
      const listed = await connector.list(50, never);
      if (!world.keepsState) return;
      expect(thread.customer.email).toBe(world.customerEmail);
      expect(listed.find(({ id }) => id === world.conversationId)).toEqual(thread);
      expect((await connector.list(1, never)).length).toBe(1);
    });

    it('gives messages oldest first, and after a cursor only what is new', async () => {
      const first = await connector.messages(world.conversationId, null, never);
      const times = first.messages.map(({ sentAt }) => Date.parse(sentAt));
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      if (!world.keepsState) return;
      expect(first.messages[0]?.author.role).toBe('customer');
      const text = `Ünïcode ✓ <b>not bold</b> & "quotes" ${String(Date.now())}\n\nsecond line`;
      await world.customerSays(text);
      const next = await connector.messages(world.conversationId, first.cursor, never);
      const fresh = next.messages.filter(({ id }) => !first.messages.some((message) => message.id === id));
      expect(fresh).toMatchObject([{ text, author: { role: 'customer' }, visibility: 'public' }]);
      const later = await connector.messages(world.conversationId, next.cursor, never);
      expect(later.messages.filter(({ id }) => !next.messages.some((message) => message.id === id))).toEqual(
        [],
      );
    });

    // Catches polls that bring a whole conversation again each second; and a kept answer that hides what a customer wrote.
    it('asks whether anything changed, and sees at once what did', async (context) => {
      if (!world.unchanged) return context.skip();
      const next = async (cursor: string | null) => connector.messages(world.conversationId, cursor, never);
      const statuses = (): (number | null)[] => proxy.take().map(({ status }) => status);
      let { cursor } = await next(null);
      // What nothing is known of is asked for whole: the address of the next page, an owner's name.
      for (let at = 0; at < 3; at += 1) ({ cursor } = await next(cursor));
      await connector.list(50, never);
      proxy.take();
      const quiet = await next(cursor);
      const asked = statuses();
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every((status) => status === 304)).toBe(true);
      expect(quiet).toEqual({ messages: [], cursor });
      const listed = await connector.list(50, never);
      if (world.unchanged === 'list and conversation')
        expect(statuses().every((status) => status === 304)).toBe(true);
      expect(listed.map(({ id }) => id)).toContain(world.conversationId);
      const text = `And now? ${String(Date.now())}`;
      await world.customerSays(text);
      const fresh = await next(cursor);
      expect(fresh.messages.map((message) => message.text)).toEqual([text]);
      const head = (await connector.list(50, never)).find(({ id }) => id === world.conversationId);
      expect(head).toEqual(await connector.read(world.conversationId, never));
    });

    // Catches words of a forgotten customer that stay in memory.
    it('keeps nothing of an answer once it was told to forget', async (context) => {
      if (!world.unchanged) return context.skip();
      let { cursor } = await connector.messages(world.conversationId, null, never);
      for (let at = 0; at < 3; at += 1)
        ({ cursor } = await connector.messages(world.conversationId, cursor, never));
      connector.forgetAnswers?.();
      proxy.take();
      await connector.messages(world.conversationId, cursor, never);
      expect(proxy.take().map(({ status }) => status)).toContain(200);
    });

    it('delivers each way it names once, and the customer never sees a note', async () => {
      for (const mode of connector.capabilities.deliver) {
        const text = `By ${mode} ${String(Date.now())}: thanks — we look into it.\n\nBest`;
        proxy.take();
        const delivery = { mode, text, key: `key-${mode}`, ifVersion: null };
        const id = await connector.deliver(world.conversationId, delivery, never);
        expect(proxy.take().filter(({ method }) => method !== 'GET').length).toBeGreaterThan(0);
        if (!world.keepsState || mode === 'draft') continue;
        const written = (await all()).filter((message) => message.text === text);
        expect(written).toMatchObject([
          { author: { role: 'rep' }, visibility: mode === 'note' ? 'internal' : 'public' },
        ]);
        if (id !== null) expect(written[0]?.id).toBe(id);
      }
    });

    it('refuses a way it does not name, and writes nothing', async () => {
      const modes = (['draft', 'note', 'reply'] as const).filter(
        (mode) => !connector.capabilities.deliver.includes(mode),
      );
      for (const mode of modes) {
        const delivery = { mode, text: 'x', key: 'k', ifVersion: null };
        const sent = connector.deliver(world.conversationId, delivery, never);
        await expect(sent).rejects.toMatchObject({ error: { code: 'HELPDESK_WRITE_REFUSED' } });
      }
      expect(proxy.take().filter(({ method }) => method !== 'GET')).toEqual([]);
    });

    it('says when a conversation is not there, whatever the number looks like', async () => {
      const unknown = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
      for (const id of world.keepsState ? [world.unknownId, '1 OR 1=1', '../../x', ''] : ['../../x', '']) {
        await expect(connector.read(id, never)).rejects.toMatchObject(unknown);
        await expect(connector.messages(id, null, never)).rejects.toMatchObject(unknown);
      }
    });

    it.skipIf(isSilent).each(line.faults)('names what is wrong: %s', async (_, harm, code) => {
      proxy.harm(harm);
      await expect(send(hasty)).rejects.toMatchObject({ error: { code } });
      if (line.carries === 'texts') return;
      await expect(hasty.messages(world.conversationId, null, never)).rejects.toMatchObject({
        error: { code },
      });
    });

    it.skipIf(isSilent)('tells how long a busy helpdesk wants to be left alone', async () => {
      proxy.harm({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
      const failure = await send(hasty).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(HelpdeskFailure);
      expect(failure).toMatchObject({ error: { code: 'HELPDESK_BUSY' }, retryAfterMs: line.busyMs });
    });

    it.skipIf(!line.redirects)('takes its token nowhere else', async () => {
      const other = await startHarmfulProxy(world.url);
      proxy.harm({ kind: 'elsewhere', url: other.url });
      const sent = send(hasty);
      await expect(sent).rejects.toMatchObject({ error: { code: 'HELPDESK_ANSWER_UNREADABLE' } });
      expect(other.take()).toEqual([]);
      await other.close();
    });

    // Catches a reply that goes out twice because its answer was lost.
    it.skipIf(isSilent)(
      'does not know whether it wrote when no answer came, and never tries again by itself',
      async () => {
        for (const harm of [{ kind: 'lost_answer' }, { kind: 'silence' }] as const) {
          const mode = connector.capabilities.deliver.at(-1) ?? 'note';
          const delivery = {
            mode,
            text: `lost ${harm.kind} ${String(Date.now())}`,
            key: harm.kind,
            ifVersion: null,
          };
          proxy.harm(harm, true);
          proxy.take();
          const sent = hasty.deliver(world.conversationId, delivery, never);
          await expect(sent).rejects.toMatchObject({ error: { code: 'HELPDESK_WRITE_UNCERTAIN' } });
          expect(proxy.take().filter(({ method }) => method !== 'GET')).toHaveLength(1);
        }
      },
    );

    it.skipIf(isSilent)('refuses to write into a conversation that changed', async () => {
      const mode = connector.capabilities.deliver.at(-1) ?? 'note';
      const delivery = { mode, text: 'late', key: 'late', ifVersion: null };
      for (const status of line.refusesChanged ? [409, 412] : []) {
        proxy.harm({ kind: 'status', status }, true);
        const sent = hasty.deliver(world.conversationId, delivery, never);
        await expect(sent).rejects.toMatchObject({ error: { code: 'HELPDESK_CHANGED_MEANWHILE' } });
      }
      if (!world.keepsState) return;
      proxy.harm(null);
      const { version } = await connector.read(world.conversationId, never);
      if (version === null) return;
      const stale = connector.deliver(
        world.conversationId,
        { ...delivery, ifVersion: `${version}-old` },
        never,
      );
      await expect(stale).rejects.toMatchObject({ error: { code: 'HELPDESK_CHANGED_MEANWHILE' } });
    });

    it.skipIf(isSilent)('stops at once when told to', async () => {
      proxy.harm({ kind: 'silence' });
      const controller = new AbortController();
      const sent = send(connector, controller.signal);
      setTimeout(() => controller.abort(new Error('enough')), 50);
      await expect(sent).rejects.toThrow('enough');
      await expect.poll(() => proxy.waiting()).toBe(0);
    });
  });
}
