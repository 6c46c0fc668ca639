import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Action, PolicyFinding } from '../../shared/domain/action.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import { contentOf } from './action-content.js';
import { bankTool, startBank, type Bank } from './bank-for-tests.js';
import { openDeskOfActions, type DeskOfActions } from './desk-of-actions-for-tests.js';
import type { LeadAnswer } from './second-approver.js';

let bank: Bank;
let file: string;
let desk: DeskOfActions;
beforeEach(async () => {
  bank = await startBank();
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-actions-')), 'desk.db');
  desk = openDeskOfActions(file, bank.url);
});
afterEach(async () => {
  desk.close();
  await bank.close();
  fs.rmSync(path.dirname(file), { recursive: true });
});

const of = (id: string): Action => desk.store.find(id) ?? expect.fail('no such action');
const approve = (id: string): Promise<Action> => desk.service.approve(id, of(id).updatedAt);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => errorCodeOf(error),
  );

describe('an action that is proposed', () => {
  // Catches: money that moves before anybody approved it; a card that does not say what would happen.
  it('waits with its exact effect and call, and asks nothing of the system', async () => {
    const action = of(await desk.proposeRefund());
    expect(action).toMatchObject({
      status: 'waiting_for_rep',
      effect: 'Refund 12.50 EUR of order HP-1.',
      call: 'POST /refund {"orderId":"HP-1","amount":"12.50"}',
      amount: { amount: 12.5, currency: 'EUR' },
    });
    expect(bank.paid).toEqual([]);
  });

  // Catches: a second refund for the same wish, because the card was made again.
  it('is the same when it is proposed again, and is not proposed again once it was done', async () => {
    const id = await desk.proposeRefund();
    expect(await desk.proposeRefund({ orderId: 'HP-1', amount: '99.00' }, 'm2')).toBe(id);
    await approve(id);
    expect(await desk.proposeRefund()).toBe(id);
    expect(desk.service.ofConversation('c1')).toHaveLength(1);
    expect(await desk.proposeRefund({ orderId: 'HP-1', amount: '1.00' }, 'm3')).toBe(id);
    const byHand = { conversationId: 'c1', messageId: 'm3', found: [], isByHand: true };
    await desk.service.propose({
      ...{ ...byHand, customer: { name: 'Femke', email: null } },
      calls: [{ tool: 'refund_order', input: { orderId: 'HP-1', amount: '1.00' } }],
    });
    expect(desk.service.ofConversation('c1')).toHaveLength(2);
  });

  // Catches: a change that goes out with something the rep still has to fill in.
  it('asks for what is missing and cannot be approved without it', async () => {
    const id = await desk.proposeRefund({ orderId: 'HP-1', amount: '' });
    expect(of(id)).toMatchObject({ effect: '', detail: 'Amount: write it like 12.50' });
    expect(await codeOf(approve(id))).toBe('ACTION_BLOCKED');
    await desk.service.edit(id, { amount: '3.00', orderId: 'HP-2' });
    expect(of(id)).toMatchObject({ effect: 'Refund 3.00 EUR of order HP-1.', input: { orderId: 'HP-1' } });
    expect((await approve(id)).status).toBe('succeeded');
  });
});

describe('an approval', () => {
  it('does it once, with the proof, and gives the reply its facts', async () => {
    const id = await desk.proposeRefund();
    expect(await approve(id)).toMatchObject({ status: 'succeeded', proof: 're_1' });
    expect(bank.paid).toEqual([id]);
    expect(desk.service.doneCalls({ id: 'c1', messages: [] })).toMatchObject([
      { id, risk: 'write', status: 'succeeded', facts: [{ key: 'refund.amount', value: '12.50 EUR' }] },
    ]);
  });

  // Catches: every reply after a refund that tells of it again, and one that keeps silent because a lead approved late.
  it('is said until the customer was told', async () => {
    const id = await desk.proposeRefund();
    const before = new Date(Date.now() - 60_000).toISOString();
    await approve(id);
    const after = new Date(Date.now() + 60_000).toISOString();
    const message = (name: string, author: 'customer' | 'rep', sentAt: string) => ({
      ...{ id: name, conversationId: 'c1', author, text: '', sentAt },
    });
    const toldOf = (...messages: ReturnType<typeof message>[]): number =>
      desk.service.doneCalls({ id: 'c1', messages }).length;
    const wish = message('m1', 'customer', before);
    expect(toldOf(wish)).toBe(1);
    expect(toldOf(wish, message('r1', 'rep', before))).toBe(1);
    expect(toldOf(wish, message('r1', 'rep', after), message('m2', 'customer', after))).toBe(0);
  });

  // Catches: two presses, or two windows, that pay twice.
  it('counts once when it is given twice at the same time', async () => {
    bank.takesMs = 100;
    const id = await desk.proposeRefund();
    const both = await Promise.all([codeOf(approve(id)), codeOf(approve(id))]);
    expect(both.sort()).toEqual(['ACTION_DECIDED', 'done']);
    expect(await codeOf(approve(id))).toBe('ACTION_DECIDED');
    expect(bank.paid).toEqual([id]);
  });

  // Catches: an approval for what was on the screen before somebody changed the amount.
  it('is for what was seen', async () => {
    const id = await desk.proposeRefund();
    const seen = of(id).updatedAt;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await desk.service.edit(id, { amount: '500.00' });
    expect(await codeOf(desk.service.approve(id, seen))).toBe('ACTION_CHANGED');
    expect(bank.paid).toEqual([]);
  });

  // Catches: 12.50 on the screen and 500 in the call, because the app ended before it had looked what the new amount would do.
  it('is never for new values with the old effect, also when the app ends while it looks', async () => {
    const id = await desk.proposeRefund();
    desk.close();
    const tool: WriteTool = { ...bankTool(bank.url), preview: () => new Promise(() => undefined) };
    const killed = openDeskOfActions(file, bank.url, { toolOf: () => tool });
    killed.service.edit(id, { amount: '500.00' }).catch(() => undefined);
    await expect.poll(() => killed.store.find(id)?.input['amount']).toBe('500.00');
    desk = openDeskOfActions(file, bank.url);
    expect(of(id)).toMatchObject({ effect: '', amount: null });
    expect(await codeOf(approve(id))).toBe('ACTION_BLOCKED');
    await desk.service.recover();
    expect(of(id)).toMatchObject({ effect: 'Refund 500.00 EUR of order HP-1.', amount: { amount: 500 } });
    expect(bank.paid).toEqual([]);
    killed.close();
  });

  // Catches: a refund approved for an order that was changed, or refunded elsewhere, between the look and the approval.
  it('is for what would happen when it happens', async () => {
    let effect = 'Refund 12.50 EUR of order HP-1.';
    const tool = (): WriteTool => {
      const real: WriteTool = bankTool(bank.url);
      return {
        ...real,
        preview: async (run) => ({ ...(await real.preview(run)), ...(effect ? { effect } : {}) }),
      };
    };
    desk.close();
    desk = openDeskOfActions(file, bank.url, { toolOf: tool });
    const id = await desk.proposeRefund();
    effect = 'Refund 12.50 EUR of order HP-1, which was sent again meanwhile.';
    expect(await approve(id)).toMatchObject({
      ...{ status: 'waiting_for_rep', effect },
      detail: 'What it would do changed since it was approved.',
    });
    expect(bank.paid).toEqual([]);
    expect(await approve(id)).toMatchObject({ status: 'succeeded' });
    expect(bank.paid).toEqual([id]);
  });

  // Catches: a system that goes away between the look and the approval, after which nobody knows whether it paid.
  it('asks nothing of a system that cannot be looked into', async () => {
    let isAway = false;
    const real: WriteTool = bankTool(bank.url);
    const tool: WriteTool = {
      ...real,
      preview: (run) => (isAway ? Promise.reject(new Error('away')) : real.preview(run)),
    };
    desk.close();
    desk = openDeskOfActions(file, bank.url, { toolOf: () => tool });
    const id = await desk.proposeRefund();
    isAway = true;
    expect(await approve(id)).toMatchObject({
      ...{ status: 'failed', detail: 'Refund: the system does not answer. Nothing was changed.' },
    });
    expect(bank.paid).toEqual([]);
    isAway = false;
    expect((await desk.service.retry(id)).status).toBe('succeeded');
    expect(bank.paid).toEqual([id]);
  });

  it('waits over a restart', async () => {
    const id = await desk.proposeRefund();
    desk.close();
    desk = openDeskOfActions(file, bank.url);
    await desk.service.recover();
    expect(of(id).status).toBe('waiting_for_rep');
    expect((await approve(id)).status).toBe('succeeded');
    expect(bank.paid).toEqual([id]);
  });

  it('refused keeps the reason and never happens', async () => {
    const id = await desk.proposeRefund();
    await desk.service.refuse(id, 'The parcel arrived.');
    expect(of(id)).toMatchObject({ status: 'refused', detail: 'The parcel arrived.' });
    expect(of(id).decisions).toMatchObject([
      { by: 'Rhea', decision: 'refused', reason: 'The parcel arrived.' },
    ]);
    expect(await codeOf(approve(id))).toBe('ACTION_DECIDED');
    expect(bank.paid).toEqual([]);
  });

  // Catches: a full disk on which the money moves and nothing is written of it.
  it('asks nothing of the system when it cannot be written down', async () => {
    const id = await desk.proposeRefund();
    const [{ page_count: pages }] = desk.database.prepare('PRAGMA page_count').all() as [
      { page_count: number },
    ];
    desk.database.exec(`PRAGMA max_page_count = ${String(pages)}`);
    for (const bytes of [3000, 300, 30])
      expect(() => {
        const filler = desk.database.prepare('INSERT INTO action_audit VALUES (NULL, ?, ?, ?, ?, ?, ?)');
        for (let n = 0; n < 9000; n += 1) filler.run('', '', 'asked', 'x'.repeat(bytes), '', '');
      }).toThrow(/full/);
    expect(await codeOf(approve(id))).not.toBe('done');
    expect(bank.paid).toEqual([]);
    expect(['waiting_for_rep', 'approved']).toContain(of(id).status);
  });
});

describe('a system that does not answer', () => {
  beforeEach(() => {
    desk.close();
    const tool: WriteTool = bankTool(bank.url, 400);
    desk = openDeskOfActions(file, bank.url, { toolOf: () => tool });
  });

  it('says no: nothing happened, and it can be asked again', async () => {
    bank.mood = 'says no';
    const id = await desk.proposeRefund();
    expect(await approve(id)).toMatchObject({ status: 'failed', detail: 'More than was paid.' });
    bank.mood = 'answers';
    expect((await desk.service.retry(id)).status).toBe('succeeded');
    expect(bank.paid).toEqual([id]);
  });

  // Catches: a time-out taken for a failure, after which somebody pays again.
  it('did it all the same: it is read back, not asked again', async () => {
    bank.mood = 'does it and stays silent';
    const id = await desk.proposeRefund();
    expect(await approve(id)).toMatchObject({ status: 'succeeded', proof: 're_1' });
    expect(bank.paid).toEqual([id]);
  });

  it('did not do it: the card says so', async () => {
    bank.mood = 'stays silent';
    const id = await desk.proposeRefund();
    expect(await approve(id)).toMatchObject({ status: 'failed' });
    expect(bank.paid).toEqual([]);
  });

  it('is away: it stays unclear until somebody looks again or says what they saw', async () => {
    const id = await desk.proposeRefund();
    bank.mood = 'is down';
    expect((await approve(id)).status).toBe('unclear');
    expect(await codeOf(desk.service.retry(id))).toBe('ACTION_DECIDED');
    expect((await desk.service.lookAgain(id)).status).toBe('unclear');
    bank.mood = 'answers';
    expect((await desk.service.lookAgain(id)).status).toBe('failed');
    const other = await desk.proposeRefund({ orderId: 'HP-2', amount: '1.00' });
    bank.mood = 'is down';
    await approve(other);
    expect((await desk.service.settleByHand(other, true)).status).toBe('succeeded');
  });

  // Catches: a rep who is told to look again where no look will ever answer, and a change whose end nobody can say.
  it('cannot be asked: the rep is told to look there, and says what they saw', async () => {
    desk.close();
    const blind: WriteTool = { ...bankTool(bank.url, 400), canReadBack: false };
    desk = openDeskOfActions(file, bank.url, { toolOf: () => blind });
    bank.mood = 'does it and stays silent';
    const id = await desk.proposeRefund();
    const unclear = await approve(id);
    expect(unclear).toMatchObject({ status: 'unclear', canLookAgain: false });
    expect(unclear.detail).toContain('cannot be asked whether it was done');
    expect((await desk.service.lookAgain(id)).status).toBe('unclear');
    expect(bank.paid).toEqual([id]);
    desk.close();
    desk = openDeskOfActions(file, bank.url, { toolOf: () => blind });
    await desk.service.recover();
    expect(of(id)).toMatchObject({ status: 'unclear', canLookAgain: false });
    expect((await desk.service.settleByHand(id, true)).status).toBe('succeeded');
    expect(bank.paid).toEqual([id]);
  });

  // Catches: "nothing was changed" about a refund that the first try paid, since the second one found nothing left to pay.
  it('refuses the second time what the first time has done by then', async () => {
    desk.close();
    const paidMeanwhile: WriteTool = {
      ...bankTool(bank.url, 400),
      run: ({ key }) => {
        bank.paid.push(key);
        return Promise.resolve({ status: 'refused', detail: 'Nothing is left to refund.' });
      },
    };
    desk = openDeskOfActions(file, bank.url, { toolOf: () => paidMeanwhile });
    const id = await desk.proposeRefund();
    desk.store.save({ ...of(id), status: 'running', decisions: approvedAt(new Date()) }, 'asked');
    await desk.service.recover();
    expect(of(id)).toMatchObject({ status: 'succeeded', proof: 're_1' });
    expect(bank.paid).toEqual([id]);
  });

  // Catches: an app that was closed for a night and pays in the morning what was approved for the evening.
  it('is not asked for an old approval after a long absence', async () => {
    let time = new Date('2026-11-20T20:00:00Z');
    desk.close();
    desk = openDeskOfActions(file, bank.url, { now: () => time });
    const id = await desk.proposeRefund();
    desk.store.save({ ...of(id), status: 'running', decisions: approvedAt(time) }, 'asked');
    time = new Date('2026-11-21T08:00:00Z');
    await desk.service.recover();
    expect(of(id).status).toBe('failed');
    expect(bank.paid).toEqual([]);
  });
});

const approvedAt = (at: Date): Action['decisions'] => [
  { at: at.toISOString(), by: 'Rhea', role: 'rep', decision: 'approved', reason: '' },
];

describe('a rule', () => {
  const finding = (effect: PolicyFinding['effect']): PolicyFinding => ({
    ...{ rule: 'limit', message: 'More than a rep may refund.', effect, source: null },
  });

  it('that blocks lets nobody approve', async () => {
    desk.close();
    desk = openDeskOfActions(file, bank.url, { checkPolicy: () => [finding('blocks')] });
    const id = await desk.proposeRefund();
    expect(of(id).detail).toBe('More than a rep may refund.');
    expect(await codeOf(approve(id))).toBe('ACTION_BLOCKED');
  });

  // Catches: an approval from before a lead forbade it, which a restart or a slow lead carries past the new rule.
  it('that came after the approval stops it', async () => {
    let findings: readonly PolicyFinding[] = [];
    desk.close();
    desk = openDeskOfActions(file, bank.url, { checkPolicy: () => findings });
    const id = await desk.proposeRefund();
    desk.store.save({ ...of(id), status: 'approved', decisions: approvedAt(new Date()) }, 'approved');
    findings = [finding('blocks')];
    desk.close();
    desk = openDeskOfActions(file, bank.url, { checkPolicy: () => findings });
    await desk.service.recover();
    expect(of(id)).toMatchObject({ status: 'waiting_for_rep', detail: 'More than a rep may refund.' });
    expect(await codeOf(approve(id))).toBe('ACTION_BLOCKED');
    expect(bank.paid).toEqual([]);
  });

  // Catches: a lead's word for one amount used for another, or for another action.
  it('that needs a lead waits for one, and takes an answer for exactly this content only', async () => {
    const askedFor: string[] = [];
    let answer: (given: LeadAnswer) => void = () => undefined;
    desk.close();
    desk = openDeskOfActions(file, bank.url, {
      checkPolicy: () => [finding('needs_lead')],
      secondApprover: {
        ask(asked) {
          askedFor.push(asked);
          return 'A lead was asked.';
        },
        withdraw: () => undefined,
        forgotten: () => undefined,
        listen(listener) {
          answer = (given) => void listener.onAnswer(given);
        },
      },
    });
    const id = await desk.proposeRefund();
    expect(await approve(id)).toMatchObject({ status: 'waiting_for_lead', detail: 'A lead was asked.' });
    expect([askedFor, bank.paid]).toEqual([[id], []]);
    const given = { actionId: id, decision: 'approved' as const, by: 'Lena', reason: '' };
    answer({ ...given, content: 'of another amount' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bank.paid).toEqual([]);
    answer({ ...given, content: contentOf(of(id)) });
    await expect.poll(() => of(id).status).toBe('succeeded');
    expect(of(id).decisions.map(({ by, role }) => [by, role])).toEqual([
      ['Rhea', 'rep'],
      ['Lena', 'lead'],
    ]);
    expect(bank.paid).toEqual([id]);
  });
});

describe('the audit log', () => {
  it('holds each step, shows what was changed, and forgets words but not that something was', async () => {
    const id = await desk.proposeRefund();
    await approve(id);
    const { audit } = desk.store;
    expect(audit.lines().map(({ event }) => event)).toEqual([
      ...['proposed', 'previewed', 'approved', 'asked', 'succeeded'],
    ]);
    expect(audit.firstBroken()).toBeNull();
    expect(() => desk.database.exec('DELETE FROM action_audit WHERE number = 2')).toThrow(/only added to/);
    expect(() => desk.database.exec(`UPDATE action_audit SET body = '{}'`)).toThrow(/only added to/);
    desk.store.forgetConversations(['c1']);
    expect(desk.store.find(id)).toBeNull();
    expect(JSON.stringify(audit.lines())).not.toContain('Femke');
    expect(JSON.stringify(audit.lines())).not.toContain('HP-1');
    expect(audit.firstBroken()).toBeNull();
    desk.database.exec('DROP TRIGGER action_audit_is_kept; DELETE FROM action_audit WHERE number = 2');
    expect(audit.firstBroken()).toBe(3);
  });
});
