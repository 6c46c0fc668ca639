import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { createHubClient, type HubClient } from './hub-client.js';
import { createSession, type KeptTokens, type Session } from './session.js';

let hub: TestHub;
let url: string;
beforeAll(async () => {
  const limits = { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 };
  hub = await startTestHub({ limits });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
});
afterAll(() => hub.close());

/** What a disk would hold. */
let stored: KeptTokens | null;
let isDiskFull: boolean;
/** How many answers of an exchange get lost on the way, after the hub made it. */
let answersLost: number;
/** What an answer waits for on its way. */
let answerLate: Promise<void> | null;
let exchanges: number;
let memberId: string;
beforeEach(async () => {
  const member = await hub.addMember(hub.id, 'rep');
  memberId = member.id;
  stored = member.tokens;
  isDiskFull = false;
  answersLost = 0;
  answerLate = null;
  exchanges = 0;
});
afterEach(() => (hub.clock.now = null));

const later = (ms: number): void => {
  hub.clock.now = new Date((hub.clock.now ?? new Date()).getTime() + ms);
};
const HOUR = 3600_000;

const lossy = (): Pick<HubClient, 'request'> => {
  const open = createHubClient({ baseUrl: url, tokens: null });
  return {
    async request(name, call, signal) {
      exchanges += 1;
      const answer = await open.request(name, call, signal);
      await answerLate;
      if (answersLost > 0) {
        answersLost -= 1;
        throw new AppErrorException('HUB_UNREACHABLE', 'the connection was cut');
      }
      return answer;
    },
  };
};
/** A device as it starts: all it knows is what is stored. */
function startDevice(retryMs: readonly number[] = [1, 1]): {
  session: Session;
  hub: HubClient;
  ends: AppError[];
} {
  const vault = {
    read: () => stored,
    write(next: KeptTokens | null) {
      if (isDiskFull) throw new AppErrorException('WORKSPACE_NOT_WRITABLE', 'ENOSPC');
      stored = next;
    },
  };
  const session = createSession(vault, lossy(), { retryMs });
  const ends: AppError[] = [];
  session.onEnded((error) => ends.push(error));
  return { session, hub: createHubClient({ baseUrl: url, tokens: session }), ends };
}
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (cause: unknown) => (cause instanceof AppErrorException ? cause.error.code : String(cause)),
  );

describe('A session whose token has expired', () => {
  it('goes on where the answer of the exchange was lost, within the same request', async () => {
    const device = startDevice();
    later(HOUR);
    answersLost = 2;
    expect(await device.hub.request('access.me')).toMatchObject({ member: { id: memberId } });
    expect(exchanges).toBe(3);
    expect(device.ends).toEqual([]);
  });

  it('goes on where the device was killed after the hub made the exchange and before the answer was kept', async () => {
    const killed = startDevice([]);
    later(HOUR);
    answersLost = 1;
    expect(await failure(killed.hub.request('access.me'))).toBe('HUB_UNREACHABLE');
    later(20_000);
    const restarted = startDevice();
    expect(await restarted.hub.request('access.me')).toMatchObject({ member: { id: memberId } });
  });

  it('goes on where it was killed right after the new tokens were kept', async () => {
    const killed = startDevice();
    later(HOUR);
    await killed.session.accessToken();
    const token = stored?.accessToken ?? '';
    killed.session.expired(token);
    await killed.session.accessToken();
    later(HOUR);
    expect(await startDevice().hub.request('access.me')).toMatchObject({ member: { id: memberId } });
  });

  it('keeps what it cannot write, uses it only once it is written, and loses no session to a full disk', async () => {
    const device = startDevice();
    later(HOUR);
    isDiskFull = true;
    expect(await failure(device.hub.request('access.me'))).toBe('WORKSPACE_NOT_WRITABLE');
    later(10 * 60_000);
    expect(await failure(device.hub.request('access.me'))).toBe('WORKSPACE_NOT_WRITABLE');
    isDiskFull = false;
    expect(await device.hub.request('access.me')).toMatchObject({ member: { id: memberId } });
    expect(exchanges).toBe(1);
    expect(stored).not.toBeNull();
  });

  it('goes on however long answers were lost', async () => {
    const device = startDevice([]);
    later(HOUR);
    for (let lost = 0; lost < 3; lost++) {
      answersLost = 1;
      expect(await failure(device.hub.request('access.me'))).toBe('HUB_UNREACHABLE');
      later(HOUR);
    }
    expect(await device.hub.request('access.me')).toMatchObject({ member: { id: memberId } });
  });

  it('goes on where it was killed in an exchange and started again days later', async () => {
    const killed = startDevice([]);
    later(HOUR);
    answersLost = 1;
    expect(await failure(killed.hub.request('access.me'))).toBe('HUB_UNREACHABLE');
    later(7 * 24 * HOUR);
    expect(await startDevice().hub.request('access.me')).toMatchObject({ member: { id: memberId } });
    expect(stored).not.toHaveProperty('exchangeKey');
    later(HOUR);
    expect(await startDevice().hub.request('access.me')).toMatchObject({ member: { id: memberId } });
  });

  it('is lost where the disk was full, the answer lost and the device killed, all in one exchange', async () => {
    const killed = startDevice([]);
    later(HOUR);
    isDiskFull = true;
    answersLost = 1;
    expect(await failure(killed.hub.request('access.me'))).toBe('HUB_UNREACHABLE');
    isDiskFull = false;
    later(31_000);
    expect(await failure(startDevice().hub.request('access.me'))).toBe('HUB_SESSION_REUSED');
  });

  it('ends where somebody used its token before it could, though it has a key', async () => {
    const first = stored;
    const thief = startDevice();
    later(HOUR);
    await thief.hub.request('access.me');
    stored = first && { ...first, exchangeKey: 'k'.repeat(43) };
    later(HOUR);
    expect(await failure(startDevice().hub.request('access.me'))).toBe('HUB_SESSION_REUSED');
    expect(await failure(thief.hub.request('access.me'))).toBe('HUB_NOT_SIGNED_IN');
  });

  it('ends where somebody else has used its token', async () => {
    const thief = startDevice();
    const device = startDevice();
    later(HOUR);
    const first = stored;
    await thief.hub.request('access.me');
    stored = first;
    expect(await failure(device.hub.request('access.me'))).toBe('HUB_SESSION_REUSED');
    expect(device.ends).toHaveLength(1);
  });

  it('lets who waits go when they give up, and the exchange go on', async () => {
    const device = startDevice([20]);
    later(HOUR);
    answersLost = 1;
    const giveUp = new AbortController();
    const waiting = failure(device.hub.request('access.me', {}, giveUp.signal));
    const other = device.hub.request('access.me');
    giveUp.abort(new AppErrorException('SUGGESTION_CANCELLED'));
    expect(await waiting).toBe('SUGGESTION_CANCELLED');
    expect(await other).toMatchObject({ member: { id: memberId } });
  });
});

it('counts as ended where nothing readable was kept', async () => {
  stored = null;
  const device = startDevice();
  expect(await failure(device.hub.request('access.me'))).toBe('HUB_NOT_SIGNED_IN');
  expect(device.ends).toHaveLength(1);
});

it('waits for the exchange under way when it is closed, and begins none', async () => {
  const device = startDevice();
  later(HOUR);
  const before = stored;
  device.session.expired(stored?.accessToken ?? '');
  const waiting = device.session.accessToken();
  await device.session.close(3000);
  expect(stored).not.toEqual(before);
  expect(await waiting).toBe(stored?.accessToken);
});

// Catches tokens that come back after everything of the team was deleted.
it('writes nothing once it was closed, however late the answer comes', async () => {
  const device = startDevice();
  later(HOUR);
  let arrive: () => void = () => undefined;
  answerLate = new Promise((resolve) => (arrive = resolve));
  device.session.expired(stored?.accessToken ?? '');
  const waiting = failure(device.session.accessToken());
  await device.session.close(50);
  stored = null;
  arrive();
  expect(await waiting).toBe('HUB_UNREACHABLE');
  expect(exchanges).toBe(1);
  expect(stored).toBeNull();
});
