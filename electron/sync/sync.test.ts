import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { foundArticles } from '../knowledge/workspace-for-tests.js';
import type { Membership } from './membership.js';
import {
  startListeningHub,
  startSyncDevice,
  until,
  type ListeningHub,
  type SyncDevice,
} from './sync-device-for-tests.js';

let hub: ListeningHub;
let device: SyncDevice;
beforeAll(async () => {
  hub = await startListeningHub();
});
afterAll(() => hub.close());
beforeEach(async () => {
  device = await startSyncDevice(hub);
});
afterEach(() => device.close());

const status = () => device.service.status();

describe('A device of the team', () => {
  it('gets the release, then each change within moments of its publication, because the hub tells', async () => {
    await device.publish();
    device.service.start();
    await until(async () => (await device.number()) === 1);
    expect((await foundArticles(device.knowledge, 'bank check PAY-311'))[0]).toBe('three-d-secure');
    await device.changeArticles();
    await device.publish();
    await until(async () => (await device.number()) === 2);
    expect((await foundArticles(device.knowledge, 'how long do lanterns burn'))[0]).toBe('lanterns');
    await until(() => status().activity.kind === 'idle');
    expect(status().release).toMatchObject({ number: 2, articlesChanged: 2, notes: 'news' });
  });

  it('goes on with what it has while the hub is away, says since when, and catches up', async () => {
    await device.publish();
    await device.service.retryNow();
    await device.proxy.harm({ kind: 'portal' });
    await device.service.retryNow();
    expect(status()).toMatchObject({
      release: { number: 1 },
      activity: { kind: 'offline', error: { code: 'HUB_NOT_A_HUB' } },
    });
    const { activity } = status();
    await device.service.retryNow();
    expect(status().activity).toMatchObject({
      since: activity.kind === 'offline' ? activity.since : '',
    });
    expect(await foundArticles(device.knowledge, 'bank check PAY-311')).toContain('three-d-secure');
    await device.changeArticles();
    await device.publish();
    await device.proxy.harm({ kind: 'none' });
    await device.service.retryNow();
    expect(status()).toMatchObject({ release: { number: 2 }, activity: { kind: 'idle' } });
  });

  it('refuses a release that is not signed with the key whose words were compared', async () => {
    const stranger = await hub.addWorkspace();
    const keys = (await hub.request(stranger.rep, 'GET', '/v1/team-keys')).json<{
      teamKeys: Membership['keys'];
    }>();
    const [key] = keys.teamKeys;
    if (!key) throw new Error('no key');
    device.membershipFile.write({
      ...device.membership,
      pinnedKey: key,
      keys: [key],
    });
    await device.publish();
    await device.service.retryNow();
    expect(status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_SIGNATURE_INVALID' },
    });
    expect(await device.number()).toBe(0);
  });

  it('follows the team to a new key that the old one endorsed', async () => {
    await device.publish();
    await device.service.retryNow();
    expect((await hub.request(device.team.operator, 'POST', '/v1/team-keys/rotate')).statusCode).toBe(200);
    await device.changeArticles();
    await device.publish();
    await device.service.retryNow();
    expect(await device.number()).toBe(2);
    expect(device.membershipFile.read()?.keys).toHaveLength(2);
  });

  it('refuses a hub that has lost releases, as one restored from a backup has, and says so', async () => {
    await device.publish();
    await device.changeArticles();
    await device.publish();
    await device.service.retryNow();
    await hub.database.run('DELETE FROM release WHERE workspace_id = $1 AND number = 2', [device.team.id]);
    await hub.database.run('DELETE FROM listing_entry WHERE workspace_id = $1 AND valid_from = 2', [
      device.team.id,
    ]);
    await hub.database.run('UPDATE listing_entry SET valid_to = NULL WHERE workspace_id = $1', [
      device.team.id,
    ]);
    const rollout = JSON.stringify({ kind: 'all', release: 1 });
    await hub.database.run('UPDATE rollout SET rollout = $2 WHERE workspace_id = $1', [
      device.team.id,
      rollout,
    ]);
    await device.service.retryNow();
    expect(status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_GOES_BACK' },
    });
    expect(await device.number()).toBe(2);
  });

  it('takes a canary back where the hub assigns the release before', async () => {
    await device.publish();
    await device.changeArticles();
    await device.publish();
    await device.service.retryNow();
    const { revision } = (await hub.request(device.team.lead, 'GET', '/v1/rollout')).json<{
      revision: number;
    }>();
    const change = { expectedRevision: revision, rollout: { kind: 'all', release: 1 } };
    expect((await hub.request(device.team.lead, 'PUT', '/v1/rollout', change)).statusCode).toBe(200);
    await device.service.retryNow();
    expect(await device.number()).toBe(1);
    expect(await foundArticles(device.knowledge, 'bank check PAY-311')).toContain('three-d-secure');
  });

  it('fetches nothing where the disk has no room, and says how much is needed', async () => {
    await device.publish();
    device.kept.freeBytes = 1000;
    await device.service.retryNow();
    expect(status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_NO_SPACE', detail: expect.stringMatching(/MB needed, 1 MB free/) as string },
    });
  });

  it('is told when its member was revoked, and keeps asking nothing', async () => {
    await device.publish();
    await device.service.retryNow();
    const revoked = await hub.request(
      device.team.operator,
      'POST',
      `/v1/members/${device.membership.member.id}/revoke`,
      {
        wipe: true,
      },
    );
    expect(revoked.statusCode).toBe(200);
    await device.service.retryNow();
    expect(status().activity).toMatchObject({ kind: 'refused', error: { code: 'HUB_MEMBER_WIPED' } });
  });

  it('exchanges an expired token once for all who wait, and goes on', async () => {
    await device.publish();
    hub.clock.now = new Date(Date.now() + 3_600_000);
    const before = device.kept.tokens;
    await Promise.all([device.service.retryNow(), device.service.retryNow()]);
    hub.clock.now = null;
    expect(status()).toMatchObject({ release: { number: 1 } });
    expect(device.kept.tokens?.accessToken).not.toBe(before?.accessToken);
  });
});
