import { expect, it } from 'vitest';

import type { HelpdesksView } from '../../../shared/contracts/ipc/helpdesk.js';
import type { HelpdeskConnection, HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { checkFields, newFields } from './helpdesk-fields.js';
import { statusLine } from './helpdesk-state.js';
import { createHelpdeskStore } from './helpdesk-store.js';

const connection: HelpdeskConnection = {
  ...{ id: 'request_tracker-a', kind: 'request_tracker', name: 'Support desk' },
  ...{ baseUrl: 'https://rt.example.com', options: { queue: 'Orders' } },
};

const state = (change: Partial<HelpdeskState>): HelpdeskState => ({
  ...{ connectionId: connection.id, state: 'polling', detail: '', retryAt: null },
  ...change,
});

const viewOf = (token: 'none' | 'stored' = 'stored', now: HelpdeskState | null = null): HelpdesksView => ({
  helpdesks: [{ connection, token, state: now }],
  canStoreKeys: true,
});
const empty: HelpdesksView = { helpdesks: [], canStoreKeys: true };

// Catches a token that stays in the window after it was handed over.
it('hands over what was typed, and keeps no token once it is saved', async () => {
  const bridge = createScriptedBridge({
    'helpdesk.read': () => ok(empty),
    'helpdesk.save': () => ok(viewOf()),
  });
  const store = createHelpdeskStore(bridge, () => 'a');
  await store.getState().load();
  store.getState().add();
  store.getState().edit({ address: ' https://rt.example.com ', token: ' secret ', name: 'Support desk' });
  store.getState().setOption('queue', ' Orders ');
  await store.getState().save();
  expect(bridge.asked.at(-1)?.input).toEqual({ connection, token: 'secret' });
  expect(JSON.stringify(store.getState())).not.toContain('secret');
  expect(store.getState()).toMatchObject({
    fields: null,
    outcome: { kind: 'saved', name: 'Support desk' },
  });
});

// Catches a form that loses what was typed at a refusal, and one that asks main for what can be seen to be wrong.
it('says which field is wrong, then what the helpdesk says, and keeps what was typed', async () => {
  const refused = appError('HELPDESK_SIGN_IN_REFUSED');
  const bridge = createScriptedBridge({ 'helpdesk.test': () => err(refused) });
  const store = createHelpdeskStore(bridge, () => 'a');
  store.getState().add();
  await store.getState().test();
  expect(store.getState().outcome).toMatchObject({ kind: 'field', problem: { field: 'address' } });
  store.getState().edit({ address: 'https://rt.example.com' });
  await store.getState().test();
  expect(store.getState().outcome).toMatchObject({ kind: 'field', problem: { field: 'token' } });
  expect(bridge.asked).toEqual([]);
  store.getState().edit({ token: 'wrong' });
  await store.getState().test();
  expect(store.getState()).toMatchObject({
    busy: 'no',
    outcome: { kind: 'failed', error: refused },
    fields: { address: 'https://rt.example.com', token: 'wrong' },
  });
});

// Catches: what was typed while a helpdesk was saved thrown away, or saved a second time as another helpdesk.
it('keeps what was typed while it saved, for the helpdesk that was saved', async () => {
  let answer: () => void = () => undefined;
  const bridge = createScriptedBridge({
    'helpdesk.save': () => new Promise((resolve) => (answer = () => resolve(ok(viewOf())))),
  });
  const store = createHelpdeskStore(bridge, () => 'a');
  store.getState().add();
  store.getState().edit({ address: 'https://rt.example.com', token: 't', name: 'Support desk' });
  const saved = store.getState().save();
  store.getState().edit({ name: 'Support' });
  answer();
  await saved;
  expect(store.getState()).toMatchObject({
    ...{ busy: 'no', outcome: { kind: 'saved' } },
    fields: { id: connection.id, name: 'Support' },
  });
  const again = store.getState().save();
  store.getState().back();
  store.getState().add();
  answer();
  await again;
  expect(store.getState().fields).toMatchObject({ id: null, token: '' });
});

// Catches: the form that stands beside "saved" because the panel was closed while it saved, and a token that stays in the window after it.
it.each([
  ['leave', null],
  ['rename', { id: connection.id, name: 'Support', token: '' }],
  ['replace', { id: connection.id, name: 'Support desk', token: 'newer' }],
] as const)('leaves no form and no token behind what was saved (%s)', async (meanwhile, left) => {
  let answer: () => void = () => undefined;
  const bridge = createScriptedBridge({
    'helpdesk.save': () => new Promise((resolve) => (answer = () => resolve(ok(viewOf())))),
  });
  const store = createHelpdeskStore(bridge, () => 'a');
  store.getState().add();
  store.getState().edit({ address: 'https://rt.example.com', token: 'sent', name: 'Support desk' });
  const saved = store.getState().save();
  if (meanwhile === 'leave') store.getState().leave();
  if (meanwhile === 'rename') store.getState().edit({ name: 'Support' });
  if (meanwhile === 'replace') store.getState().edit({ token: 'newer' });
  answer();
  await saved;
  expect(store.getState().outcome).toEqual({ kind: 'saved', name: 'Support desk' });
  if (left === null) expect(store.getState().fields).toBeNull();
  else expect(store.getState().fields).toMatchObject(left);
});

// Catches "it works" under an address that was never tested.
it('shows no result of a test whose fields were changed meanwhile', async () => {
  let answer: () => void = () => undefined;
  const report = ok({ user: 'rhea', notes: [] });
  const bridge = createScriptedBridge({
    'helpdesk.test': () => new Promise((resolve) => (answer = () => resolve(report))),
  });
  const store = createHelpdeskStore(bridge, () => 'a');
  store.getState().add();
  store.getState().edit({ address: 'https://rt.example.com', token: 't' });
  const tested = store.getState().test();
  await store.getState().save();
  store.getState().edit({ address: 'https://other.example.com' });
  answer();
  await tested;
  expect(store.getState()).toMatchObject({ busy: 'no', outcome: { kind: 'none' } });
  expect(bridge.asked).toHaveLength(1);
});

// Catches a helpdesk that is removed by one key, and a token that waits in a closed panel.
it('removes only what was asked about, and drops a typed token when it is left', async () => {
  const bridge = createScriptedBridge({
    'helpdesk.read': () => ok(viewOf()),
    'helpdesk.remove': () => ok(empty),
  });
  const store = createHelpdeskStore(bridge);
  await store.getState().load();
  await store.getState().remove();
  expect(bridge.asked.map(({ name }) => name)).toEqual(['helpdesk.read']);
  store.getState().change(connection.id);
  store.getState().edit({ token: 'secret' });
  store.getState().leave();
  expect(store.getState().fields).toMatchObject({ address: connection.baseUrl, token: '' });
  store.getState().back();
  store.getState().askToRemove(connection.id);
  await store.getState().remove();
  expect(bridge.asked.at(-1)).toEqual({ name: 'helpdesk.remove', input: { id: connection.id } });
  expect(store.getState()).toMatchObject({ toRemove: null, view: empty, outcome: { kind: 'removed' } });
});

// Catches a helpdesk that "does not answer" because of an invisible sign that came along with the token.
it('refuses a token that no request can carry, but takes any password of a mailbox', () => {
  const rt = { ...newFields('request_tracker'), address: 'https://rt.example.com' };
  const problemOf = (token: string) => checkFields({ ...rt, token }, null, () => 'a');
  for (const token of ['1-14-ab c', '1-14-\u200babc', '1-14-abc\u{1f600}'])
    expect(problemOf(token)).toMatchObject({ problem: { field: 'token' } });
  expect(problemOf(' 1-14-abc\n')).toMatchObject({ token: '1-14-abc' });
  const mail = { ...newFields('mail'), address: 'imaps://imap.example.com', options: { user: 'me' } };
  expect(checkFields({ ...mail, token: 'pässword 1' }, null, () => 'a')).toMatchObject({
    token: 'pässword 1',
  });
});

// Catches a kept token that goes to an address it was not entered for.
it('uses a kept token again for its own address only', () => {
  const [before = null] = viewOf().helpdesks;
  const fields = { ...newFields('request_tracker'), id: connection.id, address: `${connection.baseUrl}/` };
  const check = (change: object) => checkFields({ ...fields, ...change }, before, () => 'b');
  expect(check({})).toMatchObject({ token: null, connection: { id: connection.id } });
  expect(check({ address: 'https://rt2.example.com' })).toMatchObject({ problem: { field: 'token' } });
  const [gone = null] = viewOf('none').helpdesks;
  expect(checkFields(fields, gone, () => 'b')).toMatchObject({ problem: { field: 'token' } });
});

it.each([
  ['', 'address'],
  ['rt.example.com', 'address'],
  ['http://rt.example.com', 'address'],
  ['https://me:secret@rt.example.com', 'address'],
  ['http://127.0.0.1:8080', 'token'],
  ['https://rt.example.com/desk', 'token'],
])('reads the address "%s"', (address, field) => {
  const fields = { ...newFields('request_tracker'), address };
  expect(checkFields(fields, null, () => 'b')).toMatchObject({ problem: { field } });
});

// Catches options of one kind that are sent for another, and an option that cannot be.
it('asks for what each kind needs', () => {
  const store = createHelpdeskStore(createScriptedBridge({}), () => 'b');
  store.getState().add();
  store.getState().setOption('queue', 'Orders');
  store.getState().chooseKind('chatwoot');
  store.getState().edit({ address: 'https://chat.example.com', token: 't' });
  const checked = () => checkFields(store.getState().fields ?? newFields('chatwoot'), null, () => 'b');
  expect(checked()).toMatchObject({ problem: { field: 'option.account' } });
  store.getState().setOption('account', 'three');
  expect(checked()).toMatchObject({ problem: { field: 'option.account' } });
  store.getState().setOption('account', '3');
  expect(checked()).toEqual({
    connection: {
      ...{ id: 'chatwoot-b', kind: 'chatwoot', name: 'Chatwoot', baseUrl: 'https://chat.example.com' },
      options: { account: '3' },
    },
    token: 't',
  });
});

// Catches a status bar that says "connected" while one of several helpdesks is away.
it('tells first of the helpdesk that needs the rep', () => {
  const now = new Date('2026-11-27T10:00:00.000Z');
  const offline = state({ state: 'offline', retryAt: '2026-11-27T10:00:12.000Z' });
  const line = (...states: (HelpdeskState | null)[]) =>
    statusLine(
      states.map((one) => ({ connection, token: 'stored', state: one })),
      now,
    );
  expect(line()).toBeNull();
  expect(line(null)?.text).toBe('Support desk: connecting');
  expect(line(state({ state: 'live' }))?.text).toBe('Support desk: live');
  expect(line(state({}), state({ state: 'live' }))?.text).toBe('2 helpdesks: connected');
  expect(line(state({}), offline)?.text).toBe('Support desk: offline, trying again in 12 s');
  expect(line(state({ state: 'offline' }))?.text).toBe('Support desk: offline, trying again');
  expect(line(offline, state({ state: 'refused' }))).toEqual({
    state: 'refused',
    text: 'Support desk: token refused',
  });
});
