import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { HubEvent } from '../../shared/contracts/hub/events.js';
import { startTestHub, type TestHub, type TestMember, type TestWorkspace } from '../hub-for-tests.js';
import { followEvents } from './follow-events-for-tests.js';

/** Long enough for an event that is not to come, short enough to wait for. */
const QUIET_MS = 300;

describe.each(['pglite', 'postgres'] as const)('event streams on %s', (store) => {
  let hub: TestHub;
  let url: string;
  let otherUrl: string;
  beforeAll(async () => {
    hub = await startTestHub({ store });
    url = await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
    otherUrl = await (await hub.anotherCopy()).app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => hub.close());
  const announce = async (workspaceId: string, event: HubEvent): Promise<void> =>
    hub.database.transaction((queries) => hub.hub.services.announce(queries, workspaceId, event));
  const follow = (member: TestMember, at = url) => followEvents(at, member.tokens.accessToken);

  it('tells clients of every copy what one copy announces', async () => {
    const [here, there] = await Promise.all([follow(hub.rep), follow(hub.lead, otherUrl)]);
    expect([here.status, there.status]).toEqual([200, 200]);
    expect(there.headers.get('content-type')).toBe('text/event-stream');
    expect(there.headers.get('cuecard-hub')).toBe('1');
    await announce(hub.id, { name: 'assignment_changed' });
    for (const { events } of [here, there])
      await expect.poll(() => events).toEqual([{ name: 'assignment_changed' }]);
    here.stop();
    there.stop();
  });

  it('tells each device what concerns it, and nobody of another team', async () => {
    const other: TestWorkspace = await hub.addWorkspace();
    const colleague = await hub.addMember(hub.id, 'rep');
    const [rep, second, lead, stranger] = await Promise.all([
      follow(hub.rep),
      follow(colleague),
      follow(hub.lead),
      follow(other.operator),
    ]);
    await announce(hub.id, { name: 'draft_changed' });
    await announce(hub.id, { name: 'feedback_received' });
    await announce(hub.id, { name: 'feedback_resolved', memberId: hub.rep.id });
    await announce(hub.id, { name: 'assignment_changed' });
    await expect
      .poll(() => rep.events.map(({ name }) => name))
      .toEqual(['feedback_resolved', 'assignment_changed']);
    await expect.poll(() => second.events.map(({ name }) => name)).toEqual(['assignment_changed']);
    await expect
      .poll(() => lead.events.map(({ name }) => name))
      .toEqual(['draft_changed', 'feedback_received', 'assignment_changed']);
    await sleep(QUIET_MS);
    expect(stranger.events).toEqual([]);
    for (const stream of [rep, second, lead, stranger]) stream.stop();
  });

  it('says nothing of what was rolled back', async () => {
    const rep = await follow(hub.rep);
    const failing = hub.database.transaction(async (queries) => {
      await hub.hub.services.announce(queries, hub.id, { name: 'assignment_changed' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await sleep(QUIET_MS);
    expect(rep.events).toEqual([]);
    rep.stop();
  });

  it('ends the streams of a member who is revoked, on every copy, and lets it open none', async () => {
    const { rep, operator, lead } = await hub.addWorkspace();
    const streams = await Promise.all([follow(rep), follow(rep, otherUrl)]);
    const leads = await follow(lead);
    await hub.request(operator, 'POST', `/v1/members/${rep.id}/revoke`, { wipe: true });
    await Promise.all(streams.map(({ ended }) => ended));
    for (const { events } of streams) expect(events).toEqual([{ name: 'member_changed', memberId: rep.id }]);
    const again = await follow(rep);
    expect(again.status).toBe(401);
    expect(leads.events).toEqual([]);
    leads.stop();
  });

  it('keeps only so many streams of one member', async () => {
    const member = await hub.addMember(hub.id, 'rep');
    const first = await follow(member);
    const rest = [];
    for (let at = 0; at < 10; at++) rest.push(await follow(member));
    await first.ended;
    await announce(hub.id, { name: 'assignment_changed' });
    for (const { events } of rest) await expect.poll(() => events).toHaveLength(1);
    for (const stream of rest) stream.stop();
    await expect.poll(openStreams).toBe(0);
  });

  it('forgets a stream whose client went away', async () => {
    const rep = await follow(hub.rep);
    await expect.poll(openStreams).toBe(1);
    rep.stop();
    await expect.poll(openStreams).toBe(0);
  });
  const openStreams = (): number => hub.hub.streams.count;
});

describe('event streams at the end of a hub', () => {
  it('end when it shuts down, and do not hold it up', async () => {
    const hub = await startTestHub();
    const url = await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
    const stream = await followEvents(url, hub.rep.tokens.accessToken);
    const startedAt = performance.now();
    await hub.hub.close();
    await stream.ended;
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await hub.close();
  });
});
