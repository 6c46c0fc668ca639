import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Action } from '../../shared/domain/action.js';
import { findWriteTool, type WriteTool } from '../agents/tools/write-tool.js';
import { bankTool, startBank, type Bank } from './bank-for-tests.js';
import { openDeskOfActions, type DeskOfActions } from './desk-of-actions-for-tests.js';

let bank: Bank;
let file: string;
let desk: DeskOfActions;
let systems: readonly (string | undefined)[];
beforeEach(async () => {
  bank = await startBank();
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-wishes-')), 'desk.db');
  desk = openDeskOfActions(file, bank.url, { toolOf });
});
afterEach(async () => {
  desk.close();
  await bank.close();
  fs.rmSync(path.dirname(file), { recursive: true });
});

function toolOf(name: string, systemId?: string): WriteTool | null {
  const real: WriteTool = bankTool(bank.url, 10_000);
  const tools = systems.map((id) => (id === undefined ? real : { ...real, systemId: id }));
  return findWriteTool(tools, name, systemId);
}
async function propose(systemId: string | undefined, messageId: string, isByHand = false): Promise<Action> {
  const call = { tool: 'refund_order', input: { orderId: 'HP-1', amount: '12.50' } };
  await desk.service.propose({
    ...{ conversationId: 'c1', messageId, found: [], isByHand },
    customer: { name: 'Femke', email: 'femke@example.com' },
    calls: [systemId === undefined ? call : { ...call, systemId }],
  });
  return desk.service.ofConversation('c1').at(-1) ?? expect.fail('nothing was proposed');
}
const count = (): number => desk.service.ofConversation('c1').length;

// Catches: a refund paid a second time after an update, since the new Cuecard does not know the old one's action for the same wish.
it('what was made before systems were told apart is not proposed again', async () => {
  systems = [undefined];
  const first = await propose(undefined, 'm1');
  await desk.service.approve(first.id, first.updatedAt);
  systems = ['stripe-1'];
  expect((await propose('stripe-1', 'm2')).id).toBe(first.id);
  expect(count()).toBe(1);
  // A rep may still wish it anew.
  expect((await propose('stripe-1', 'm2', true)).systemId).toBe('stripe-1');
  expect(bank.paid).toEqual([first.id]);
});

// Catches: an approvable twin beside a refund of which nobody knows whether it was paid, once its account was removed and connected anew.
it.each(['running', 'unclear', 'succeeded'] as const)(
  'one that is %s in a removed account has no twin',
  async (status) => {
    systems = ['stripe-1'];
    const first = await propose('stripe-1', 'm1');
    desk.store.save({ ...first, status }, 'asked');
    systems = ['stripe-2'];
    expect((await propose('stripe-2', 'm2')).id).toBe(first.id);
    // An account that is still there is another one: its order of the same number is another order.
    systems = ['stripe-1', 'stripe-2'];
    expect((await propose('stripe-2', 'm2')).systemId).toBe('stripe-2');
  },
);

// Catches: a wish that can never be made, because one that was never asked of a removed account is in its way.
it('one that was never asked of a removed account is in nobody’s way', async () => {
  systems = ['stripe-1'];
  await propose('stripe-1', 'm1');
  systems = ['stripe-2'];
  expect(await propose('stripe-2', 'm1')).toMatchObject({ systemId: 'stripe-2', status: 'waiting_for_rep' });
  expect(count()).toBe(2);
});
