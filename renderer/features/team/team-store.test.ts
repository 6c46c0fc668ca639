import { describe, expect, it } from 'vitest';

import type { SyncActivity } from '../../../shared/domain/sync-status.js';
import type { TeamStatus } from '../../../shared/domain/team-status.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { retryWhenOnline } from './retry-when-online.js';
import { createTeamStore } from './team-store.js';

const who = { hubUrl: 'https://hub.test', teamName: 'Lumen', memberName: 'Ada', role: 'rep' } as const;
const toConfirm: TeamStatus = { kind: 'to_confirm', ...who, words: ['a', 'b'], replaces: null };
const joined = (activity: SyncActivity): TeamStatus => ({
  kind: 'joined',
  ...who,
  joinedAt: '2026-01-01T00:00:00.000Z',
  tokenPlace: 'encrypted',
  sync: { release: null, activity },
});
const offline: SyncActivity = {
  ...{ kind: 'offline', since: '2026-01-01T14:02:00.000Z' },
  error: appError('HUB_UNREACHABLE'),
};
const idle: SyncActivity = { kind: 'idle', checkedAt: '2026-01-01T15:00:00.000Z' };

describe('Joining', () => {
  // Catches an invite code that stays in the window after it was used.
  it('sends what was typed, and forgets it once the hub let the rep in', async () => {
    const bridge = createScriptedBridge({ 'team.join': () => ok(undefined) });
    const store = createTeamStore(bridge);
    store.getState().connect();
    store.getState().edit({ address: 'https://hub.test', code: 'secret-code' });
    await store.getState().join();
    expect(bridge.asked).toEqual([
      { name: 'team.join', input: { address: 'https://hub.test', code: 'secret-code' } },
    ]);
    bridge.emit('team.status_changed', { status: toConfirm });
    expect(JSON.stringify(store.getState())).not.toContain('secret-code');
  });

  it('asks for nothing without a code, and takes one that is in the address', async () => {
    const bridge = createScriptedBridge({ 'team.join': () => err(appError('HUB_INVITE_INVALID')) });
    const store = createTeamStore(bridge);
    store.getState().edit({ address: 'https://hub.test' });
    await store.getState().join();
    expect(store.getState().problem).toBe('nothing_given');
    expect(bridge.asked).toEqual([]);
    store.getState().edit({ address: 'https://hub.test#code' });
    await store.getState().join();
    expect(store.getState()).toMatchObject({
      ...{ busy: 'no', address: 'https://hub.test#code', problem: { code: 'HUB_INVITE_INVALID' } },
    });
  });

  it('is begun once however often it is pressed', async () => {
    let answer: () => void = () => undefined;
    const bridge = createScriptedBridge({
      'team.join': () => new Promise((resolve) => (answer = () => resolve(ok(undefined)))),
    });
    const store = createTeamStore(bridge);
    store.getState().edit({ address: 'https://hub.test#code' });
    const first = store.getState().join();
    await store.getState().join();
    answer();
    await first;
    expect(bridge.asked).toHaveLength(1);
  });

  // Catches a sign-in button of one hub that is shown for another.
  it('offers the company sign-in of the address that stands there, and no other', async () => {
    let answer: () => void = () => undefined;
    const bridge = createScriptedBridge({
      'team.company_sign_in': () =>
        new Promise((resolve) => (answer = () => resolve(ok({ host: 'login.company.test' })))),
    });
    const store = createTeamStore(bridge);
    store.getState().edit({ address: 'https://hub.test' });
    const looking = store.getState().lookUp();
    store.getState().edit({ address: 'https://other.test' });
    answer();
    await looking;
    expect(store.getState().companyHost).toBeNull();
    const again = store.getState().lookUp();
    answer();
    await again;
    expect(store.getState().companyHost).toBe('login.company.test');
    store.getState().edit({ address: 'https://other.tes' });
    expect(store.getState().companyHost).toBeNull();
  });

  it('tells of a cancelled sign-in as of nothing, and of words that differ as of danger', async () => {
    const bridge = createScriptedBridge({
      'team.join_at_company': () => err(appError('TEAM_JOIN_CANCELLED')),
      'team.cancel': () => ok(undefined),
    });
    const store = createTeamStore(bridge);
    await store.getState().joinAtCompany();
    expect(store.getState()).toMatchObject({ busy: 'no', problem: null });
    await store.getState().refuse();
    expect(store.getState().problem).toBe('words_differ');
  });
});

describe('The trouble of the sync', () => {
  it('stays while it is tried again, and goes when that succeeds', () => {
    const bridge = createScriptedBridge({});
    const store = createTeamStore(bridge);
    store.getState().connect();
    const tell = (activity: SyncActivity) => bridge.emit('team.status_changed', { status: joined(activity) });
    tell(offline);
    tell({ kind: 'checking' });
    expect(store.getState().trouble).toMatchObject({ since: '2026-01-01T14:02:00.000Z' });
    tell(idle);
    expect(store.getState().trouble).toBeNull();
    tell({ kind: 'checking' });
    expect(store.getState().trouble).toBeNull();
  });
});

it('asks main to try again when the network is back, and only then, and only in a team', () => {
  const bridge = createScriptedBridge({ 'team.retry_now': () => ok(undefined) });
  const store = createTeamStore(bridge);
  const network = new EventTarget();
  const stop = retryWhenOnline(network, store);
  store.getState().connect();
  network.dispatchEvent(new Event('online'));
  expect(bridge.asked).toEqual([]);
  bridge.emit('team.status_changed', { status: joined(offline) });
  network.dispatchEvent(new Event('online'));
  expect(bridge.asked.map(({ name }) => name)).toEqual(['team.retry_now']);
  stop();
  network.dispatchEvent(new Event('online'));
  expect(bridge.asked).toHaveLength(1);
});
