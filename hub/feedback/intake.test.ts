import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { FEEDBACK_EVENT_BYTES } from '../../shared/contracts/hub/feedback.js';
import type { FeedbackEvent } from '../../shared/domain/feedback-event.js';
import { followEvents } from '../events/follow-events-for-tests.js';
import { inWorkspace, startTestHub, type TestHub } from '../hub-for-tests.js';
import { answerOf, errorOf } from '../releases/publish-for-tests.js';
import { eventForTests, sendFeedback } from './feedback-for-tests.js';

const idsOf = (events: readonly FeedbackEvent[]): string[] => events.map(({ feedback }) => feedback.id);

describe.each(['pglite', 'postgres'] as const)('feedback that is sent to a hub on %s', (store) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ store, limits: { memberPerMinute: 100_000 } });
  });
  afterAll(() => hub.close());
  /** All that is stored of a team, oldest first, and how often. */
  const stored = async (workspaceId = hub.id): Promise<string[]> => {
    const rows = await hub.database.rows(
      z.object({ id: z.string() }),
      'SELECT id FROM feedback WHERE workspace_id = $1 ORDER BY decided_at, sequence',
      [workspaceId],
    );
    return rows.map(({ id }) => id);
  };

  it('is stored once, whatever how often, how grouped and in which order it comes', async () => {
    const { rep, id } = await hub.addWorkspace();
    const events = Array.from({ length: 20 }, () => eventForTests());
    const [first, second] = [events.slice(0, 12), events.slice(8)];
    expect((await sendFeedback(hub, rep, [...second, ...second.slice(3, 5)])).acknowledged.sort()).toEqual(
      idsOf(second).sort(),
    );
    expect((await sendFeedback(hub, rep, [...first].reverse())).acknowledged.sort()).toEqual(
      idsOf(first).sort(),
    );
    expect(await sendFeedback(hub, rep, events)).toMatchObject({ refused: [] });
    expect(await stored(id)).toEqual(idsOf(events));
  });

  it('is stored once when two copies of the hub get the same batches at the same time', async () => {
    const { rep, id } = await hub.addWorkspace();
    const copy = await hub.anotherCopy();
    const events = Array.from({ length: 60 }, () => eventForTests());
    const batches = [events, events.slice(20), [...events].reverse(), events.slice(0, 40), events];
    const answers = await Promise.all(
      batches.flatMap((batch) => [
        sendFeedback(hub, rep, batch),
        copy.app
          .inject({
            method: 'POST',
            url: '/v1/feedback',
            headers: { authorization: `Bearer ${rep.tokens.accessToken}` },
            payload: { events: batch },
          })
          .then((answer) => answerOf('feedback.send', answer)),
      ]),
    );
    for (const [at, { acknowledged, refused }] of answers.entries()) {
      expect(acknowledged.sort()).toEqual(idsOf(batches[Math.floor(at / 2)] ?? []).sort());
      expect(refused).toEqual([]);
    }
    expect(await stored(id)).toEqual(idsOf(events));
  });

  it('is refused for good, with a reason, where it cannot be stored, and holds up nothing else', async () => {
    const { rep, id } = await hub.addWorkspace();
    const [good, better] = [eventForTests(), eventForTests({ customerText: 'a\u0000b \ud800' })];
    const large = eventForTests({ customerText: 'x'.repeat(FEEDBACK_EVENT_BYTES) });
    const cases: [event: unknown, reason: RegExp][] = [
      [{ ...good, feedback: { ...good.feedback, action: { kind: 'danced' } } }, /form.*action/],
      [large, /bytes; the hub takes 262144/],
      [eventForTests({ id: 'not-a-uuid' }), /form.*feedback\.id/],
      [eventForTests({ intent: 'a\u0000b' }), /form.*intent: control characters/],
      [eventForTests({ articleIds: ['x'.repeat(401)] }), /form.*articleIds/],
      [eventForTests({ promptVersions: { 'a\u001fb': 1 } }), /form.*promptVersions/],
      [eventForTests({ createdAt: '2026-02-30T00:00:00Z' }), /form.*createdAt/],
      [null, /form/],
      ['text', /form/],
    ];
    const batch = [good, ...cases.map(([event]) => event), better];
    const { acknowledged, refused } = await sendFeedback(hub, rep, batch);
    expect(acknowledged.sort()).toEqual(idsOf([good, better]).sort());
    expect(refused).toHaveLength(cases.length);
    for (const [at, [, reason]] of cases.entries())
      expect(refused[at]).toMatchObject({ index: at + 1, reason: expect.stringMatching(reason) as string });
    expect(refused[1]?.id).toBe(large.feedback.id);
    expect(refused.at(-1)?.id).toBeNull();
    expect(await stored(id)).toEqual(idsOf([good, better]));
    const inbox = answerOf('feedback.inbox', await hub.request(hub.lead, 'GET', '/v1/feedback'));
    expect(inbox.feedback).toEqual([]);
  });

  it('takes a year no database has, and a clock that runs ahead', async () => {
    const { rep, lead } = await hub.addWorkspace();
    const ancient = eventForTests({ createdAt: '0000-01-01T00:00:00Z' });
    const ahead = eventForTests({ createdAt: '9999-12-31T00:00:00Z' });
    await sendFeedback(hub, rep, [ancient, ahead]);
    const now = eventForTests({ createdAt: new Date().toISOString() });
    await sendFeedback(hub, rep, [now]);
    const { feedback } = answerOf('feedback.inbox', await hub.request(lead, 'GET', '/v1/feedback'));
    // What came later lies on top, and the device's word is kept as it was.
    expect(feedback.map(({ event }) => event)).toEqual([now, ahead, ancient]);
  });

  it('belongs to whoever sent it first; another team may have the same id', async () => {
    const { rep, id } = await hub.addWorkspace();
    const other = await hub.addWorkspace();
    const colleague = await hub.addMember(id, 'rep');
    const event = eventForTests();
    await sendFeedback(hub, rep, [event]);
    const changed = { ...event, context: { ...event.context, customerText: 'Where is it now?' } };
    expect(await sendFeedback(hub, colleague, [changed])).toEqual({
      hasLast: true,
      acknowledged: [],
      refused: [
        { id: event.feedback.id, index: 0, reason: expect.stringContaining('by another member') as string },
      ],
    });
    expect((await sendFeedback(hub, other.rep, [event])).acknowledged).toEqual([event.feedback.id]);
    expect([await stored(id), await stored(other.id)]).toEqual([[event.feedback.id], [event.feedback.id]]);
    const byHubKey = await hub.request(
      hub.hubKey,
      'POST',
      '/v1/feedback',
      { events: [event] },
      inWorkspace(id),
    );
    expect(errorOf(byHubKey)?.code).toBe('HUB_INVALID_REQUEST');
  });

  // Catches decisions of a person who joined anew that end as dead letters because the answer to their first try was lost.
  it('is acknowledged when it comes as it is stored from another member, whose it stays', async () => {
    const { rep, lead, id } = await hub.addWorkspace();
    const again = await hub.addMember(id, 'rep');
    const event = eventForTests({
      customerText: 'a\u0000b \ud800',
      promptVersions: { drafting: 3, critique: 1 },
    });
    await sendFeedback(hub, rep, [event]);
    const sameInAnotherOrder = {
      context: { ...event.context, promptVersions: { critique: 1, drafting: 3 } },
      ...{ feedback: event.feedback, sequence: event.sequence },
    };
    const fresh = eventForTests();
    expect(await sendFeedback(hub, again, [sameInAnotherOrder, fresh])).toEqual({
      hasLast: true,
      acknowledged: expect.toSatisfy((ids: string[]) => ids.length === 2) as string[],
      refused: [],
    });
    const { feedback } = answerOf('feedback.inbox', await hub.request(lead, 'GET', '/v1/feedback'));
    expect(feedback.map(({ event: { feedback: it }, memberId }) => [it.id, memberId])).toEqual([
      [fresh.feedback.id, again.id],
      [event.feedback.id, rep.id],
    ]);
  });

  it('is told to leads once it is stored, and not when nothing was new', async () => {
    const { rep, lead } = await hub.addWorkspace();
    const url = await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
    const stream = await followEvents(url, lead.tokens.accessToken);
    const events = [eventForTests(), eventForTests()];
    await sendFeedback(hub, rep, events);
    await expect.poll(() => stream.events).toEqual([{ name: 'feedback_received' }]);
    await sendFeedback(hub, rep, events);
    await sendFeedback(hub, rep, [eventForTests()]);
    await expect.poll(() => stream.events).toHaveLength(2);
    stream.stop();
  });

  it('is counted', async () => {
    const figures = async () => {
      const { body } = await hub.request(null, 'GET', '/metrics');
      return (['stored', 'repeated', 'refused'] as const).map((outcome) =>
        Number(new RegExp(`feedback_events_total\\{outcome="${outcome}"\\} (\\d+)`).exec(body)?.[1] ?? 0),
      );
    };
    const before = await figures();
    const event = eventForTests();
    await sendFeedback(hub, hub.rep, [event, event, eventForTests(), { id: randomUUID() }]);
    await sendFeedback(hub, hub.rep, [event]);
    expect((await figures()).map((count, at) => count - (before[at] ?? 0))).toEqual([2, 2, 1]);
  });
});
