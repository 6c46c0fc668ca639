import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Invite, Joined } from '../../shared/contracts/hub/access.js';
import type { Member } from '../../shared/domain/member.js';
import type { TeamKey } from '../../shared/domain/release.js';
import { inWorkspace, startTestHub, type TestCaller, type TestHub } from '../hub-for-tests.js';

describe.each(['pglite', 'postgres'] as const)('access on %s', (store) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ store });
  });
  afterAll(() => hub.close());

  const invite = async (
    by: TestCaller,
    role: string,
    more: object = {},
  ): Promise<{ invite: Invite; code: string }> => {
    const answer = await hub.request(by, 'POST', '/v1/invites', { role, name: 'Ada Lind', ...more });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const join = async (code: string) => hub.request(null, 'POST', '/v1/join', { code, deviceName: 'laptop' });
  const codeOf = (answer: { json(): unknown }): string =>
    z.object({ error: z.object({ code: z.string() }) }).parse(answer.json()).error.code;

  it('lets one person in by a code, however it is typed, and no second one', async () => {
    const { code } = await invite(hub.lead, 'rep');
    expect(code).toMatch(/^([ACDEFGHJKMNPQRTWXY34679]{4}-){2}[ACDEFGHJKMNPQRTWXY34679]{4}$/);
    const answers = await Promise.all([
      join(code),
      join(code.toLowerCase().replaceAll('-', ' ')),
      join(code),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401]);
    const joined = answers.find(({ statusCode }) => statusCode === 200)?.json<Joined>();
    expect(joined?.member).toMatchObject({ name: 'Ada Lind', role: 'rep', state: 'active' });
    expect(joined?.workspace.id).toBe(hub.id);
    const me = await hub.request(joined?.tokens.accessToken ?? '', 'GET', '/v1/me');
    expect(me.json()).toMatchObject({ member: { id: joined?.member.id }, workspace: { id: hub.id } });
    const { invites } = (await hub.request(hub.lead, 'GET', '/v1/invites')).json<{ invites: Invite[] }>();
    expect(invites).toEqual([]);
  });

  it('lets nobody in by a code that expired or was cancelled, and does not say which', async () => {
    const expired = await invite(hub.operator, 'lead', { expiresInHours: 1 });
    const cancelled = await invite(hub.operator, 'lead');
    const answer = await hub.request(hub.operator, 'DELETE', `/v1/invites/${cancelled.invite.id}`);
    expect(answer.statusCode).toBe(204);
    hub.clock.now = new Date(Date.now() + 61 * 60_000);
    const answers = [await join(expired.code), await join(cancelled.code), await join('AAAA-AAAA-AAAA')];
    hub.clock.now = null;
    expect(answers.map(codeOf)).toEqual(Array(3).fill('HUB_INVITE_INVALID'));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  it('lets a lead invite reps only, and cancel only those', async () => {
    for (const role of ['lead', 'operator']) {
      const answer = await hub.request(hub.lead, 'POST', '/v1/invites', { role, name: 'x' });
      expect(codeOf(answer)).toBe('HUB_NOT_ALLOWED');
    }
    const forLead = await invite(hub.operator, 'lead');
    const refused = await hub.request(hub.lead, 'DELETE', `/v1/invites/${forLead.invite.id}`);
    expect(codeOf(refused)).toBe('HUB_NOT_ALLOWED');
    const forRep = await invite(hub.operator, 'rep');
    const done = await hub.request(hub.lead, 'DELETE', `/v1/invites/${forRep.invite.id}`);
    expect(done.statusCode).toBe(204);
  });

  it('has a new role in effect at the next request', async () => {
    const { id, operator, rep } = await hub.addWorkspace();
    expect((await hub.request(rep, 'GET', '/v1/members')).statusCode).toBe(403);
    const changed = await hub.request(operator, 'PATCH', `/v1/members/${rep.id}`, { role: 'lead' });
    expect(changed.json<Member>().role).toBe('lead');
    const { members } = (await hub.request(rep, 'GET', '/v1/members')).json<{ members: Member[] }>();
    expect(members).toHaveLength(3);
    const { entries } = (await hub.request(hub.hubKey, 'GET', '/v1/audit', undefined, inWorkspace(id))).json<{
      entries: { action: string; actor: string; detail: object }[];
    }>();
    expect(entries[0]).toMatchObject({
      action: 'member.role_changed',
      actor: operator.actor,
      detail: { memberId: rep.id, from: 'rep', to: 'lead' },
    });
  });

  it('keeps the last operator, whom only the hub key may take away', async () => {
    const { id, operator } = await hub.addWorkspace();
    const demoted = await hub.request(operator, 'PATCH', `/v1/members/${operator.id}`, { role: 'rep' });
    expect(demoted.statusCode).toBe(409);
    const second = await hub.addMember(id, 'operator');
    const both = await Promise.all([
      hub.request(operator, 'POST', `/v1/members/${second.id}/revoke`, { wipe: false }),
      hub.request(second, 'POST', `/v1/members/${operator.id}/revoke`, { wipe: false }),
    ]);
    expect(both.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const left = operator;
    const byKey = await hub.request(
      hub.hubKey,
      'POST',
      `/v1/members/${left.id}/revoke`,
      { wipe: false },
      inWorkspace(id),
    );
    expect(byKey.statusCode).toBe(200);
  });

  it.each([
    [false, 'HUB_MEMBER_REVOKED'],
    [true, 'HUB_MEMBER_WIPED'],
  ])('puts a member out at its next request (wipe: %s)', async (wipe, code) => {
    const { operator, rep } = await hub.addWorkspace();
    const revoked = await hub.request(operator, 'POST', `/v1/members/${rep.id}/revoke`, { wipe });
    expect(revoked.json<Member>().state).toBe(wipe ? 'wiped' : 'revoked');
    expect(codeOf(await hub.request(rep, 'GET', '/v1/me'))).toBe(code);
    const { refreshToken } = rep.tokens;
    expect(codeOf(await hub.request(null, 'POST', '/v1/token', { refreshToken }))).toBe(code);
    hub.clock.now = new Date(Date.now() + 3 * 3600_000);
    expect(codeOf(await hub.request(rep, 'GET', '/v1/me'))).toBe(code);
    hub.clock.now = null;
  });

  it('rotates the team key by one the old key endorses, and signs with the new one', async () => {
    const { id, operator, rep } = await hub.addWorkspace();
    const rotations = await Promise.all(
      [1, 2].map(() => hub.request(operator, 'POST', '/v1/team-keys/rotate')),
    );
    expect(rotations.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const { teamKeys } = (await hub.request(rep, 'GET', '/v1/team-keys')).json<{ teamKeys: TeamKey[] }>();
    expect(teamKeys).toHaveLength(3);
    expect(teamKeys[0]?.endorsement).toBeNull();
    for (const [at, key] of teamKeys.slice(1).entries()) {
      const before = teamKeys[at];
      expect(key.endorsedBy).toBe(before?.keyId);
      expect(isSignedBy(before, `cuecard-team-key-1\n${id}\n${key.publicKey}`, key.endorsement)).toBe(true);
      expect(isSignedBy(key, `cuecard-team-key-1\n${id}\n${key.publicKey}`, key.endorsement)).toBe(false);
    }
    const signed = await hub.database.transaction((queries) =>
      hub.hub.services.signRelease(queries, id, '{"a":"ä"}'),
    );
    expect(signed.keyId).toBe(teamKeys[2]?.keyId);
    expect(isSignedBy(teamKeys[2], '{"a":"ä"}', signed.signature)).toBe(true);
    expect(isSignedBy(teamKeys[2], '{"a":"a"}', signed.signature)).toBe(false);
  });

  it('asks for the workspace where the hub key alone does not say which', async () => {
    await hub.addWorkspace();
    expect(codeOf(await hub.request(hub.hubKey, 'GET', '/v1/members'))).toBe('HUB_WORKSPACE_UNNAMED');
    const unknown = inWorkspace('00000000-0000-4000-8000-000000000000');
    expect((await hub.request(hub.hubKey, 'GET', '/v1/members', undefined, unknown)).statusCode).toBe(404);
    expect(
      (await hub.request(hub.hubKey, 'GET', '/v1/me', undefined, inWorkspace(hub.id))).json(),
    ).toMatchObject({
      member: null,
      workspace: { id: hub.id },
    });
  });

  it('makes a workspace whose operator joins by the code that comes with it', async () => {
    const made = await hub.request(hub.hubKey, 'POST', '/v1/workspaces', { name: 'Second team' });
    const { workspace, code } = made.json<{ workspace: { id: string }; code: string }>();
    const joined = (await join(code)).json<Joined>();
    expect(joined).toMatchObject({
      workspace: { id: workspace.id, name: 'Second team' },
      member: { role: 'operator' },
    });
    expect(joined.teamKeys).toHaveLength(1);
    const denied = await hub.request(joined.tokens.accessToken, 'GET', '/v1/workspaces');
    expect(codeOf(denied)).toBe('HUB_NOT_ALLOWED');
  });
});

/** With Node's own functions, apart from the code that signs. */
function isSignedBy(key: TeamKey | undefined, text: string, signature: string | null): boolean {
  if (!key || signature === null) return false;
  const x = Buffer.from(key.publicKey, 'base64').toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}
