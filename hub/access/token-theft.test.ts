import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Tokens } from '../../shared/contracts/hub/access.js';
import { startTestHub, type TestHub } from '../hub-for-tests.js';

const START = Date.UTC(2026, 10, 27, 9);

/** Anybody does anything with any pair of tokens that was ever given out: a device, a thief, a network that repeats. */
const step = fc.oneof(
  fc.record({ what: fc.constantFrom('use' as const, 'refresh' as const), pair: fc.nat({ max: 30 }) }),
  fc.record({ what: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
);

describe('copied tokens', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ limits: { publicPerMinute: 1_000_000, memberPerMinute: 1_000_000 } });
  });
  afterAll(() => hub.close());

  const use = async ({ accessToken }: Tokens): Promise<boolean> =>
    (await hub.request(accessToken, 'GET', '/v1/me')).statusCode === 200;
  const refresh = async ({ refreshToken }: Tokens): Promise<Tokens | null> => {
    const answer = await hub.request(null, 'POST', '/v1/token', { refreshToken });
    return answer.statusCode === 200 ? answer.json<Tokens>() : null;
  };
  /** Pairs whose refresh token could be exchanged without being noticed. */
  const exchangeable = async (memberId: string): Promise<number> => {
    const [row] = await hub.database.rows(
      z.object({ count: z.int() }),
      `SELECT count(*)::int AS count FROM token_pair p
       JOIN session s ON s.workspace_id = p.workspace_id AND s.id = p.session_id
       WHERE s.member_id = $1 AND s.ended_at IS NULL AND p.ended_at IS NULL AND p.replaced_at IS NULL`,
      [memberId],
    );
    return row?.count ?? -1;
  };

  it('are never worth two sessions, and nothing once the session has ended', async () => {
    let ended = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
        let now = START;
        hub.clock.now = new Date(now);
        const member = await hub.addMember(hub.id, 'rep');
        const pairs = [member.tokens];
        for (const made of steps) {
          if (made.what === 'wait') hub.clock.now = new Date((now += made.seconds * 1000));
          else {
            const chosen = pairs[made.pair % pairs.length] ?? member.tokens;
            if (made.what === 'use') await use(chosen);
            else {
              const next = await refresh(chosen);
              if (next) pairs.push(next);
            }
          }
          const count = await exchangeable(member.id);
          if (count === 0) {
            ended++;
            for (const pair of pairs) expect([await use(pair), await refresh(pair)]).toEqual([false, null]);
            break;
          }
          expect(count).toBe(1);
        }
      }),
      { numRuns: 200, seed: 27 },
    );
    expect(ended).toBeGreaterThan(20);
  });

  it('put device and thief out as soon as both exchanged theirs and came back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), fc.boolean(), async (seconds, isFirstUsed) => {
        hub.clock.now = new Date(START);
        const { tokens } = await hub.addMember(hub.id, 'rep');
        const first = await refresh(tokens);
        if (!first) throw new Error('The first exchange was refused.');
        if (isFirstUsed) await use(first);
        hub.clock.now = new Date(START + seconds * 1000);
        const second = await refresh(tokens);
        if (second) await use(second);
        await refresh(first);
        expect([await use(first), await use(second ?? tokens)]).toEqual([false, false]);
      }),
      { numRuns: 50, seed: 27 },
    );
  });
});
