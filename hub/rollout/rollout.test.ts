import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Rollout } from '../../shared/domain/rollout.js';
import { startTestHub, type TestCaller, type TestHub } from '../hub-for-tests.js';
import {
  answerOf,
  articleForTests,
  assignedOf,
  errorOf,
  manifestOf,
  publish,
} from '../releases/publish-for-tests.js';
import { assignedTo } from './assignment.js';

const canary = (percent: number, more: Partial<Extract<Rollout, { kind: 'canary' }>> = {}): Rollout => ({
  ...{ kind: 'canary', stable: 1, canary: 2, percent, pilots: [], isPaused: false },
  ...more,
});

describe('a canary', () => {
  it('is never taken from a member while its percentage grows', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(100), fc.nat(100), (member, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        if (assignedTo(canary(less), member, false) === 2)
          expect(assignedTo(canary(more), member, false)).toBe(2);
      }),
    );
  });

  it('reaches about as many as it says, nobody at 0 and all at 100', () => {
    const members = Array.from({ length: 4000 }, () => randomUUID());
    const share = (percent: number) =>
      members.filter((member) => assignedTo(canary(percent), member, false) === 2).length / members.length;
    expect([share(0), share(100)]).toEqual([0, 1]);
    expect(Math.abs(share(25) - 0.25)).toBeLessThan(0.04);
  });

  it('sorts members anew for another release, so that it is not always the same who try', () => {
    const members = Array.from({ length: 2000 }, () => randomUUID());
    const both = members.filter(
      (member) =>
        assignedTo(canary(20), member, false) === 2 &&
        assignedTo(canary(20, { canary: 3 }), member, false) === 3,
    );
    expect(both.length / members.length).toBeLessThan(0.08);
  });

  it('is given to pilots whatever it says', () => {
    const member = randomUUID();
    expect(assignedTo(canary(0, { pilots: [member], isPaused: true }), member, false)).toBe(2);
  });
});

describe('a rollout', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
    await publish(hub, hub.lead, { from: null, put: [articleForTests('a', 'One')] });
    await publish(hub, hub.lead, { from: 1, put: [articleForTests('a', 'Two')], assign: false });
  });
  afterAll(() => hub.close());
  const assigned = async (caller: TestCaller): Promise<number> => {
    const answer = await hub.request(caller, 'POST', '/v1/sync', {
      release: null,
      root: null,
      appVersion: '0',
    });
    return manifestOf(assignedOf(answer)).number;
  };
  const state = async () =>
    (await hub.request(hub.lead, 'GET', '/v1/rollout')).json<{ revision: number; rollout: Rollout }>();
  const change = async (rollout: Rollout) =>
    hub.request(hub.lead, 'PUT', '/v1/rollout', { expectedRevision: (await state()).revision, rollout });

  it('leaves everybody where they are until a lead says otherwise, and is promoted', async () => {
    expect(await assigned(hub.rep)).toBe(1);
    expect((await change(canary(0, { pilots: [hub.rep.id] }))).statusCode).toBe(200);
    expect([await assigned(hub.rep), await assigned(hub.lead)]).toEqual([2, 1]);
    await change({ kind: 'all', release: 2 });
    expect([await assigned(hub.rep), await assigned(hub.lead)]).toEqual([2, 2]);
  });

  it('that is paused reaches nobody new and stays with those who have it', async () => {
    await change(canary(100));
    expect(await assigned(hub.rep)).toBe(2);
    await change(canary(100, { isPaused: true }));
    expect([await assigned(hub.rep), await assigned(hub.operator)]).toEqual([2, 1]);
    await change(canary(0));
    expect(await assigned(hub.rep)).toBe(1);
  });

  it('is not ended by a publication that did not mean to', async () => {
    const refused = await publish(hub, hub.lead, { from: 2, put: [articleForTests('a', 'Three')] });
    expect(errorOf(refused)).toMatchObject({
      code: 'HUB_CONFLICT',
      detail: expect.stringContaining('canary runs') as string,
    });
    const beside = await publish(hub, hub.lead, {
      from: 2,
      put: [articleForTests('a', 'Three')],
      assign: false,
    });
    expect(beside.statusCode).toBe(200);
    expect((await state()).rollout).toMatchObject({ kind: 'canary', canary: 2 });
  });

  it('is not changed over the head of another lead, nor to a release there is not', async () => {
    const { revision } = await state();
    const stale = { expectedRevision: revision - 1, rollout: { kind: 'all', release: 1 } };
    expect((await hub.request(hub.lead, 'PUT', '/v1/rollout', stale)).statusCode).toBe(409);
    expect((await change({ kind: 'all', release: 99 })).statusCode).toBe(404);
    expect((await hub.request(hub.rep, 'PUT', '/v1/rollout', stale)).statusCode).toBe(403);
  });

  it('sends a device what it lacks: nothing, a difference, or all where the hub knows another release by that number', async () => {
    await change({ kind: 'all', release: 3 });
    const ask = async (release: number | null, root: string | null) =>
      answerOf(
        'sync.check',
        await hub.request(hub.rep, 'POST', '/v1/sync', { release, root, appVersion: '0' }),
      );
    const roots = (await hub.request(hub.lead, 'GET', '/v1/releases')).json<{
      releases: { number: number; root: string }[];
    }>().releases;
    const rootOf = (of: number) => roots.find(({ number }) => number === of)?.root ?? '';
    expect((await ask(3, rootOf(3))).assigned?.delta).toBeNull();
    expect((await ask(1, rootOf(1))).assigned?.delta).toMatchObject({
      from: 1,
      changed: [{ key: 'article/a' }],
      removed: [],
    });
    expect((await ask(1, rootOf(2))).assigned?.delta).toMatchObject({ from: null });
    expect(await ask(77, 'unknown')).toMatchObject({ newest: 3, assigned: { delta: { from: null } } });
  });
});
