import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TeamKey } from '../../shared/domain/release.js';
import { verifyManifest } from '../../release/manifest.js';
import { applyDelta, rootOf, type Difference } from '../../release/listing.js';
import { startTestHub, type TestHub, type TestWorkspace } from '../hub-for-tests.js';
import {
  answerOf,
  assignedOf,
  errorOf,
  signedOf,
  articleForTests,
  intentForTests,
  itemForTests,
  manifestOf,
  publication,
  publish,
} from './publish-for-tests.js';

describe.each(['postgres', 'pglite'] as const)('releases on %s', (store) => {
  let hub: TestHub;
  let team: TestWorkspace;
  beforeAll(async () => {
    hub = await startTestHub({ store });
    team = await hub.addWorkspace();
  });
  afterAll(() => hub.close());

  const delta = async (number: number, from?: number): Promise<Difference> => {
    const query = from === undefined ? '' : `?from=${String(from)}`;
    const answer = await hub.request(team.lead, 'GET', `/v1/releases/${String(number)}${query}`);
    return answer.json<{ delta: Difference }>().delta;
  };

  it('are numbered, signed with the team key, and lead from one to the other by their difference', async () => {
    const first = await publish(hub, team.lead, {
      from: null,
      put: [
        articleForTests('a', 'One'),
        articleForTests('b', 'Two'),
        itemForTests('intent/refund', intentForTests('refund')),
      ],
      notes: 'The beginning',
    });
    expect(first.statusCode).toBe(200);
    const second = await publish(hub, team.lead, {
      from: 1,
      put: [articleForTests('b', 'Two, changed'), articleForTests('c', 'Three')],
      remove: ['article/a'],
    });
    const { teamKeys } = (await hub.request(team.rep, 'GET', '/v1/team-keys')).json<{
      teamKeys: TeamKey[];
    }>();
    const trust = { workspaceId: team.id, keys: teamKeys };
    expect(verifyManifest(signedOf(first), trust)).toMatchObject({
      number: 1,
      articles: 2,
      notes: 'The beginning',
      createdBy: 'Test lead',
    });
    const manifest = verifyManifest(signedOf(second), trust);
    expect(manifest).toMatchObject({ number: 2, articles: 2, segments: 3, restores: null });
    const whole = applyDelta([], await delta(2));
    expect(rootOf(whole)).toBe(manifest.root);
    expect(applyDelta(applyDelta([], await delta(1)), await delta(2, 1))).toEqual(whole);
    expect(applyDelta(whole, await delta(1, 2))).toEqual(applyDelta([], await delta(1)));
  });

  it('are shown to a lead in words', async () => {
    const answer = await hub.request(team.lead, 'GET', '/v1/releases/2/diff?from=1');
    expect(answerOf('releases.diff', answer).changes).toMatchObject([
      { key: 'article/a', change: 'removed', title: 'Title of a' },
      { key: 'article/b', change: 'changed', diff: expect.stringContaining('-Two\n+Two, changed') as string },
      { key: 'article/c', change: 'added', diff: expect.stringContaining('+Three') as string },
    ]);
    const listed = await hub.request(team.lead, 'GET', '/v1/releases?limit=1');
    expect(answerOf('releases.list', listed).releases).toMatchObject([{ number: 2 }]);
  });

  it('are not made of what is not there, of what nobody changed, or on top of what somebody else published', async () => {
    const codeOf = async (body: object) =>
      errorOf(await hub.request(team.lead, 'POST', '/v1/releases', body))?.code;
    expect(await codeOf(publication({ from: 2, put: [articleForTests('x', 'never sent')] }))).toBe(
      'HUB_SEGMENT_MISSING',
    );
    expect(await codeOf(publication({ from: 1, put: [articleForTests('c', 'Three')] }))).toBe('HUB_CONFLICT');
    expect(await codeOf(publication({ from: 2, put: [articleForTests('c', 'Three')] }))).toBe(
      'RELEASE_NOTHING_TO_PUBLISH',
    );
    expect(await codeOf(publication({ from: 2, remove: ['article/nobody'] }))).toBe('HUB_INVALID_REQUEST');
    const wrongSize = publication({ from: 2, put: [articleForTests('d', 'Three')] });
    expect(
      (await publish(hub, team.lead, { from: 2, put: [articleForTests('d', 'Four')], assign: false }))
        .statusCode,
    ).toBe(200);
    wrongSize.delta = {
      from: 3,
      removed: [],
      changed: [
        {
          key: 'article/e',
          hash: publication({ from: 3, put: [articleForTests('d', 'Four')] }).delta.changed[0]?.hash ?? '',
          bytes: 5,
        },
      ],
    };
    expect(await codeOf(wrongSize)).toBe('HUB_INVALID_REQUEST');
  });

  it('are made once, however often a publication is sent, and one by one when two leads publish at once', async () => {
    const idempotencyKey = randomUUID();
    const change = { from: 3, put: [articleForTests('once', 'Once')], idempotencyKey };
    const first = await publish(hub, team.lead, change);
    const again = await publish(hub, team.lead, change);
    expect(again.json()).toEqual(first.json());
    const both = await Promise.all([
      publish(hub, team.lead, { from: 4, put: [articleForTests('left', 'Left')] }),
      publish(hub, team.operator, { from: 4, put: [articleForTests('right', 'Right')] }),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it('are brought back in one step, as a new release that says so', async () => {
    const answer = await hub.request(team.lead, 'POST', '/v1/releases/1/restore', {
      idempotencyKey: randomUUID(),
      notes: 'Back to the beginning',
    });
    const manifest = manifestOf(signedOf(answer));
    expect(manifest).toMatchObject({ number: 6, restores: 1, articles: 2 });
    expect(applyDelta([], await delta(6))).toEqual(applyDelta([], await delta(1)));
    const check = await hub.request(team.rep, 'POST', '/v1/sync', {
      release: null,
      root: null,
      appVersion: '0',
    });
    expect(manifestOf(assignedOf(check)).number).toBe(6);
  });

  it('of one workspace are nothing to another: neither content nor numbers', async () => {
    const other = await hub.addWorkspace();
    expect((await hub.request(other.lead, 'GET', '/v1/releases/1')).statusCode).toBe(404);
    expect((await hub.request(other.lead, 'GET', '/v1/releases')).json()).toEqual({ releases: [] });
    const body = publication({ from: null, put: [articleForTests('a', 'One')] });
    expect(errorOf(await hub.request(other.lead, 'POST', '/v1/releases', body))?.code).toBe(
      'HUB_SEGMENT_MISSING',
    );
    const hashes = body.delta.changed.map(({ hash }) => hash);
    const fetched = await hub.request(other.rep, 'POST', '/v1/segments/fetch', { hashes });
    expect(fetched.rawPayload).toHaveLength(36);
  });
});
