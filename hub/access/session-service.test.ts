import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Tokens } from '../../shared/contracts/hub/access.js';
import { startTestHub, type TestHub, type TestMember } from '../hub-for-tests.js';

const START = Date.UTC(2026, 10, 27, 9);
const DAY = 24 * 3600;

describe('sessions', () => {
  let hub: TestHub;
  let rep: TestMember;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  beforeEach(async () => {
    at(0);
    rep = await hub.addMember(hub.id, 'rep');
  });
  afterAll(() => hub.close());

  const at = (seconds: number): void => void (hub.clock.now = new Date(START + 1000 * seconds));
  const refresh = async (tokens: Tokens): Promise<Tokens> => {
    const answer = await hub.request(null, 'POST', '/v1/token', { refreshToken: tokens.refreshToken });
    if (answer.statusCode !== 200) throw new Error(answer.json<{ error: { code: string } }>().error.code);
    return answer.json();
  };
  const use = async ({ accessToken }: Tokens): Promise<string> => {
    const answer = await hub.request(accessToken, 'GET', '/v1/me');
    return answer.statusCode === 200 ? 'ok' : answer.json<{ error: { code: string } }>().error.code;
  };

  it('gives tokens for a quarter of an hour, and new ones for the refresh token', async () => {
    expect(await use(rep.tokens)).toBe('ok');
    at(899);
    expect(await use(rep.tokens)).toBe('ok');
    at(900);
    expect(await use(rep.tokens)).toBe('HUB_TOKEN_EXPIRED');
    const next = await refresh(rep.tokens);
    expect(await use(next)).toBe('ok');
    expect(new Set([...Object.values(next), ...Object.values(rep.tokens)]).size).toBe(6);
  });

  it('ends the session when a refresh token comes again whose successor was used', async () => {
    const next = await refresh(rep.tokens);
    expect(await use(next)).toBe('ok');
    at(1);
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_SESSION_REUSED');
    expect(await use(next)).toBe('HUB_NOT_SIGNED_IN');
    await expect(refresh(next)).rejects.toThrow('HUB_SESSION_REUSED');
    const { entries } = (await hub.request(hub.hubKey, 'GET', '/v1/audit?limit=1')).json<{
      entries: { action: string; actor: string }[];
    }>();
    expect(entries[0]).toMatchObject({ action: 'session.reused', actor: rep.actor });
  });

  it('ends it likewise when the successor was only exchanged, never used', async () => {
    const next = await refresh(rep.tokens);
    await refresh(next);
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_SESSION_REUSED');
  });

  it('gives another pair to a device that lost the answer, and none to whoever has the lost one', async () => {
    const lost = await refresh(rep.tokens);
    at(29);
    const second = await refresh(rep.tokens);
    expect(await use(lost)).toBe('HUB_NOT_SIGNED_IN');
    expect(await use(second)).toBe('ok');
    await expect(refresh(lost)).rejects.toThrow('HUB_SESSION_REUSED');
    expect(await use(second)).toBe('HUB_NOT_SIGNED_IN');
  });

  it('does not draw the grace out', async () => {
    await refresh(rep.tokens);
    at(20);
    await refresh(rep.tokens);
    at(30);
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_SESSION_REUSED');
  });

  it('takes a token again at any time from whoever has the key of its exchange, while the successor was not used', async () => {
    const exchange = async (exchangeKey?: string): Promise<Tokens | string> => {
      const { refreshToken } = rep.tokens;
      const answer = await hub.request(null, 'POST', '/v1/token', { refreshToken, exchangeKey });
      if (answer.statusCode === 200) return answer.json<Tokens>();
      return answer.json<{ error: { code: string } }>().error.code;
    };
    const key = 'a'.repeat(43);
    await exchange(key);
    at(10 * DAY);
    const second = await exchange(key);
    const third = await exchange(key);
    const lost = typeof second === 'string' ? second : await use(second);
    const uses = [lost, typeof third === 'string' ? third : await use(third)];
    expect(uses).toEqual(['HUB_NOT_SIGNED_IN', 'ok']);
    at(20 * DAY);
    expect(await exchange(key)).toBe('HUB_SESSION_REUSED');
  });

  it('takes it from nobody with another key, or none, after 30 s', async () => {
    const { refreshToken } = rep.tokens;
    const ask = async (body: object): Promise<number> =>
      (await hub.request(null, 'POST', '/v1/token', { refreshToken, ...body })).statusCode;
    expect(await ask({ exchangeKey: 'a'.repeat(43) })).toBe(200);
    at(20);
    // Whoever comes within the grace does not put a key of their own in its place.
    expect(await ask({ exchangeKey: 'b'.repeat(43) })).toBe(200);
    at(40);
    expect(await ask({ exchangeKey: 'b'.repeat(43) })).toBe(401);
  });

  it('gives one of two exchanges at once a pair that stays', async () => {
    const pairs = await Promise.all([refresh(rep.tokens), refresh(rep.tokens), refresh(rep.tokens)]);
    const uses = await Promise.all(pairs.map(use));
    expect(uses.filter((answer) => answer === 'ok')).toHaveLength(1);
  });

  it('ends after 30 days without a sign of life', async () => {
    at(30 * DAY);
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_NOT_SIGNED_IN');
    at(365 * DAY);
    await hub.hub.access.sessions.dropExpired();
    expect(await use(rep.tokens)).toBe('HUB_TOKEN_EXPIRED');
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_NOT_SIGNED_IN');
  });

  // Catches a stolen laptop that is switched on after a month and is told only to join again.
  it.each([
    ['wiped', 'HUB_MEMBER_WIPED'],
    ['revoked', 'HUB_MEMBER_REVOKED'],
  ])('tells a device that was off for a year that its member was %s', async (state, code) => {
    const second = await hub.addMember(hub.id, 'rep');
    // The second device never had the answer to its exchange: it still holds the tokens before.
    await refresh(second.tokens);
    at(365 * DAY);
    await hub.hub.access.sessions.dropExpired();
    for (const { id } of [rep, second])
      await hub.request(hub.hubKey, 'POST', `/v1/members/${id}/revoke`, { wipe: state === 'wiped' });
    at(730 * DAY);
    await hub.hub.access.sessions.dropExpired();
    for (const { tokens } of [rep, second]) {
      expect(await use(tokens)).toBe(code);
      await expect(refresh(tokens)).rejects.toThrow(code);
    }
  });

  it('keeps one pair of a session once the others have expired', async () => {
    let tokens = rep.tokens;
    for (let round = 0; round < 5; round++) {
      tokens = await refresh(tokens);
      await use(tokens);
    }
    const lost = await refresh(tokens);
    tokens = await refresh(tokens);
    await use(tokens);
    at(365 * DAY);
    await hub.hub.access.sessions.dropExpired();
    expect(await use(tokens)).toBe('HUB_TOKEN_EXPIRED');
    for (const gone of [rep.tokens, lost]) expect(await use(gone)).toBe('HUB_NOT_SIGNED_IN');
    const { count } = (
      await hub.database.rows(
        z.object({ count: z.coerce.number() }),
        `SELECT count(*) FROM token_pair p JOIN session s ON s.workspace_id = p.workspace_id AND s.id = p.session_id
         WHERE s.member_id = $1`,
        [rep.id],
      )
    )[0] ?? { count: null };
    expect(count).toBe(1);
  });

  it('ends the session of the device that leaves, and no other', async () => {
    const other = await hub.addMember(hub.id, 'rep');
    expect((await hub.request(rep, 'POST', '/v1/leave')).statusCode).toBe(204);
    expect(await use(rep.tokens)).toBe('HUB_NOT_SIGNED_IN');
    await expect(refresh(rep.tokens)).rejects.toThrow('HUB_NOT_SIGNED_IN');
    expect(await use(other.tokens)).toBe('ok');
  });

  it('keeps no token that could be used from a copy of the database', async () => {
    const rows = JSON.stringify(await dump(hub));
    for (const token of Object.values(rep.tokens)) expect(rows).not.toContain(token);
  });

  it('takes an access token for a refresh token and the other way round for nothing', async () => {
    const { accessToken, accessExpiresAt, refreshToken } = rep.tokens;
    const swapped = { accessToken: refreshToken, refreshToken: accessToken, accessExpiresAt };
    expect(await use(swapped)).toBe('HUB_NOT_SIGNED_IN');
    await expect(refresh(swapped)).rejects.toThrow('HUB_NOT_SIGNED_IN');
  });
});

async function dump(hub: TestHub): Promise<unknown[]> {
  const row = z.record(z.string(), z.unknown());
  const pairs = await hub.database.rows(row, 'SELECT to_jsonb(token_pair) AS row FROM token_pair');
  const sessions = await hub.database.rows(row, 'SELECT to_jsonb(session) AS row FROM session');
  return [...pairs, ...sessions];
}
