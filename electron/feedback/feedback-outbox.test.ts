import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FeedbackDelivery } from './feedback-delivery.js';
import { openFeedbackDevice, untilAllSettled, type FeedbackDevice } from './feedback-device-for-tests.js';
import { refuse, startFeedbackHub, type FeedbackHub } from './feedback-hub-for-tests.js';

let dir: string;
let hub: FeedbackHub;
let device: FeedbackDevice;
let delivery: FeedbackDelivery;
let clock: Date | null;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-outbox-'));
  clock = null;
  hub = await startFeedbackHub();
  device = openFeedbackDevice(dir, () => clock ?? new Date());
});
afterEach(async () => {
  await delivery.close();
  device.close();
  await hub.close();
  await rm(dir, { recursive: true });
});

const deliver = (): void => void (delivery = device.outbox.deliverTo(hub.client()));
const storedIds = (): string[] => hub.stored.map(({ feedback }) => feedback.id);
const untilSent = (): Promise<unknown> => untilAllSettled(device.outbox);

describe('An event the hub never takes', () => {
  const poison = { kind: 'source_opened', evidenceId: 'poison' } as const;
  const isPoison: (event: FeedbackHub['stored'][number]) => boolean = ({ feedback }) =>
    feedback.action.kind === 'source_opened';

  // Catches one bad event that holds up all others for good, or goes without a trace.
  it.each([
    [400, 'HUB_INVALID_REQUEST'],
    [413, 'HUB_TOO_LARGE'],
  ] as const)(
    'is found when whole requests are refused for it with %i, and only it is set aside',
    async (status, code) => {
      for (let at = 0; at < 50; at++) device.decide(`c-${String(at)}`);
      const bad = device.decide('c-poison', poison);
      const after = device.decide('c-poison');
      for (let at = 50; at < 90; at++) device.decide(`c-${String(at)}`);
      hub.misbehave((reply, events, store) =>
        events.some(isPoison) ? refuse(reply, status, code, 'no') : store(events),
      );
      clock = new Date('2026-11-23T10:00:00Z');
      deliver();
      await untilSent();
      expect(device.outbox.status()).toMatchObject({ waiting: 0, refused: 1 });
      expect(hub.stored).toHaveLength(91);
      expect(storedIds()).toContain(after.id);
      // Halving, not one by one.
      expect(hub.requests.length).toBeLessThan(20);
      expect(device.feedback.list(500, null).filter(({ delivery: { kind } }) => kind === 'refused')).toEqual([
        expect.objectContaining({
          id: bad.id,
          delivery: {
            kind: 'refused',
            at: '2026-11-23T10:00:00.000Z',
            reason: expect.stringContaining('(no)') as string,
          },
        }),
      ]);
    },
  );

  it('is kept with the reason, can be written to a file, and can be sent again', async () => {
    const bad = device.decide('c-1', poison);
    const nameless = device.decide('c-2', poison);
    const good = device.decide('c-3');
    hub.misbehave((_, events, store) => ({
      ...store(events.filter((event) => !isPoison(event))),
      refused: events.flatMap((event, index) =>
        isPoison(event)
          ? [{ id: event.feedback.id === bad.id ? bad.id : null, index, reason: 'too odd' }]
          : [],
      ),
    }));
    deliver();
    await untilSent();
    expect(storedIds()).toEqual([good.id]);
    const file = path.join(dir, 'refused.jsonl');
    expect(await device.outbox.exportRefused(file)).toBe(2);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        reason: 'too odd',
        event: expect.objectContaining({ feedback: bad }) as object,
      }),
      expect.objectContaining({ event: expect.objectContaining({ feedback: nameless }) as object }),
    ]);
    await expect(device.outbox.exportRefused(path.join(dir, 'no/such/folder.jsonl'))).rejects.toThrow(
      /written/,
    );

    hub.misbehave(null);
    device.outbox.retryRefused();
    expect(device.outbox.status()).toMatchObject({ waiting: 2, refused: 0 });
    await untilSent();
    expect(storedIds()).toEqual([good.id, bad.id, nameless.id]);
  });

  // Catches a file that lacks what was sent again while it was written, two exports in one another's way, and a file of somebody else
  // that is overwritten or lends its rights to customers' words.
  it('is written whole, whatever goes on meanwhile, for this user alone', async () => {
    for (let at = 0; at < 40; at++) device.decide(`c-${String(at)}`, poison);
    hub.misbehave((_, events) => ({
      acknowledged: [],
      refused: events.map(({ feedback: { id } }, index) => ({ id, index, reason: 'too odd' })),
    }));
    deliver();
    await untilSent();
    const file = (name: string): string => path.join(dir, 'exports', name);
    await mkdir(file(''));
    await writeFile(file('a.part'), 'mine', { mode: 0o644 });
    await writeFile(file('a'), 'of yesterday', { mode: 0o644 });
    const twice = [device.outbox.exportRefused(file('a')), device.outbox.exportRefused(file('a'))];
    const other = device.outbox.exportRefused(file('b'));
    const letters = device.store.refused()[Symbol.iterator]();
    expect(letters.next().value).toMatchObject({ reason: 'too odd' });
    await delivery.close();
    device.outbox.retryRefused();
    expect([...{ [Symbol.iterator]: () => letters }]).toHaveLength(39);
    expect(await Promise.all([...twice, other])).toEqual([40, 40, 40]);
    for (const name of ['a', 'b']) {
      expect((await readFile(file(name), 'utf8')).match(/"too odd"/g)).toHaveLength(40);
      // Windows knows no rights of this kind.
      if (process.platform !== 'win32') expect((await stat(file(name))).mode & 0o777).toBe(0o600);
    }
    expect(await readFile(file('a.part'), 'utf8')).toBe('mine');
    expect((await readdir(file(''))).sort()).toEqual(['a', 'a.part', 'b']);
  });
});

describe("Leads' notes", () => {
  const note = (feedbackId: string, text: string) => ({
    feedbackId,
    resolution: { note: text, resolvedBy: 'Lena', resolvedAt: '2026-11-24T09:00:00.000Z', draftKey: null },
  });

  // Catches notes that come twice, not at all, or only until the next start.
  it('come at the start and when the hub announces them, once each, and stay', async () => {
    const ids = ['c-1', 'c-2', 'c-3'].map((conversation) => device.decide(conversation).id);
    hub.addNotes(ids.map((id) => note(id, `about ${id}`)));
    hub.addNotes([note('3a0c4c1e-0000-4000-8000-000000000000', 'of another device')]);
    const told: (string | undefined)[][] = [];
    device.outbox.onDecisionsChanged((decisions) =>
      told.push(decisions.flatMap((it) => (it.note ? [it.note.note] : []))),
    );
    deliver();
    await untilSent();
    const texts = ids.map((id) => `about ${id}`);
    expect(told.flat()).toEqual(texts);

    hub.addNotes([note(ids[0] ?? '', `about ${ids[0] ?? ''}`), note(ids[1] ?? '', 'better words')]);
    delivery.onHubEvent({ name: 'feedback_resolved', memberId: '3a0c4c1e-0000-4000-8000-000000000000' });
    const asked = hub.noteRequests();
    while (told.flat().length < 4) await wait(10);
    expect(told.at(-1)).toEqual(['better words']);
    expect(hub.noteRequests()).toBeGreaterThan(asked);

    await delivery.close();
    device.close();
    device = openFeedbackDevice(dir);
    expect(device.store.notesCursor()).toBe(6);
    expect(device.feedback.list(10, null).map((it) => it.note?.note)).toEqual([
      texts[2],
      'better words',
      texts[0],
    ]);
  });
});
