import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FEEDBACK_BATCH } from '../../shared/contracts/hub/feedback.js';
import type { DeliveryActivity } from '../../shared/domain/feedback-delivery.js';
import { startFaultProxy, type Fault } from '../sync/fault-proxy-for-tests.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createFeedbackDelivery, type FeedbackDelivery } from './feedback-delivery.js';
import {
  openFeedbackDevice,
  untilAllSettled,
  untilDelivery,
  type FeedbackDevice,
} from './feedback-device-for-tests.js';
import { refuse, startFeedbackHub, type FeedbackHub, type Misbehaviour } from './feedback-hub-for-tests.js';

let dir: string;
let hub: FeedbackHub;
let device: FeedbackDevice;
let delivery: FeedbackDelivery | null;
let clock: Date | null;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-delivery-'));
  clock = null;
  delivery = null;
  hub = await startFeedbackHub();
  device = openFeedbackDevice(dir, () => clock ?? new Date());
});
afterEach(async () => {
  await delivery?.close();
  device.close();
  await hub.close();
  await rm(dir, { recursive: true });
});

const deliver = (baseUrl?: string): FeedbackDelivery =>
  (delivery = device.outbox.deliverTo(hub.client(baseUrl)));
const storedIds = (): string[] => hub.stored.map(({ feedback }) => feedback.id);
const states = (): string[] => device.feedback.list(500, null).map(({ delivery: { kind } }) => kind);

const untilSent = (): Promise<DeliveryActivity> => untilAllSettled(device.outbox);
const untilFailing = (): Promise<DeliveryActivity> => untilDelivery(device.outbox, 'failing');

describe('A delivery', () => {
  // Catches events that overtake each other, batches the hub does not take, and a wait that blocks other conversations.
  it('brings everything to the hub once, oldest first, one of a conversation at a time', async () => {
    const ids = Array.from({ length: FEEDBACK_BATCH + 30 }, (_, at) => device.decide(`c-${String(at)}`).id);
    const later = [device.decide('c-0').id, device.decide('c-0').id];
    deliver();
    await untilSent();
    expect(hub.requests).toEqual([
      ids.slice(0, FEEDBACK_BATCH),
      [...ids.slice(FEEDBACK_BATCH), later[0]],
      [later[1]],
    ]);
    expect(new Set(states())).toEqual(new Set(['delivered']));
    expect(hub.stored[0]).toMatchObject({
      sequence: 1,
      context: { release: 3, customerText: 'Do you sell boats?' },
    });
  });

  // Catches a request for each click of a burst, and a decision that waits for the next start.
  it('sends what is decided later by itself, a burst together', async () => {
    deliver();
    await untilSent();
    device.decide('c-1');
    device.decide('c-2');
    device.decide('c-3');
    await untilSent();
    expect(hub.requests.map((ids) => ids.length)).toEqual([3]);
  });

  // Catches what is lost between two lives of the app.
  it('goes on after a restart where it was', async () => {
    const first = device.decide('c-1').id;
    deliver();
    await untilSent();
    await delivery?.close();
    const second = device.decide('c-1').id;
    device.close();
    device = openFeedbackDevice(dir);
    deliver();
    await untilSent();
    expect(hub.requests).toEqual([[first], [second]]);
    expect(hub.stored.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('says that there is no team before and after', async () => {
    device.decide('c-1');
    await device.outbox.retryNow();
    expect(device.outbox.status()).toEqual({ waiting: 1, refused: 0, activity: null });
    await deliver().close();
    expect(device.outbox.status().activity).toBeNull();
  });
});

const answering: Record<string, readonly [Misbehaviour, code: string]> = {
  'fails without words': [(reply) => reply.status(500).send('oops'), 'HUB_INTERNAL'],
  'fails in its own words': [(reply) => refuse(reply, 500, 'HUB_INTERNAL', 'id 7'), 'HUB_INTERNAL'],
  'loses its database': [(reply) => refuse(reply, 503, 'HUB_STORE_UNAVAILABLE'), 'HUB_STORE_UNAVAILABLE'],
  'stores, and cuts the connection before it says so': [
    (reply, events, store) => {
      store(events);
      reply.raw.destroy();
    },
    'HUB_UNREACHABLE',
  ],
  'stores, and answers with garbage': [
    (reply, events, store) => {
      store(events);
      return reply.type('application/json').send('{"acknowledged": [');
    },
    'HUB_UNREACHABLE',
  ],
  'stores, and answers in another form': [
    (_, events, store) => ({ ok: store(events).acknowledged.length }),
    'HUB_NOT_A_HUB',
  ],
  'says nothing of any event': [() => ({ acknowledged: [], refused: [] }), 'FEEDBACK_NOT_ANSWERED'],
  'speaks of events nobody sent': [
    () => ({ acknowledged: ['another'], refused: [{ id: 'a third', index: 99, reason: 'no' }] }),
    'FEEDBACK_NOT_ANSWERED',
  ],
};

describe('A hub that', () => {
  // Catches decisions that are lost or doubled by a bad answer, and a device that asks without a pause.
  it.each(Object.entries(answering))('%s loses nothing and is left alone', async (_, [how, code]) => {
    const ids = [device.decide('c-1').id, device.decide('c-2').id, device.decide('c-1').id];
    hub.misbehave(how);
    clock = new Date('2026-11-23T10:00:00Z');
    deliver();
    expect(await untilFailing()).toMatchObject({
      since: '2026-11-23T10:00:00.000Z',
      error: { code },
    });
    await wait(700);
    // Pauses of 200, 400 and 800 ms.
    expect(hub.requests.length).toBeLessThanOrEqual(3);
    expect(states()).toEqual(['waiting', 'waiting', 'waiting']);
    hub.misbehave(null);
    await device.outbox.retryNow();
    await untilSent();
    expect([...storedIds()].sort()).toEqual([...ids].sort());
    expect(storedIds().indexOf(ids[0] ?? '')).toBeLessThan(storedIds().indexOf(ids[2] ?? ''));
  });

  // Catches an event that overtakes an earlier one which was not answered.
  it('acknowledges half of a batch gets the other half again, in order, without a pause', async () => {
    for (const round of [1, 2, 3])
      for (const conversation of ['c-1', 'c-2', 'c-3', 'c-4'])
        device.decide(conversation, { kind: 'source_opened', evidenceId: String(round) });
    hub.misbehave((_, events, store) => store(events.slice(0, Math.ceil(events.length / 2))));
    deliver();
    await untilSent();
    for (const conversation of ['c-1', 'c-2', 'c-3', 'c-4'])
      expect(
        hub.stored
          .filter(({ feedback }) => feedback.conversationId === conversation)
          .map(({ sequence }) => sequence),
      ).toEqual(
        device.feedback
          .list(500, null)
          .filter(({ conversationId }) => conversationId === conversation)
          .map(({ sequence }) => sequence)
          .reverse(),
      );
    expect(hub.stored).toHaveLength(12);
  });

  it('repeats itself in an answer is understood, and what it both took and refused is there', async () => {
    const { id } = device.decide('c-1');
    hub.misbehave((_, events, store) => ({
      acknowledged: [...store(events).acknowledged, ...store(events).acknowledged],
      refused: [{ id, index: 0, reason: 'twice' }],
    }));
    deliver();
    await untilSent();
    expect(states()).toEqual(['delivered']);
  });

  // Catches a device that asks a busy hub whenever the rep does something.
  it('is busy is left alone for as long as it asks, whatever happens meanwhile', async () => {
    device.decide('c-1');
    hub.misbehave((reply) => refuse(reply.header('retry-after', '2'), 429, 'HUB_TOO_MANY_REQUESTS', '2 s'));
    deliver();
    await untilFailing();
    const from = performance.now();
    hub.misbehave(null);
    device.decide('c-2');
    delivery?.connected();
    await untilSent();
    expect(performance.now() - from).toBeGreaterThan(1900);
    expect(hub.requests.map((ids) => ids.length)).toEqual([1, 2]);
  });

  // Catches a pause that overflows a timer and becomes none.
  it('asks for an absurd pause is not asked at once', async () => {
    device.decide('c-1');
    hub.misbehave((reply) =>
      refuse(reply.header('retry-after', '99999999999'), 429, 'HUB_TOO_MANY_REQUESTS'),
    );
    deliver();
    await untilFailing();
    await wait(300);
    expect(hub.requests).toHaveLength(1);
  });

  // Catches a device that goes on asking in the name of somebody whose access was ended.
  it.each(['HUB_MEMBER_REVOKED', 'HUB_NOT_SIGNED_IN'] as const)(
    'answers %s is asked again only when the person wants it',
    async (code) => {
      device.decide('c-1');
      hub.misbehave((reply) => refuse(reply, 401, code));
      deliver();
      expect(await untilDelivery(device.outbox, 'stopped')).toMatchObject({ error: { code } });
      device.decide('c-2');
      delivery?.connected();
      delivery?.onHubEvent({ name: 'assignment_changed' });
      await wait(800);
      expect(hub.requests).toHaveLength(1);
      hub.misbehave(null);
      await device.outbox.retryNow();
      expect(states()).toEqual(['delivered', 'delivered']);
    },
  );
});

describe('A disk that is full', () => {
  // Catches an event that counts as delivered though that was not noted down, and a device that sends it again without a pause.
  it('when an answer is noted down costs only another request', async () => {
    const { id } = device.decide('c-1');
    let isFull = true;
    const own = createFeedbackDelivery({
      client: hub.client(),
      store: {
        ...device.store,
        settle(settlement, at) {
          if (isFull) throw new Error('SQLITE_FULL: database or disk is full');
          return device.store.settle(settlement, at);
        },
      },
      ...{ log: silentLogger, now: () => new Date(), random: () => 0 },
      ...{ onSettled: () => undefined, onNotes: () => undefined },
    });
    await own.retryNow();
    expect(own.status()).toMatchObject({ kind: 'failing', error: { code: 'FEEDBACK_NOT_SENT' } });
    expect(states()).toEqual(['waiting']);
    isFull = false;
    await own.retryNow();
    expect(states()).toEqual(['delivered']);
    expect(hub.requests).toEqual([[id], [id]]);
    expect(storedIds()).toEqual([id]);
    await own.close();
  });
});

describe('A network that', () => {
  const faults: readonly (readonly [string, Fault, code: string])[] = [
    ['shows a sign-in page', { kind: 'portal' }, 'HUB_NOT_A_HUB'],
    ['cuts the answer', { kind: 'cut', afterBytes: 40 }, 'HUB_UNREACHABLE'],
  ];
  it.each(faults)('%s costs nothing but time', async (_, fault, code) => {
    const proxy = await startFaultProxy(hub.port);
    await proxy.harm(fault);
    const ids = [device.decide('c-1').id, device.decide('c-1').id];
    deliver(proxy.url);
    expect(await untilFailing()).toMatchObject({ error: { code } });
    await proxy.harm({ kind: 'none' });
    // The stream of events is open again.
    delivery?.connected();
    await untilSent();
    expect(storedIds()).toEqual(ids);
    await delivery?.close();
    await proxy.close();
  });

  // Catches an order or a pause that hangs on the wall clock.
  it('comes and goes while the clock jumps changes nothing in the order', async () => {
    const ids = [];
    for (const now of ['2026-11-23', '2025-01-01', '2031-05-05', '1999-12-31']) {
      clock = new Date(`${now}T10:00:00Z`);
      ids.push(device.decide('c-1').id);
    }
    hub.misbehave((reply) => reply.status(500).send(''));
    deliver();
    await untilFailing();
    clock = new Date('2000-01-01T00:00:00Z');
    hub.misbehave(null);
    await untilSent();
    expect(storedIds()).toEqual(ids);
    expect(device.feedback.list(10, null).map(({ id }) => id)).toEqual(ids.reverse());
  });
});

describe('A hub that was restored from a backup', () => {
  const restoreTo = async (count: number): Promise<string[]> => {
    const ids = ['c-1', 'c-2', 'c-1', 'c-3'].map((conversation) => device.decide(conversation).id);
    deliver();
    await untilSent();
    hub.restore(count);
    return ids;
  };

  // Catches a device that decides nothing more, and one that goes on asking and sending once all is there.
  it('gets what it lost without another decision, and is asked once', async () => {
    const ids = await restoreTo(1);
    await delivery?.retryNow();
    await untilSent();
    expect(storedIds().sort()).toEqual([...ids].sort());
    hub.requests.length = 0;
    await delivery?.retryNow();
    expect(hub.requests).toEqual([]);
    expect(hub.missingRequests()).toBe(1);
  });

  // Catches a newer acknowledgement that hides what was lost before it.
  it('gets it with the next decision, those of a conversation in their order', async () => {
    const ids = await restoreTo(0);
    const later = device.decide('c-1').id;
    await untilSent();
    expect(storedIds().sort()).toEqual([...ids, later].sort());
    expect(new Set(states())).toEqual(new Set(['delivered']));
    const ofFirst = hub.stored.filter(({ feedback }) => feedback.conversationId === 'c-1');
    // The next decision was there before what it made the device ask for.
    expect(ofFirst.map(({ sequence }) => sequence)).toEqual([5, 1, 3]);
  });

  // Catches a search that was cut or killed half-way and is not begun again.
  it('is asked again after a restart in the middle', async () => {
    const ids = await restoreTo(2);
    await delivery?.close();
    const real = hub.client();
    delivery = device.outbox.deliverTo({
      request: (name, ...rest) =>
        name === 'feedback.missing' ? Promise.reject(new Error('killed here')) : real.request(name, ...rest),
    });
    device.decide('c-2');
    await untilFailing();
    await delivery.close();
    device.close();
    device = openFeedbackDevice(dir);
    deliver();
    await untilSent();
    expect(storedIds()).toEqual(expect.arrayContaining(ids));
    expect(new Set(storedIds()).size).toBe(5);
  });
});
