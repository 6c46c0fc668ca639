import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

import { startTestHub, type TestHub, type TestMember } from '../../hub/hub-for-tests.js';
import type { Action } from '../../shared/domain/action.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import { startFaultProxy, type FaultProxy } from '../sync/fault-proxy-for-tests.js';
import type { HubClient } from '../sync/hub-client.js';
import { startBank, type Bank } from './bank-for-tests.js';
import { hubClientFor, openDeskAtHub, type DeskAtHub } from './desk-at-hub-for-tests.js';
import type { DeskOfActions } from './desk-of-actions-for-tests.js';
import type { QuestionsAtHub } from './hub-second-approver.js';
import { createQuestionStore } from './question-store.js';

let hub: TestHub;
let direct: string;
/** What the desk's questions go through; events and leads have a way of their own. */
let proxy: FaultProxy;
beforeAll(async () => {
  hub = await startTestHub();
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = hub.hub.app.server.address() as AddressInfo;
  direct = `http://127.0.0.1:${String(port)}`;
  proxy = await startFaultProxy(port);
});
afterAll(async () => {
  await proxy.close();
  await hub.close();
});

let bank: Bank;
let file: string;
let desk: DeskOfActions;
let atHub: QuestionsAtHub;
beforeEach(async () => {
  bank = await startBank();
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-approval-')), 'desk.db');
  open();
});
afterEach(async () => {
  await close();
  await bank.close();
  await proxy.harm({ kind: 'none' });
  fs.rmSync(path.dirname(file), { recursive: true });
});

const clientOf = ({ tokens }: TestMember, baseUrl = direct): HubClient =>
  hubClientFor(baseUrl, tokens.accessToken);

let opened: DeskAtHub;
function open(): void {
  opened = openDeskAtHub(file, bank.url, clientOf(hub.rep, proxy.url), clientOf(hub.rep));
  ({ desk, atHub } = opened);
}
const close = (): Promise<void> => opened.close();

const of = (id: string): Action => {
  const action = desk.store.find(id);
  if (!action) throw new Error('gone');
  return action;
};
async function approved(messageId = 'm1'): Promise<string> {
  const id = await desk.proposeRefund(undefined, messageId);
  await desk.service.approve(id, of(id).updatedAt);
  expect(of(id).status).toBe('waiting_for_lead');
  return id;
}
const waiting = async (id: string) =>
  (await clientOf(hub.lead).request('approvals.waiting')).approvals.find(
    ({ question }) => question.actionId === id,
  );
const untilAsked = (id: string) =>
  expect.poll(async () => (await waiting(id)) !== undefined, { timeout: 5000 }).toBe(true);
async function decide(id: string, decision: 'approved' | 'refused', reason = ''): Promise<void> {
  const shown = await waiting(id);
  if (!shown) throw new Error('not asked');
  const body = { content: shown.content, decision, reason };
  await clientOf(hub.lead).request('approvals.decide', { params: { id }, body });
}
const untilIs = (id: string, status: Action['status']) =>
  expect.poll(() => of(id).status, { timeout: 8000 }).toBe(status);
const openQuestions = () => createQuestionStore(desk.database).open();
const detailOf = (id: string) => of(id).detail;

// Catches the two ends of the contract drifting apart, a refund without the lead's word, and one that is made twice.
it('does a change once when a lead of the team has approved exactly it', async () => {
  const id = await approved();
  await untilAsked(id);
  await expect.poll(() => detailOf(id)).toContain('were asked');
  expect((await waiting(id))?.question).toMatchObject({ effect: of(id).effect, call: of(id).call });
  expect(bank.paid).toEqual([]);
  await decide(id, 'approved');
  await untilIs(id, 'succeeded');
  expect(bank.paid).toEqual([id]);
  expect(of(id).decisions.map(({ by, role }) => [by, role])).toEqual([
    ['Rhea', 'rep'],
    ['Test lead', 'lead'],
  ]);
  expect(desk.store.audit.lines().map(({ event }) => event)).toEqual([
    ...['proposed', 'previewed', 'approved', 'sent_to_lead', 'approved', 'asked', 'succeeded'],
  ]);
  await expect.poll(openQuestions).toEqual([]);
});

// Catches a refusal that stops at the hub, or a lead's reason the rep never reads.
it('ends with the lead’s reason when a lead refuses', async () => {
  const id = await approved();
  await untilAsked(id);
  await decide(id, 'refused', 'Ask for a photo first.');
  await untilIs(id, 'refused');
  expect(detailOf(id)).toBe('Ask for a photo first.');
  expect(bank.paid).toEqual([]);
});

// Catches a question that is lost, or done without a lead, because the hub was away when the rep approved.
it('says that the hub is away, and asks when it is back, also after a restart', async () => {
  await proxy.harm({ kind: 'portal' });
  const id = await approved();
  await expect.poll(() => detailOf(id), { timeout: 5000 }).toContain('cannot be reached');
  await close();
  open();
  await desk.service.recover();
  expect(await waiting(id)).toBeUndefined();
  await proxy.harm({ kind: 'none' });
  await untilAsked(id);
  await expect.poll(() => detailOf(id)).toContain('were asked');
  expect(bank.paid).toEqual([]);
});

// Catches an answer that is lost because the rep's computer was off when it was given.
it('takes an answer that was given while the desk was closed', async () => {
  const id = await approved();
  await untilAsked(id);
  await close();
  await decide(id, 'approved');
  open();
  await desk.service.recover();
  await untilIs(id, 'succeeded');
  expect(bank.paid).toEqual([id]);
});

// Catches a lead approving what the rep had taken back, or what was forgotten with its customer.
it('is taken back at the hub too, also when the hub was away then', async () => {
  const refused = await approved();
  await untilAsked(refused);
  await desk.service.refuse(refused, 'The parcel came.');
  await expect.poll(() => waiting(refused)).toBeUndefined();

  const offline = await approved('m2');
  await untilAsked(offline);
  await expect.poll(() => openQuestions()).toEqual([{ actionId: offline, isSent: true }]);
  await proxy.harm({ kind: 'cut', afterBytes: 0 });
  desk.store.forgetConversations(['c1']);
  await close();
  await proxy.harm({ kind: 'none' });
  expect(await waiting(offline)).toBeDefined();
  open();
  await expect.poll(() => waiting(offline), { timeout: 5000 }).toBeUndefined();
  await expect.poll(openQuestions).toEqual([]);
  expect(bank.paid).toEqual([]);
});

// Catches what a lead wrote of a customer, which stays at the hub when the customer is forgotten here, also when the hub was away then.
it('goes at the hub with its answer when its customer is forgotten', async () => {
  const atTheHub = () => hub.database.rows(z.unknown(), 'SELECT 1 FROM approval WHERE body IS NULL');
  const id = await approved();
  await untilAsked(id);
  await decide(id, 'refused', 'Femke is no customer of ours.');
  await untilIs(id, 'refused');
  await expect.poll(openQuestions).toEqual([]);
  const before = (await atTheHub()).length;
  await proxy.harm({ kind: 'cut', afterBytes: 0 });
  await desk.service.forgetConversations(['c1']);
  expect(openQuestions()).toEqual([{ actionId: id, isSent: true }]);
  await close();
  await proxy.harm({ kind: 'none' });
  open();
  await expect.poll(async () => (await atTheHub()).length, { timeout: 5000 }).toBe(before - 1);
  await expect.poll(openQuestions).toEqual([]);
});

// Catches a question that nobody sees any more after the hub came back from a backup that has it not.
it('is asked again at a hub that has lost it', async () => {
  const id = await approved();
  await untilAsked(id);
  await expect.poll(() => openQuestions()).toEqual([{ actionId: id, isSent: true }]);
  await hub.database.run('DELETE FROM approval WHERE id = $1', [id]);
  atHub.onReachable();
  await untilAsked(id);
});

// Catches a lead's approval of one change that lets another one through.
it('does nothing on an answer for another content', async () => {
  const id = await approved();
  await untilAsked(id);
  await expect.poll(() => openQuestions()).toEqual([{ actionId: id, isSent: true }]);
  const other = 'f'.repeat(64);
  await hub.database.run('UPDATE approval SET content = $2 WHERE id = $1', [id, other]);
  await decide(id, 'approved');
  await expect.poll(() => detailOf(id), { timeout: 5000 }).toContain('another change');
  expect([of(id).status, bank.paid]).toEqual(['waiting_for_lead', []]);
});

// Catches a full disk after which a lead is asked about what the rep was told has failed.
it('asks nobody when the disk does not take the question', async () => {
  const id = await desk.proposeRefund();
  desk.database.exec(
    `CREATE TRIGGER full_disk BEFORE INSERT ON action_question BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
  );
  const failed = await desk.service.approve(id, of(id).updatedAt).catch(errorCodeOf);
  expect(failed).toBeTypeOf('string');
  expect(of(id).status).toBe('waiting_for_rep');
  expect(await waiting(id)).toBeUndefined();
});
